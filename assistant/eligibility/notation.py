"""
Numbers as people in Taiwan read them: percentages, counts, money, years and dates of the Republic.

Integer arithmetic throughout; a share is shown rounded and never decided on that.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Days, Range

# Year 1 of the Republic is 1912.
ROC_OFFSET: Final = 1911
_SCALES: Final = ((10**8, "億"), (10**4, "萬"))


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


def amount(number: int, unit: str) -> str:
    """A number with its unit: 12 家; money in whole 萬 by its scales, 1,500 萬元, 1 億 2,000 萬元, 12,345 元."""
    if unit != "元":
        return f"{number} {unit}"
    parts, rest = list[str](), number
    for scale, name in _SCALES:
        if rest >= scale and number % _SCALES[-1][0] == 0:
            parts.append(f"{rest // scale:,} {name}")
            rest %= scale
    return f"{' '.join(parts)}元" if parts else f"{number:,} 元"


def amounts(bounds: Range, unit: str) -> str:
    """Bounds with their unit: 3~4 家, 8 家以上, 100 萬元~200 萬元."""
    if bounds.high is None:
        return f"{amount(bounds.low, unit)}以上"
    if unit != "元":
        return f"{counted(bounds)} {unit}"
    if bounds.low == bounds.high:
        return amount(bounds.low, unit)
    return f"{amount(bounds.low, unit)}~{amount(bounds.high, unit)}"


def bare(number: int | Range, unit: str) -> str:
    """A number or its bounds where the unit stands elsewhere; money brings its own."""
    bounds = number if isinstance(number, Range) else Range(number, number)
    return amounts(bounds, unit) if unit == "元" else counted(bounds)


def roc_year(year: int) -> str:
    """2019 -> 108 年."""
    return f"{year - ROC_OFFSET} 年"


def roc_date(day: date) -> str:
    """2019-05-01 -> 108 年 5 月 1 日."""
    return f"{roc_year(day.year)} {day.month} 月 {day.day} 日"


def roc_span(days: Days) -> str:
    """A day, a whole month (112 年 5 月), a whole year (112 年), or from when to when."""
    first, last = days.first, days.last
    if first == last:
        return roc_date(first)
    month = f"{roc_year(first.year)} {first.month} 月"
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    if whole and (first.year, first.month) == (last.year, last.month):
        return month
    if whole and first.year == last.year and (first.month, last.month) == (1, 12):
        return roc_year(first.year)
    return f"{roc_date(first)}~{roc_date(last)}"
