"""Numbers as people read them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Range
from assistant.eligibility.notation import counted, percent, roc_date, roc_year, years_after


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("1/3", "33.3%"),
        ("3/10", "30%"),
        ("2/3", "66.7%"),
        ("1/16", "6.3%"),
        ("0", "0%"),
        ("1", "100%"),
        ("1/2000", "0.1%"),
    ],
)
def test_percent(share: str, shown: str) -> None:
    """One decimal at most, half up, none where it would be 0."""
    assert percent(Fraction(share)) == shown


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_percent_rounds_half_up(part: int, whole: int) -> None:
    """It agrees with decimal arithmetic at high precision."""
    exact = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)

    assert Decimal(percent(Fraction(part, whole)).removesuffix("%")) == exact


def test_counts_and_dates() -> None:
    """Ranges, open ends, years and days of the Republic, and a leap day's anniversary."""
    assert [counted(Range(3, 3)), counted(Range(3, 4)), counted(Range(8, None))] == ["3", "3~4", "8 以上"]
    assert (roc_year(2019), roc_date(date(2026, 3, 2))) == ("108 年", "115 年 3 月 2 日")
    assert years_after(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
