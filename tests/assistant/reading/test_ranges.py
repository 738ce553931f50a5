"""Bounds of sums and differences hold every number that they may be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Range
from assistant.reading.ranges import as_number, as_range, minus, plus, total

_EXACT = st.integers(0, 30)


@st.composite
def _range_and_one(draw: st.DrawFn) -> tuple[Range, int]:
    low = draw(_EXACT)
    one = low + draw(_EXACT)
    return Range(low, draw(st.sampled_from([one, one + 3, None]))), one


def _holds(bounds: Range, number: int) -> bool:
    return bounds.low <= number and (bounds.high is None or number <= bounds.high)


@given(_range_and_one(), _range_and_one())
def test_bounds_hold_what_they_may_be(first: tuple[Range, int], second: tuple[Range, int]) -> None:
    """Whatever the two numbers are, their sum and difference lie inside."""
    (one, a), (other, b) = first, second
    assert _holds(plus(one, other), a + b)
    assert _holds(total([one, other]), a + b)
    assert _holds(minus(one, other), max(0, a - b))


def test_numbers_and_bounds() -> None:
    """A count is bounds that leave no choice, and the other way round."""
    assert as_range(4) == Range(4, 4)
    assert as_number(Range(4, 4)) == 4
    assert as_number(Range(4, None)) == Range(4, None)
