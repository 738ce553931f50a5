"""The answer's sentences: the lead, if one is sure, and the plain rendering of each clause; nothing is made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.answer.guard import objections
from assistant.answer.query import Query, Tools
from assistant.domain import Line, Outcome
from assistant.index.words import fold
from assistant.leads import completed, lead

# So sure an answer still has another clause one time in four: too often to open with 「可以」.
_SURE: Final = 0.75
# Less sure a follow-up gets the clauses beside its lead.
_SURE_ALONE: Final = 0.5


def compose(query: Query, tools: Tools) -> Query:
    """
    Fill in the lead and one line for each clause in plain words; what only qualifies the others is a reminder.

    A follow-up whose lead stands alone gets nothing else: it asks something narrower of what was just said.
    """
    if query.evidence is None:
        return query
    by_id = tools.guideline.by_id
    cited, sure = [by_id[i] for i in query.evidence.clauses], query.confidence >= _SURE
    leads = (lead(words, cited, tools.norms, sure=sure) for words in _asked(query))
    found = next((line for line in leads if line), None)
    alone = found and found.clause_ids and len(query.ways) > 1 and query.confidence >= _SURE_ALONE
    if found and alone and not objections(found, tools):
        return replace(query, lines=(found,))
    clauses = sorted(query.evidence.clauses, key=lambda i: found is not None and i not in found.clause_ids)
    plain = {i: by_id[i].plain or by_id[i].text for i in (*clauses, *query.evidence.limits)}
    for i in query.evidence.limits:
        plain[i] = tools.wording.say(Outcome.ANSWERED, "limits", plain=plain[i])
    said = tuple(Line("said", text, (i,)) for i, text in plain.items())
    return replace(query, lines=(found, *said) if found else said)


def _asked(query: Query) -> Iterator[str]:
    """The question in its own words, then as what it follows makes it: 「B呢」, 「那分包呢」."""
    own = fold(f"{query.before} {query.text}".strip())
    yield own
    before = query.message.leans_on(query.text)
    if len(query.ways) == 1 and before:
        yield fold(query.understood)
    elif before and (words := completed(fold(before[-1].text), own)):
        yield words
