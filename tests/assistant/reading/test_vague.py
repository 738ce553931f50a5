"""The bounds of a vague number hold every number that people mean by it."""

from __future__ import annotations

import pytest

from assistant.eligibility.facts import Range
from assistant.reading import vague


@pytest.mark.parametrize(
    ("number", "word", "bounds"),
    [
        (10, "幾", Range(11, 19)), (20, "多", Range(21, 29)), (100, "餘", Range(101, 199)), (10, "來", Range(9, 15)),
        (120, "多", Range(121, 129)), (8, "多", None), (15, "幾", None),
    ],
)  # fmt: skip
def test_odd_numbers_go_to_the_next_round_one(number: int, word: str, bounds: Range | None) -> None:
    """十幾 is 11 to 19, 十來 about ten; only a round number can be exceeded by an odd one."""
    assert vague.odd(Range(number, number), word) == bounds


def test_hedges() -> None:
    """About is a tenth either way, nearly is that or below; more and fewer leave the number itself out, at least and at most do not."""
    number = Range(40, 40)
    assert vague.about(number) == Range(36, 44)
    assert vague.nearly(number) == Range(32, 40)
    assert (vague.under(number), vague.over(number)) == (Range(0, 39), Range(41, None))
    assert (vague.at_most(number), vague.at_least(number)) == (Range(0, 40), Range(40, None))


def test_a_tenth_is_at_least_one() -> None:
    """大概 3 may be two or four, and never less than nothing."""
    assert vague.about(Range(3, 3)) == Range(2, 4)
    assert vague.about(Range(0, 0)) == Range(0, 1)
    assert vague.under(Range(0, 0)) == Range(0, 0)
