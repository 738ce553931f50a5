"""A fact is told back with its unit, in the words that people in Taiwan read."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.eligibility.facts import Fact, Range, ShareRange, Value
from assistant.eligibility.telling import told_back, value_said
from tests.assistant.eligibility.conftest import BOOK


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("members", 12, "12 家"),
        ("members", Range(3, 4), "3~4 家"),
        ("members", Range(8, None), "8 家以上"),
        ("coached_share", Fraction(1, 3), "1/3"),
        ("coached_share", ShareRange(Fraction(3, 10), Fraction(2, 5)), "30%~40%"),
        ("first_joined_year", 2019, "108 年"),
        ("breach_date", date(2025, 3, 1), "114 年 3 月 1 日"),
        ("months_since_breach", 7, "7 個月"),
        ("track", "A類", "A類"),
        ("all_sme", False, "否"),
    ],
)
def test_a_value_is_said_with_its_unit(name: str, value: Value, said: str) -> None:
    """Counts, shares, years of the Republic, days and choices each read as people write them."""
    assert value_said(BOOK.facts[name], Fact(name, value)) == said


def test_a_fact_is_told_back_by_its_label_or_says_itself() -> None:
    """A number comes with its label; a choice, a yes and a no say what they are."""
    assert told_back(BOOK.facts["members"], Fact("members", 12)) == f"{BOOK.facts['members'].label} 12 家"
    assert told_back(BOOK.facts["track"], Fact("track", "A類")) == "A類"
    assert told_back(BOOK.facts["all_sme"], Fact("all_sme", False)) == BOOK.facts["all_sme"].no
