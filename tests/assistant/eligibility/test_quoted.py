"""A parameter in the clause's own words and its number."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.quoted import DAY, PERCENT, PERIOD, PROGRAMME_YEAR, chinese, quoted


@pytest.mark.parametrize(
    ("words", "unit", "number"),
    [
        ("8家", "家", 8),
        ("二百人", "人", 200),
        ("1,500萬元", "元", 15_000_000),
        ("新臺幣一億元", "元", 100_000_000),
        ("一百萬元", "元", 1_000_000),
        ("30%", PERCENT, 30),
        ("百分之三十", PERCENT, 30),
        ("二分之一", PERCENT, 50),
        ("108年度", PROGRAMME_YEAR, 2019),
        ("三年內", PERIOD, 3),
        ("一年之內", PERIOD, 1),
        ("六個月", PERIOD, 6),
        ("30日以內", PERIOD, 30),
        ("二十年內", PERIOD, 20),
    ],
)
def test_number(words: str, unit: str, number: int) -> None:
    """Arabic or Chinese, in ten thousands too; a year of the Republic becomes Gregorian."""
    assert quoted(words, unit).number == number


def test_a_percentage_with_a_fraction() -> None:
    """A percentage is exact."""
    assert quoted("12.5%", PERCENT).share == Fraction(1, 8)


def test_a_day() -> None:
    """A date of the Republic is a day; one that is none is refused."""
    assert quoted("115年6月30日", DAY).day == date(2026, 6, 30)
    assert quoted("民國一百十五年六月三十日", DAY).day == date(2026, 6, 30)
    with pytest.raises(ValueError, match="is no number"):
        quoted("115年6月31日", DAY)


@pytest.mark.parametrize("words", ["8", "家", "8.5家", "幾家", "８家", "-8家", "8間", "30%以下"])
def test_refused(words: str) -> None:
    """Nothing else is a parameter."""
    with pytest.raises(ValueError, match="is no number"):
        quoted(words, "家", PERCENT)


def test_stands_in() -> None:
    """The words stand in a quote, but not as the tail of a longer number."""
    assert quoted("8家", "家").stands_in("至少（含）8家中小企業")
    assert not quoted("8家", "家").stands_in("至少（含）18家中小企業")
    assert not quoted("三年內", PERIOD).stands_in("十三年內接受過")
    assert not quoted("30%", PERCENT).stands_in("不得超過3%")


@given(st.integers(1, 9999))
def test_chinese_numerals(number: int) -> None:
    """What the library writes is read back, with 兩 for 二 before a unit too."""
    words = cn2an.an2cn(number, "low")

    assert chinese(words) == number
    assert chinese(words.replace("二千", "兩千").replace("二百", "兩百")) == number


@pytest.mark.parametrize(
    ("words", "number"), [("二百五", 250), ("三千五", 3500), ("二百零五", 205), ("十", 10)]
)
def test_as_spoken(words: str, number: int) -> None:
    """A last digit behind 百 or 千 without 零 is of the next unit."""
    assert chinese(words) == number


@given(st.text(alphabet="零一二兩三四五六七八九十百千", max_size=8))
def test_any_characters(words: str) -> None:
    """No string of numerals makes it fail."""
    number = chinese(words)

    assert number is None or 0 <= number <= 99_999
