"""Lines to a text with 〔n〕 marks, and the citations they point to."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from assistant.answer.context import Context, Tools
from assistant.domain import Citation, Clause, Guideline, Outcome

MARKS: Final = ("〔", "〕")


def cite(context: Context, tools: Tools) -> Context:
    """Number the clauses in the order in which the lines use them; the verbatim clauses come last."""
    guideline = tools.retriever.guideline
    cited = {clause_id for line in context.lines for clause_id in line.clause_ids}
    numbers: dict[str, int] = {}
    body = []
    listed = len(context.lines) > 1
    for line in context.lines:
        for clause_id in line.clause_ids:
            numbers.setdefault(clause_id, len(numbers) + 1)
        marks = "".join(f"〔{numbers[clause_id]}〕" for clause_id in line.clause_ids)
        bullet = "・" if listed and line.clause_ids else ""
        body.append(f"{bullet}{line.text}{marks}")
    citations = tuple(_citation(guideline, guideline.by_id[i], n, cited) for i, n in numbers.items())
    if citations:
        body += ["", tools.wording.say(Outcome.ANSWERED, "sources")]
        body += [f"〔{c.n}〕{c.label}：「{c.quote}」" for c in citations]
    return replace(context, citations=citations, body="\n".join(body).strip())


def clause_url(clause_id: str) -> str:
    """The path of a clause's page; ids may hold Chinese."""
    return f"/clauses/{quote(clause_id)}"


def _citation(guideline: Guideline, clause: Clause, n: int, cited: set[str]) -> Citation:
    start = _start(guideline, clause, cited)
    return Citation(
        n=n,
        clause_id=clause.id,
        label=clause.label,
        quote=guideline.text[start : clause.end],
        start=start,
        end=clause.end,
        source=guideline.source.file,
        edition=guideline.source.edition,
        url=clause_url(clause.id),
    )


def _start(guideline: Guideline, clause: Clause, cited: set[str]) -> int:
    """
    Where the quote begins: at the heading, if the clause opens a group that is cited whole.

    「(1)平台特色與規劃:」 belongs to no leaf, yet a list that gives all its items speaks of it.
    """
    start = clause.start
    for group in guideline.ancestors(clause.id)[1:]:
        leaves = guideline.leaves_under(group.id)
        if leaves[0].id == clause.id and all(leaf.id in cited for leaf in leaves):
            start = min(start, group.start)
    return start
