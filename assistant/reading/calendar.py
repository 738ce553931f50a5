"""Months counted on the calendar: what lies so many months or years back."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Final

from assistant.eligibility.facts import Range

ROC_OFFSET: Final = 1911
_FIFTEEN: Final = timedelta(days=15)


def months_back(today: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(today.day, last))


def around(today: date, least: int, most: int) -> tuple[date, date]:
    """Earliest and latest day of what was between `least` and `most` months ago, give or take half a month."""
    return months_back(today, most) - _FIFTEEN, min(today, months_back(today, least) + _FIFTEEN)


def full_months(then: date, today: date) -> int:
    """Whole months that have passed since."""
    months = (today.year - then.year) * 12 + today.month - then.month
    return months if today.day >= then.day else months - 1


def months_since(earliest: date, latest: date, today: date) -> Range:
    """Whole months since a day between the two."""
    return Range(max(0, full_months(latest, today)), max(0, full_months(earliest, today)))


def month_of(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
