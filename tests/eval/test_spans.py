"""Spans are counted as one would on paper, character by character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eval.spans import GuidelineText, Span, covered, length, overlap, touch

spans = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))
SOURCE = GuidelineText("一 甲乙。\n二 丙丁。\n三 甲乙。", [("1", (2, 5)), ("2", (8, 11)), ("3", (14, 17))])


def _inside(several: list[Span]) -> set[int]:
    return {i for a, b in several for i in range(a, b)}


@given(st.lists(spans))
def test_what_several_spans_cover_counts_once(several: list[Span]) -> None:
    """The length of spans is the number of places that lie in any of them."""
    assert len(_inside(several)) == length(several)


@given(spans, spans)
def test_the_overlap_is_what_both_hold(a: Span, b: Span) -> None:
    """Two spans share the places that lie in both, and touch if that is half of the shorter one."""
    shared = len(_inside([a]) & _inside([b]))

    assert shared == overlap(a, b)
    assert (2 * shared >= min(a[1] - a[0], b[1] - b[0])) == touch(a, b)


@given(spans, st.lists(spans))
def test_a_place_is_covered_by_the_share_inside(place: Span, several: list[Span]) -> None:
    """The covered share is that of the place's own characters that lie in any span."""
    assert len(_inside([place]) & _inside(several)) / (place[1] - place[0]) == covered(place, several)


def test_a_text_that_stands_twice_has_two_places() -> None:
    """Places are counted without white space, and each occurrence is one."""
    assert SOURCE.places("甲 乙。") == [(1, 4), (9, 12)]
    assert SOURCE.places("戊") == []
    assert SOURCE.places("  ") == []


def test_a_clause_is_at_home_with_the_number_before_it() -> None:
    """The home of a place is its clause together with the label that stands before the clause."""
    assert SOURCE.homes((5, 6)) == [(4, 8)]
    assert SOURCE.read(SOURCE.leaves["2"]) == "丙丁。"
