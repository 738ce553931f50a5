"""The answer's sentences: the plain rendering of each clause; extractive, nothing is made up."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.query import Query, Tools
from assistant.domain import Line, Outcome


def compose(query: Query, tools: Tools) -> Query:
    """Fill in one line for each clause in plain words; what only qualifies the others is a reminder."""
    if query.evidence is None:
        return query
    by_id = tools.guideline.by_id
    plain = {i: by_id[i].plain or by_id[i].text for i in (*query.evidence.clauses, *query.evidence.limits)}
    for i in query.evidence.limits:
        plain[i] = tools.wording.say(Outcome.ANSWERED, "limits", plain=plain[i])
    return replace(query, lines=tuple(Line("said", text, (i,)) for i, text in plain.items()))
