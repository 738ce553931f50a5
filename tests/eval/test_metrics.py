"""Metrics agree with figures worked out by hand, and with their slow definitions."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import metrics
from eval.judge import CitationScore, TurnScore
from eval.metrics import ItemScore, Proportion

FULL = CitationScore(1.0, 1.0, 1.0, first=True, verbatim=True)
HALF = CitationScore(0.5, 0.5, 0.8, first=False, verbatim=True)


def _item(kind: str, *turns: TurnScore) -> ItemScore:
    return ItemScore("i", kind, turns)


RIGHT = TurnScore(True, "answered", 0.9, FULL)
WRONG = TurnScore(False, "answered", 0.6, HALF)
MISSED = TurnScore(False, "no_clause", 0.7, CitationScore())
SILENT = TurnScore(True, "no_clause", 0.7)
TALKED = TurnScore(False, "answered", 0.5)
ITEMS = [
    *[_item("answerable", turn) for turn in (RIGHT, RIGHT, WRONG, MISSED)],
    *[_item("unanswerable", turn) for turn in (SILENT, SILENT, TALKED)],
    _item("offtopic", SILENT),
    _item("attack", RIGHT),
    _item("attack", SILENT),
    _item("multiturn", RIGHT, RIGHT),
    _item("multiturn", RIGHT, WRONG, RIGHT),
]


@pytest.mark.parametrize(
    ("share", "hits", "of"),
    [
        (metrics.correct(ITEMS, "answerable"), 2, 4),
        (metrics.correct(ITEMS, "multiturn"), 1, 2),
        (metrics.turns_correct(ITEMS, "multiturn"), 4, 5),
        (metrics.answered(ITEMS), 3, 4),
        (metrics.first_citation_right(ITEMS), 2, 4),
        (metrics.verbatim(ITEMS), 3, 3),
        (metrics.refusal_precision(ITEMS), 3, 4),
        (metrics.refusal_recall(ITEMS), 3, 4),
        (metrics.inside_attacks(ITEMS), 1, 1),
        (metrics.decisions_right(ITEMS), 0, 0),
    ],
)
def test_shares_by_hand(share: Proportion, hits: int, of: int) -> None:
    """Each share counts what its docstring says, and nothing that is not eligible."""
    assert Proportion(hits, of) == share


def test_means_by_hand() -> None:
    """An answerable question without an answer counts as zero in every mean."""
    assert metrics.evidence_recall(ITEMS) == (1 + 1 + 0.5 + 0) / 4
    assert metrics.citation_precision(ITEMS) == (1 + 1 + 0.5 + 0) / 4
    assert pytest.approx((1 + 1 + 0.8 + 0) / 4) == metrics.focus(ITEMS)
    assert metrics.focus([]) is None


def test_numeric_shares_by_hand() -> None:
    """A turn that asks for no decision counts for its numbers alone."""
    turns = (
        TurnScore(True, "answered", 1.0, None, decision_right=True, numbers_stated=True, dangerous=False),
        TurnScore(False, "answered", 1.0, None, decision_right=False, numbers_stated=False, dangerous=True),
        TurnScore(True, "answered", 1.0, None, decision_right=None, numbers_stated=True, dangerous=False),
    )
    items = [_item("numeric", turns[0]), _item("numeric_multiturn", *turns[1:])]

    assert Proportion(1, 2) == metrics.decisions_right(items)
    assert Proportion(2, 3) == metrics.numbers_stated(items)
    assert Proportion(1, 3) == metrics.dangerous(items)


def test_nothing_has_no_share() -> None:
    """The share of nothing is not known: neither zero nor one."""
    assert Proportion(0, 0).value is None
    assert Proportion(0, 0).interval == (0.0, 1.0)


def test_the_interval_of_a_known_example() -> None:
    """81 of 263 lies between 25.5 % and 36.6 % (Newcombe 1998, table I, score method)."""
    assert pytest.approx((0.2553, 0.3662), abs=5e-5) == Proportion(81, 263).interval


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_what_1_96_errors_do_not_exclude(pair: tuple[int, int]) -> None:
    """Both ends solve |share - p| = 1.96 sqrt(p (1 - p) / n), and the share lies between them."""
    hits, n = pair
    low, high = Proportion(hits, n).interval

    assert 0 <= low <= hits / n + 1e-12 <= high + 1e-9 <= 1 + 1e-9
    for p in (low, high):
        assert abs(hits / n - p) == pytest.approx(1.96 * math.sqrt(p * (1 - p) / n), abs=1e-7)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_quantile_is_the_least_value_that_covers(values: list[float], q: float) -> None:
    """At least q of the values do not exceed the quantile; fewer do not exceed any lesser value."""
    found = metrics.quantile(values, q)

    assert found in values
    assert found is not None
    assert sum(v <= found for v in values) >= q * len(values) - 1e-6
    assert sum(v < found for v in values) < q * len(values) + 1e-6
