"""Ranking metrics agree with hand-made cases and with the best order found by trying all."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.ranks import ndcg_at, recall_at, reciprocal_rank

rankings = st.lists(st.sampled_from("abcdef"), unique=True)
relevant = st.sets(st.sampled_from("abcdefgh"), min_size=1)


def test_by_hand() -> None:
    """Of b and d in a, b, c, d: recall, first place and gain are those on paper."""
    ranked, wanted = ["a", "b", "c", "d"], {"b", "d"}

    assert tuple(recall_at(k, ranked, wanted) for k in (1, 3, 4)) == (0.0, 0.5, 1.0)
    assert reciprocal_rank(ranked, wanted) == 0.5
    best = 1 + 1 / math.log2(3)
    assert pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / best) == ndcg_at(10, ranked, wanted)


def test_an_empty_ranking_finds_nothing() -> None:
    """What ranks nothing scores zero everywhere."""
    assert [
        recall_at(5, [], "a"),
        reciprocal_rank([], "a"),
        ndcg_at(5, [], "a"),
    ] == [0.0] * 3


@given(rankings, relevant, st.integers(1, 5))
def test_the_gain_is_divided_by_that_of_the_best_order(ranked: list[str], wanted: set[str], k: int) -> None:
    """What nDCG gives is the gain over the greatest gain of any ranking."""

    def gain(order: tuple[str, ...] | list[str]) -> float:
        return sum(1 / math.log2(n + 2) for n in range(min(k, len(order))) if order[n] in wanted)

    best = max(gain(order) for order in permutations(sorted(wanted)[:5]))

    assert pytest.approx(gain(ranked) / best) == ndcg_at(k, ranked, wanted)


@given(rankings, relevant)
def test_the_first_place_is_where_hits_begin(ranked: list[str], wanted: set[str]) -> None:
    """The reciprocal rank is 1 / the least k with a hit."""
    places = [k for k in range(1, len(ranked) + 1) if wanted & set(ranked[:k])]

    assert reciprocal_rank(ranked, wanted) == (1 / min(places) if places else 0)
