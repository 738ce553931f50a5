"""A parameter in the clause's own words and its number."""

from __future__ import annotations

import pytest

from assistant.eligibility.quoted import quoted


@pytest.mark.parametrize(
    ("words", "unit", "number"),
    [
        ("8家", "家", 8),
        ("30%", "%", 30),
        ("108年度", "年度", 2019),
        ("三年內", "年內", 3),
        ("一年之內", "年之內", 1),
        ("十二年內", "年內", 12),
        ("二十年內", "年內", 20),
        ("5年內", "年內", 5),
    ],
)
def test_number(words: str, unit: str, number: int) -> None:
    """Arabic or Chinese, a year of the Republic becomes Gregorian."""
    assert quoted(words, unit).number == number


@pytest.mark.parametrize("words", ["8", "家", "8.5%", "幾家", "８家", "八百家", "-8家", "8間"])
def test_refused(words: str) -> None:
    """Nothing else is a parameter."""
    with pytest.raises(ValueError, match="is no number"):
        quoted(words, "家", "%")


def test_stands_in() -> None:
    """The words stand in a quote, but not as the tail of a longer number."""
    assert quoted("8家", "家").stands_in("至少（含）8家中小企業")
    assert not quoted("8家", "家").stands_in("至少（含）18家中小企業")
    assert not quoted("三年內", "年內").stands_in("十三年內接受過")
    assert not quoted("30%", "%").stands_in("不得超過3%")
