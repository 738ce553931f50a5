"""Days so long after another, on the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from assistant.eligibility.facts import Days
from assistant.eligibility.quoted import Quoted


def years_after(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def ends_after(days: Days, period: Quoted) -> Days:
    """The days between which a period is full that begins between two days."""
    # A whole month, or year, ends in a whole one: the month of three years after February 113 has 28 days.
    next_day = period_after(days.last + timedelta(days=1), period)
    return Days(
        period_after(days.first, period), max(period_after(days.last, period), next_day - timedelta(days=1))
    )


def period_after(day: date, period: Quoted) -> date:
    """The day on which a period that begins on `day` is full."""
    if period.unit == "年":
        return years_after(day, period.number)
    if period.unit == "個月":
        return months_after(day, period.number)
    return day + timedelta(days=period.number)
