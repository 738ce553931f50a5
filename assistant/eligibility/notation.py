"""
Numbers as people in Taiwan read them: percentages, counts, years and dates of the Republic.

Integer arithmetic throughout; a share is shown rounded and never decided on that.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Range

# Year 1 of the Republic is 1912.
ROC_OFFSET: Final = 1911


def percent(share: Fraction) -> str:
    """A share with one decimal at most, rounded half up: 1/3 -> 33.3%, 3/10 -> 30%."""
    thousandths = (2000 * share.numerator + share.denominator) // (2 * share.denominator)
    whole, tenth = divmod(thousandths, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def counted(bounds: Range) -> str:
    """Bounds of a count without its unit: 12, 3~4, 8 以上."""
    if bounds.high is None:
        return f"{bounds.low} 以上"
    return str(bounds.low) if bounds.low == bounds.high else f"{bounds.low}~{bounds.high}"


def roc_year(year: int) -> str:
    """2019 -> 108 年."""
    return f"{year - ROC_OFFSET} 年"


def roc_date(day: date) -> str:
    """2019-05-01 -> 108 年 5 月 1 日."""
    return f"{roc_year(day.year)} {day.month} 月 {day.day} 日"


def years_after(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
