"""What one may ask next: short questions about what was just said, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer.query import Query
from assistant.domain import Guideline, Outcome
from assistant.index.targets import TargetKind

_MOST = 3


def followups(said: tuple[Query, ...], guideline: Guideline) -> tuple[str, ...]:
    """At most three questions, none of them answered already; none while something is asked back."""
    if any(query.verdict and query.verdict.decision == "unknown" and query.verdict.missing for query in said):
        return tuple(words for query in said if query.opens for words in query.opens.next)[:_MOST]
    if said[0].outcome is Outcome.REFUSED:
        return ()
    if said[0].outcome is Outcome.OUT_OF_SCOPE:
        return guideline.suggestions[:_MOST]
    cited = frozenset[str]().union(*(query.cited for query in said))
    answered = {guideline.short[clause_id] for clause_id in cited}
    near = (words for query in said for words in _near(query, guideline))
    return tuple(dict.fromkeys(words for words in near if words not in answered))[:_MOST]


def _near(query: Query, guideline: Guideline) -> Iterator[str]:
    """What goes on from an answer, what lies near a gap, what the ranker thought of, what follows in the text."""
    if query.opens:
        yield from query.opens.next
    clauses = list(query.referral.nearby) if query.referral else []
    if query.ranking:
        targets = (guess.target for guess in query.ranking.guesses)
        clauses += [i for target in targets if target.kind is TargetKind.CLAUSE for i in target.clauses]
    entries = {guideline.by_id[clause_id].entry for clause_id in query.cited}
    clauses += [leaf.id for leaf in sorted(guideline.leaves, key=lambda leaf: leaf.entry not in entries)]
    yield from (guideline.short[clause_id] for clause_id in clauses)
