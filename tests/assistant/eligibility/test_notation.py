"""Numbers as people read them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Range
from assistant.eligibility.notation import amount, amounts, counted, percent, roc_date, roc_year


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
    """Ranges, open ends, years and days of the Republic."""
    assert [counted(Range(3, 3)), counted(Range(3, 4)), counted(Range(8, None))] == ["3", "3~4", "8 以上"]
    assert (roc_year(2019), roc_date(date(2026, 3, 2))) == ("108 年", "115 年 3 月 2 日")


@pytest.mark.parametrize(
    ("number", "unit", "shown"),
    [
        (12, "家", "12 家"),
        (12345, "元", "12,345 元"),
        (15_000_000, "元", "1,500 萬元"),
        (200_000_000, "元", "2 億元"),
        (120_000_000, "元", "1 億 2,000 萬元"),
        (0, "元", "0 元"),
    ],
)
def test_amount(number: int, unit: str, shown: str) -> None:
    """Money by its largest exact scale, anything else with its unit."""
    assert amount(number, unit) == shown


def test_amounts() -> None:
    """Bounds with their unit."""
    assert amounts(Range(3, 4), "家") == "3~4 家"
    assert amounts(Range(8, None), "家") == "8 家以上"
    assert amounts(Range(1_000_000, 2_000_000), "元") == "100 萬元~200 萬元"
    assert amounts(Range(1_000_000, None), "元") == "100 萬元以上"
