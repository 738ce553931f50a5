"""
How good a ranking of clauses is, against the set of those that answer.

`ranked` is best first, without repeats; `relevant` holds at least one name. Questions
without an answer have nothing to find and are not eligible.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Final


def recall_at(k: int, ranked: Sequence[str], relevant: Collection[str]) -> float:
    """The share of the relevant that is among the first k; at most k of them can be."""
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """1 / the place of the first relevant one, 0 if none is ranked; its mean is the MRR."""
    return next((1 / n for n, name in enumerate(ranked, 1) if name in relevant), 0.0)


def ndcg_at(k: int, ranked: Sequence[str], relevant: Collection[str]) -> float:
    """
    Discounted cumulative gain of the first k over the best possible (Järvelin and Kekäläinen 2002).

    A relevant one at place n gains 1 / log2(n + 1), any other nothing.
    """
    gain = sum(1 / math.log2(n + 1) for n, name in enumerate(ranked[:k], 1) if name in relevant)
    best = sum(1 / math.log2(n + 1) for n in range(1, min(k, len(set(relevant))) + 1))
    return gain / best


# What is measured of a ranking, by the name that it has in a table.
MEASURES: Final[Mapping[str, Callable[[Sequence[str], Collection[str]], float]]] = {
    "recall@1": partial(recall_at, 1),
    "recall@5": partial(recall_at, 5),
    "MRR": reciprocal_rank,
    "nDCG@10": partial(ndcg_at, 10),
}
