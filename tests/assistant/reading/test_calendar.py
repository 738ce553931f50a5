"""Months are counted on the calendar, to the day."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Range
from assistant.reading import calendar

DAYS = st.dates(date(2012, 1, 1), date(2040, 12, 31))


@given(DAYS, st.integers(0, 120))
def test_so_many_months_back_are_so_many_full_months(today: date, months: int) -> None:
    """Going back and counting agree, at the ends of short months too."""
    then = calendar.months_back(today, months)
    assert calendar.full_months(then, today) == months


def test_the_end_of_february() -> None:
    """The 31st, a month back, is the last day of February."""
    assert calendar.months_back(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert calendar.month_of(2023, 2) == (date(2023, 2, 1), date(2023, 2, 28))


def test_months_since_a_day_that_is_not_known() -> None:
    """The later the day, the fewer the months; a day to come is none ago."""
    today = date(2025, 11, 22)
    assert calendar.months_since(date(2025, 1, 1), date(2025, 3, 31), today) == Range(7, 10)
    assert calendar.months_since(date(2025, 11, 1), date(2025, 12, 31), today) == Range(0, 0)


def test_around_is_half_a_month_wide_and_never_to_come() -> None:
    """Two to three months ago, give or take a fortnight."""
    today = date(2025, 11, 22)
    assert calendar.around(today, 2, 3) == (date(2025, 8, 7), date(2025, 10, 7))
    assert calendar.around(today, 0, 1)[1] == today
