"""Lines -> their marks, the text that is derived from them, and the citations that the marks point to."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from urllib.parse import quote

from assistant.answer.query import Tools
from assistant.domain import Answer, Citation, Clause, Guideline, Line, Outcome


def cite(answer: Answer, tools: Tools) -> Answer:
    """Number the clauses in the order in which the lines use them; the verbatim clauses come last."""
    guideline, lines = tools.guideline, marked(answer.lines)
    numbers = {i: n for line in lines for i, n in zip(line.clause_ids, line.marks, strict=True)}
    citations = tuple(_citation(guideline, guideline.by_id[i], n, numbers.keys()) for i, n in numbers.items())
    text = text_of(lines)
    if citations:
        quotes = "\n".join(f"〔{c.n}〕{c.label}：「{c.quote}」" for c in citations)
        text = f"{text}\n\n{tools.wording.say(Outcome.ANSWERED, 'sources')}\n{quotes}"
    return replace(answer, lines=lines, citations=citations, text=text)


def marked(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with their clauses numbered from 1 in the order of first use."""
    ids = dict.fromkeys(clause_id for line in lines for clause_id in line.clause_ids)
    numbers = {clause_id: n for n, clause_id in enumerate(ids, 1)}
    return tuple(replace(line, marks=tuple(numbers[i] for i in line.clause_ids)) for line in lines)


def text_of(lines: tuple[Line, ...]) -> str:
    """The lines as plain text with 〔n〕 for each mark: among several those with marks are points of a list."""
    said = []
    for line in lines:
        gap = "\n" if line.kind == "heading" else ""
        bullet = "・" if line.marks and line.kind != "lead" and len(lines) > 1 else ""
        said.append(f"{gap}{bullet}{line.text}{''.join(f'〔{n}〕' for n in line.marks)}")
    return "\n".join(said).strip()


def clause_url(clause_id: str) -> str:
    """The path of a clause's page; ids may hold Chinese."""
    return f"/clauses/{quote(clause_id)}"


def _citation(guideline: Guideline, clause: Clause, n: int, cited: AbstractSet[str]) -> Citation:
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


def _start(guideline: Guideline, clause: Clause, cited: AbstractSet[str]) -> int:
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
