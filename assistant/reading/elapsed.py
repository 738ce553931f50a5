"""How long ago something was, 「兩年多前」 「11個月前」 「快四年了」 -> the days between which it was."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from assistant.eligibility.facts import Range
from assistant.reading import calendar
from assistant.reading.numerals import bounds
from assistant.reading.period import YEAR, Period

_HALF_YEAR: Final = 6


def ago(found: re.Match[str], today: date) -> Period | None:
    """「兩年前」 「半年前」 「11個月前」 「three years ago」."""
    if found["aen"]:
        value, unit, half, more, hedge = bounds(found["aen"]), found["aeu"][0], "", "", ""
    else:
        some = {
            "半": Range(0, 0),
            "好幾": Range(3, 9),
            "幾": Range(2, 9),
            "十幾": Range(11, 19),
            "十多": Range(11, 19),
        }
        value = some.get(found["an"]) or bounds(found["an"])
        unit, more, hedge = found["au"], found["amore"] or "", found["ah"] or ""
        half = "半" if found["an"] == "半" or found["ahalf"] else ""
        if more == "半":
            half, more = "半", ""
    if value is None:
        return None
    if unit in "天週周星期禮拜":
        days = 1 if unit == "天" else 7
        months = value.low * days // 30
        return _span(months, months + 1, today, Range(months, months))
    if unit in "月m":
        low, high = value.low, value.high or value.low
        return _span(low, high + (1 if half or more else 0), today, Range(low, high + (1 if more else 0)))
    return _years_ago(value, half, more, hedge, today)


def _years_ago(value: Range, half: str, more: str, hedge: str, today: date) -> Period:
    """兩年前 is about two years; 兩年多前 is two to three, 快兩年前 is one and a half to two."""
    low, high = value.low * YEAR, (value.high or value.low) * YEAR
    if half:
        low, high = low + _HALF_YEAR, high + _HALF_YEAR
        slack = 1 if low == _HALF_YEAR and not more else 3
    else:
        slack = 3 if low == YEAR else _HALF_YEAR
    over = more == "多" or hedge.startswith("超過")
    under = hedge.startswith(("快", "將近", "不到", "未滿", "還沒"))
    if over:
        least, most = low, high + (_HALF_YEAR if half else YEAR)
    elif under:
        least, most = low - _HALF_YEAR, low
    else:
        least, most = max(0, low - slack), high + slack
    earliest, latest = calendar.months_back(today, most), calendar.months_back(today, least)
    months = Range(least, most)
    if over:
        # More than three years is outside of three years, by a day at least.
        latest, months = latest - timedelta(days=1), Range(least + 1, most)
    elif under:
        earliest, months = earliest + timedelta(days=1), Range(least, most - 1)
    return Period(earliest, latest, "ago", months=months)


def since(found: re.Match[str], today: date) -> Period | None:
    """「快四年了」 「十三個月了」 is that long ago."""
    value, more = bounds(found["sn"]), found["smore"] or ""
    if value is None:
        return None
    if found["su"] != "年":
        return _span(value.low, value.high or value.low, today, value)
    return _years_ago(value, "半" if more == "半" else "", more, found["sh"] or "", today)


def length(found: re.Match[str], today: date) -> Period | None:
    """「一年又兩個月」 is fourteen months ago."""
    years, months = bounds(found["fy"]), bounds(found["fm"])
    if years is None or months is None:
        return None
    all_of = Range(years.low * YEAR + months.low, years.low * YEAR + (months.high or months.low))
    return _span(all_of.low, all_of.low if all_of.high is None else all_of.high, today, all_of)


def to_go(found: re.Match[str], today: date) -> Period | None:
    """「再兩個禮拜才滿一年」 is two weeks less than a year ago."""
    left, years = bounds(found["tn"]), bounds(found["ty"])
    if left is None or years is None or left.high is None:
        return None
    days = {"天": 1, "日": 1, "月": 30}.get(found["tu"], 7)
    full, day = calendar.months_back(today, years.low * YEAR), timedelta(days=1)
    months = years.low * YEAR - 1 - left.low * days // 31
    return Period(full + day, min(today, full + left.high * days * day), "ago", months=Range(months, months))


def _span(least: int, most: int, today: date, months: Range) -> Period:
    earliest, latest = calendar.around(today, least, most)
    return Period(earliest, latest, "ago", months=months)
