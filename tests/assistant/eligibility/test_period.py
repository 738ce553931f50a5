"""Years, bans and duties; the open boundary is never guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.dates import months_after
from assistant.eligibility.facts import Days, Range, Value
from assistant.eligibility.notation import roc_span
from assistant.eligibility.period import Within
from assistant.eligibility.rule_file import load_rules
from assistant.eligibility.rules import RuleBook
from tests.assistant.eligibility.conftest import FOLDER, TODAY, stated

BOOK = load_rules(FOLDER)
DONE = {"gave_up_or_unfinished": True, "force_majeure": False}


def _judge(rule: str, **values: Value) -> str:
    return BOOK.by_id[rule].condition.judge(stated(**values), TODAY).result


@given(st.dates(date(2023, 1, 1), TODAY))
def test_ban_by_day(day: date) -> None:
    """Barred while today is before the anniversary, free after it, unknown on it."""
    full = day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 3, 1)
    expected = "not_met" if full > TODAY else "met" if full < TODAY else "unknown"

    assert _judge("ban", **DONE, breach_date=day) == expected


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ({}, "unknown"),
        ({"gave_up_or_unfinished": False}, "met"),
        ({"force_majeure": True}, "met"),
        ({"gave_up_or_unfinished": True, "months_since_breach": 3}, "unknown"),
        ({"gave_up_or_unfinished": True, "months_since_breach": 13}, "met"),
        ({"months_since_breach": 13}, "met"),
        ({"months_since_breach": 3, "force_majeure": False}, "unknown"),
        ({**DONE, "months_since_breach": Range(9, 11)}, "not_met"),
        ({**DONE, "months_since_breach": Range(11, 14)}, "unknown"),
        ({**DONE, "months_since_breach": Range(13, None)}, "met"),
        ({**DONE, "breach_year": 2026}, "not_met"),
        ({**DONE, "breach_year": 2025}, "unknown"),
        ({**DONE, "breach_year": 2024}, "met"),
        ({**DONE, "breach_year": 2025, "months_since_breach": 6}, "not_met"),
    ],
)
def test_ban(values: dict[str, Value], result: str) -> None:
    """Barred only if done, not excused and within the time; any of these that fails is enough to be free."""
    assert _judge("ban", **values) == result


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ({}, "unknown"),
        ({"first_joined_year": 2019}, "met"),
        ({"first_joined_year": 2018}, "not_met"),
        ({"first_joined_year": Range(2018, 2019)}, "unknown"),
        ({"first_joined_year": Range(2015, 2018)}, "not_met"),
        ({"first_joined_that_year": True}, "met"),
        ({"first_joined_that_year": False}, "not_met"),
    ],
)
def test_first_year(values: dict[str, Value], result: str) -> None:
    """Only 108 passes."""
    assert _judge("b-first-year", **values) == result


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ({}, "unknown"),
        ({"coaching_started": date(2023, 5, 10)}, "met"),
        ({"coaching_started": date(2023, 5, 9)}, "not_met"),
        ({"coaching_started": Days(date(2023, 6, 1), date(2023, 6, 30))}, "met"),
        ({"coaching_started": Days(date(2023, 5, 1), date(2023, 5, 31))}, "unknown"),
        ({"coaching_started": Days(date(2023, 4, 1), date(2023, 4, 30))}, "not_met"),
        ({"coaching_started_year": 2024}, "met"),
        ({"coaching_started_year": 2023}, "unknown"),
        ({"coaching_started_year": 2022}, "not_met"),
    ],
)
def test_tracking(values: dict[str, Value], result: str) -> None:
    """The duty lasts to its last day; in the month or year of its end it is open where the start is told no finer."""
    assert _judge("tracking", **values) == result


@given(st.integers(2000, 2026), st.integers(1, 12), st.integers(1, 28))
def test_a_month_is_any_of_its_days(year: int, month: int, day: int) -> None:
    """What is decided on a month is decided so on each of its days, for a duty as for a ban; it is told as a month."""
    days = Days(date(year, month, 1), months_after(date(year, month, 1), 1) - timedelta(days=1))
    for rule, name in (("tracking", "coaching_started"), ("ban", "breach_date")):
        more: dict[str, Value] = (
            {"gave_up_or_unfinished": True, "force_majeure": False} if rule == "ban" else {}
        )
        vague = _judge(rule, **more, **{name: days})
        assert vague in {"unknown", _judge(rule, **more, **{name: date(year, month, day)})}
    assert roc_span(days) == f"{year - 1911} 年 {month} 月"


def test_the_span_of_this_year_ends_today(book: RuleBook) -> None:
    """A deed of this year cannot lie in the days to come."""
    ban = book.by_id["ban"].condition
    assert isinstance(ban, Within)

    ends = ban.ends(stated(breach_year=2026), TODAY)

    assert ends == Days(date(2027, 1, 1), TODAY.replace(year=2027))
