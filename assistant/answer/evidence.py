"""
Which clauses to cite: those that most probably carry the whole answer, with the least beside it.

The ranker gives every set of clauses that may be the answer a probability. Its favourite
is not the best thing to cite when several sets overlap or two come close: of all sets
and pairs of them the one is cited whose expected gain is greatest. A set gains only if
it holds the whole answer, and the less, the more of its characters are beside the point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from assistant.domain import Guideline, Parallel
from assistant.rank import Guess

# How much of the gain is lost when (nearly) all that is cited is beside the point; by
# cross-validation on the question bank and on the own sets, flat from 0.5 to 0.8.
_LOSS: Final = 0.8
# Less likely sets change nothing and cost time.
_CONSIDERED: Final = 12
_CITED_ALONE: Final = 6
_PAIRED: Final = 5

_Posterior = defaultdict[frozenset[str], float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    What to cite: ids of leaves in the order in which they are cited, `limits` apart.

    `probability` is that of the whole answer standing in them, given that there is one.
    """

    clauses: tuple[str, ...]
    limits: tuple[str, ...]
    probability: float


def evidence(guesses: Sequence[Guess], guideline: Guideline, kinds: frozenset[str]) -> Evidence:
    """
    The clauses to cite for the guesses that name clauses, of which there is at least one.

    `kinds` are the kinds of application that the question names.
    """
    named = [guess for guess in guesses if guess.target.clauses]
    posterior: _Posterior = defaultdict(float)
    for guess in named:
        posterior[frozenset(guess.target.clauses)] += guess.probability
    settled = _settled(posterior, guideline.parallels, kinds)
    likely = sorted(settled.items(), key=lambda item: -item[1])[:_CONSIDERED]
    chosen = _best(likely, {clause.id: len(clause.text) for clause in guideline.leaves})
    held = [guess.target for guess in named if chosen.issuperset(guess.target.clauses)]
    ordered = dict.fromkeys(i for target in held for i in target.clauses)
    ordered |= dict.fromkeys(clause.id for clause in guideline.leaves if clause.id in chosen)
    limits = dict.fromkeys(i for target in held for i in target.limits if i not in chosen)
    whole = sum(probability for clauses, probability in likely if clauses <= chosen)
    return Evidence(tuple(ordered), tuple(limits), whole / sum(probability for _, probability in likely))


def _settled(posterior: _Posterior, parallels: Iterable[Parallel], kinds: frozenset[str]) -> _Posterior:
    """Where the guideline settles an aspect for two kinds, the probability goes to the side that is asked for."""
    instead: dict[frozenset[str], frozenset[str]] = {}
    asked: set[str] = set()
    for parallel in parallels:
        one, other = (frozenset(side) for side in parallel.sides)
        says_one, says_other = (not kinds.isdisjoint(side) for side in parallel.kinds)
        if says_one != says_other:
            wanted, passed_over = (one, other) if says_one else (other, one)
            instead.setdefault(passed_over, wanted)
            asked |= wanted
        elif says_one or parallel.together:
            instead.setdefault(one, one | other)
            instead.setdefault(other, one | other)
    passed = {clause for side, wanted in instead.items() if not side <= wanted for clause in side} - asked
    settled: _Posterior = defaultdict(float)
    for clauses, probability in posterior.items():
        settled[_side(clauses, instead, passed)] += probability
    return settled


def _side(
    clauses: frozenset[str], instead: Mapping[frozenset[str], frozenset[str]], passed: AbstractSet[str]
) -> frozenset[str]:
    """What to cite in place of a set: the side asked for; a set of both kinds loses those passed over."""
    if clauses in instead:
        return instead[clauses]
    if clauses <= passed:
        # Several single aspects of the other kind, if each has its counterpart.
        ones = [instead.get(frozenset([clause])) for clause in clauses]
        return frozenset().union(*(one for one in ones if one)) if all(ones) else clauses
    return clauses - passed


def _best(likely: Sequence[tuple[frozenset[str], float]], weights: Mapping[str, int]) -> frozenset[str]:
    def characters(clauses: Iterable[str]) -> int:
        return sum(weights[clause_id] for clause_id in clauses)

    def gain(cited: frozenset[str]) -> float:
        size = characters(cited)
        return sum(
            probability * (1 - _LOSS * characters(cited - clauses) / size)
            for clauses, probability in likely
            if clauses <= cited
        )

    sets = [clauses for clauses, _ in likely]
    pairs = (one | other for one, other in combinations(sets[:_PAIRED], 2))
    return max((*sets[:_CITED_ALONE], *pairs), key=gain)
