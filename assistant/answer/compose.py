"""The answer's sentences: the lead, if one is sure, and the plain rendering of each clause; nothing is made up."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assistant.answer.query import Query, Tools
from assistant.domain import Line, Outcome
from assistant.index.words import fold
from assistant.leads import lead

# So sure an answer still has another clause one time in four: too often to open with 「可以」.
_SURE: Final = 0.75


def compose(query: Query, tools: Tools) -> Query:
    """
    Fill in the lead and one line for each clause in plain words; what only qualifies the others is a reminder.

    A follow-up that has a lead gets nothing else: it asks something narrower of what was just said.
    """
    if query.evidence is None:
        return query
    by_id = tools.guideline.by_id
    cited, sure = [by_id[i] for i in query.evidence.clauses], query.confidence >= _SURE
    found = lead(fold(query.text), cited, tools.norms, sure=sure)
    if found and len(query.ways) > 1:
        return replace(query, lines=(found,))
    clauses = sorted(query.evidence.clauses, key=lambda i: found is not None and i not in found.clause_ids)
    plain = {i: by_id[i].plain or by_id[i].text for i in (*clauses, *query.evidence.limits)}
    for i in query.evidence.limits:
        plain[i] = tools.wording.say(Outcome.ANSWERED, "limits", plain=plain[i])
    said = tuple(Line("said", text, (i,)) for i, text in plain.items())
    return replace(query, lines=(found, *said) if found else said)
