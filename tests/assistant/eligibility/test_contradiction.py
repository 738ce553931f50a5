"""What cannot be true is pointed out; what people say loosely is not."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.facts import Range, ShareRange, Value
from tests.assistant.eligibility.conftest import BOOK, TODAY, facts_of

IMPOSSIBLE: list[dict[str, Value]] = [
    {"members": 8, "coached_within_3y": 9},
    {"members": Range(3, 4), "coached_within_3y": Range(5, 9)},
    {"members": 8, "unqualified_members": 9},
    {"members": 8, "added_members": 9},
    {"members": -3},
    {"members": Range(5, 4)},
    {"old_members": 7, "replaced_old_members": 8},
    {"coached_share": Fraction(10)},
    {"coached_share": Fraction(-1, 2)},
    {"members": 12, "coached_within_3y": 4, "coached_share": Fraction(1, 2)},
    {"members": 11, "coached_within_3y": 3, "coached_share": Fraction(36, 100)},
    {"members": 13, "coached_share": Fraction(29, 100)},
    {
        "members": 12,
        "coached_within_3y": 4,
        "coached_share": ShareRange(high=Fraction(3, 10), high_open=True),
    },
    {"added_members": 2, "replaced_old_members": 0, "newcomers_coached_smea": 3},
    {
        "added_members": 2,
        "replaced_old_members": 1,
        "newcomers_coached_smea": 2,
        "newcomers_coached_startups": 2,
    },
    {"first_joined_year": 2027},
    {"breach_date": date(2026, 5, 11)},
    {"all_registered": True, "all_sme": True, "unqualified_members": 1},
    {"all_registered": False, "unqualified_members": 0},
    {"gave_up_or_unfinished": False, "months_since_breach": 3},
    {"breach_date": date(2025, 3, 1), "breach_year": 2024},
    {"breach_date": date(2025, 3, 1), "months_since_breach": 3},
    {"breach_date": date(2025, 5, 10), "months_since_breach": 13},
    {"coaching_started": date(2023, 3, 1), "coaching_started_year": 2022},
]
POSSIBLE: list[dict[str, Value]] = [
    {"members": 0, "coached_within_3y": 0},
    {"members": 8, "coached_within_3y": 8},
    {"members": Range(3, 9), "coached_within_3y": 8},
    {"coached_within_3y": 8},
    {"members": 12, "coached_within_3y": 4, "coached_share": Fraction(3, 10)},
    {"members": 12, "coached_within_3y": 4, "coached_share": Fraction(1, 3)},
    {"added_members": 2, "newcomers_coached_smea": 3},
    {"added_members": 0, "replaced_old_members": 2, "newcomers_coached_smea": 1},
    {"first_joined_year": 2026},
    {"breach_date": TODAY},
    {"all_registered": False, "all_sme": True, "unqualified_members": 2},
    {"breach_date": date(2025, 3, 15), "months_since_breach": 13},
    {"breach_date": date(2025, 3, 15), "months_since_breach": 14},
]


@pytest.mark.parametrize("values", IMPOSSIBLE, ids=str)
def test_impossible(values: dict[str, Value]) -> None:
    """It is pointed out, once."""
    assert len(contradictions(BOOK, facts_of(**values), TODAY)) == 1


@pytest.mark.parametrize("values", POSSIBLE, ids=str)
def test_possible(values: dict[str, Value]) -> None:
    """It is let stand."""
    assert contradictions(BOOK, facts_of(**values), TODAY) == ()
