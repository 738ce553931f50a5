"""A share told in words means whole numbers: those around a rough one, those that a percentage is rounded from."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import ShareRange
from assistant.eligibility.told_share import parts_of


@given(st.fractions(0, 1, max_denominator=10), st.integers(1, 60))
def test_parts_of_a_rough_share(share: Fraction, whole: int) -> None:
    """A third or three tenths means the whole number of members on either side of it, and no other."""
    found = parts_of(ShareRange(share, share), whole)

    assert found.high is not None
    assert found.low <= share * whole <= found.high <= found.low + 1


@given(st.integers(0, 100), st.integers(1, 60))
def test_parts_of_a_percentage(percent: int, whole: int) -> None:
    """A percentage that is no rough share means the numbers of members that it is rounded from, or none."""
    share = Fraction(percent, 100)
    found = parts_of(ShareRange(share, share), whole)
    means = [part for part in range(whole + 1) if abs(Fraction(part, whole) - share) <= Fraction(1, 200)]

    assert found.high is not None
    assert share.denominator <= 10 or list(range(found.low, found.high + 1)) == means
