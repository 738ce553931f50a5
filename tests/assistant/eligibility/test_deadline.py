"""A last day: before it, on it, after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.eligibility.deadline import NotAfter
from assistant.eligibility.quoted import DAY, quoted
from tests.assistant.eligibility.conftest import TODAY, stated

LAST = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("included", "on_the_day", "edge"),
    [(True, "met", "當天可以"), (False, "not_met", "當天不行"), (None, "unknown", "當天算不算在內沒有寫明")],
)
def test_not_after(included: bool | None, on_the_day: str, edge: str) -> None:
    """The day before is in time, the day after too late; the day itself is as the clause says, or open."""
    rule = NotAfter("breach_date", quoted("115年6月30日", DAY), included, "前")
    days = (LAST - timedelta(1), LAST, LAST + timedelta(1))

    assert [rule.judge(stated(breach_date=day), TODAY).result for day in days] == [
        "met",
        on_the_day,
        "not_met",
    ]
    assert (rule.shown.edge, rule.shown.bound) == (edge, "115 年 6 月 30 日")


def test_a_day_that_has_passed_is_checked() -> None:
    """From the day after on, the last day is checked whether or not anybody said when."""
    rule = NotAfter("breach_date", quoted("115年6月30日", DAY), None, "前")

    assert [rule.presses(day) for day in (LAST, LAST + timedelta(1))] == [False, True]


def test_a_day_that_nobody_said() -> None:
    """Without a day it is asked for; today is not assumed."""
    rule = NotAfter("breach_date", quoted("115年6月30日", DAY), None, "前")

    assert rule.judge(stated(), TODAY).missing == ("breach_date",)
