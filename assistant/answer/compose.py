"""The answer's sentences: the plain rendering of each clause; extractive, nothing is made up."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assistant.answer.context import Context, Tools
from assistant.answer.parts import lines_of, said
from assistant.domain import Clause, Guideline, Line

_FOLLOWUPS: Final = 3


def compose(context: Context, tools: Tools) -> Context:
    """What the rules computed, or one line per clause, question by question; and what one might ask next."""
    followups = suggestions(tools.retriever.guideline, context.clauses)
    lines: tuple[Line, ...] = lines_of(context.parts, tools, beside=context.judged is not None)
    if context.judged is not None:
        lines = (*context.judged.lines, *lines)
    return replace(context, lines=lines or said(context.clauses, context.limits, tools), followups=followups)


def suggestions(guideline: Guideline, cited: tuple[Clause, ...]) -> tuple[str, ...]:
    """Questions of the outline near what was cited: its groups first, then the entries that follow."""
    ids = {clause.id for clause in cited}
    entries = [clause.entry for clause in cited]
    groups = [g.question for g in guideline.groups if ids & set(g.clauses) and not set(g.clauses) <= ids]
    start = max(entries, default=0)
    ordered = sorted(guideline.entries, key=lambda e: (e.number <= start, e.number))
    others = [e.question for e in ordered if e.number not in entries]
    return tuple(dict.fromkeys([*groups, *others]))[:_FOLLOWUPS]
