"""
When something happened, as written -> the days between which it was.

「108年」 「2019年」 「民國110年3月」 「去年」 「大前年」 「兩年前」 「11個月前」 「三年內」.
A year of the Republic is told from a length of time by its size. Years are
rough (兩年前 is a year and a half to two and a half), months are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from assistant.eligibility.facts import Range
from assistant.reading import calendar
from assistant.reading.elapsed import ago, length, since, to_go
from assistant.reading.numerals import CHINESE, NUMERAL, WORD, bounds, whole
from assistant.reading.period import YEAR, Period
from assistant.reading.years import gregorian

_FIRST_DAY: Final = date(1950, 1, 1)


_YEAR_NUMBER: Final = r"(?:\d{2,4}|[零〇一二三四五六七八九十百]{2,6})"
_HEDGE: Final = r"(?:(?:快要?|將近|不到|未滿|還沒|大約|大概|約|差不多|超過|已經|剛好)滿?|滿)"
_NEAR: Final = r"(?:最近|近|這|過去|前)"

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# 「108第一次」: what stands behind a bare year makes it one.
_AHEAD: Final = r"(?=\s?(?:才|就|是)?(?:第[一二三1-3]次|首次|初次|首度|頭一次))"
_PATTERNS: Final = (
    ("compact", r"(?<!\d)(?P<cy>1[01]\d|20[0-3]\d)(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12]\d|3[01])(?!\d)"),
    ("english", rf"(?:{'|'.join(_MONTHS)})[a-z]*\.? (?P<eny>20[0-3]\d)"),
    ("school", rf"(?P<ky>\d{{2,4}}|[{CHINESE}]{{2,6}})學年度?"),
    ("day", r"(?P<dy>(?:民國\s?)?\d{2,4})(?P<ds>[/.\-])(?P<dm>\d{1,2})(?P=ds)(?P<dd>\d{1,2})(?!\d)"),
    (
        "day_words",
        r"(?P<wy>(?:民國\s?)?\d{2,4}\s?年度?\s?|去年|今年|前年|大前年|舊年)(?:[底初]|\(\d{2,3}年\))?的?(?P<wm>\d{1,2}|十[一二]?|[一二三四五六七八九])\s?月\s?(?P<wd>\d{1,2}|[一二三四五六七八九十廿]{1,3})\s?[日號]",
    ),
    (
        "month",
        r"(?P<my>(?:民國\s?)?\d{2,4}\s?年度?\s?|去年|今年|前年|大前年|舊年)(?:[底初]|\(\d{2,3}年\))?的?(?P<mm>\d{1,2}|十[一二]?|[一二三四五六七八九])\s?月份?",
    ),
    ("month_slash", r"(?<![\d/.])(?P<sy>1[01]\d|20[0-3]\d)[/.](?P<sm>0?[1-9]|1[0-2])(?![\d/.]|\s?[%趴])"),
    (
        "this_day",
        r"(?<![\d十])(?P<tm>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?P<td>\d{1,2}|[一二三四五六七八九十廿]{1,3})[日號]",
    ),
    (
        "within",
        (
            rf"{_NEAR}\s?(?P<nn>{NUMERAL})\s?(?P<nu>年|個月)(?:以內|之內|內|以來|來|裡|間)?(?!前)|(?P<in>{NUMERAL})\s?(?P<iu>年|個月)(?:以內|之內|內)"
            rf"|(?:in|within|over|during)?\s?the (?:last|past) (?P<en>{WORD}) (?P<eu>years?|months?)|within (?P<wn>{WORD}) (?P<wu>years?|months?)"
        ),
    ),
    ("long", rf"(?P<lp>超過|滿)(?P<ln>{NUMERAL})年(?!前)|(?P<ln2>{NUMERAL})年(?:以上|以前|多了)"),
    (
        "to_go",
        rf"(?:再|差|還要|剩)過?\s?(?P<tn>{NUMERAL})\s?個?(?P<tu>[天日週周月]|星期|禮拜)[就才便]?要?[滿到](?P<ty>{NUMERAL})年",
    ),
    (
        "ago",
        rf"(?P<ah>{_HEDGE})?(?P<an>{NUMERAL}|半|好幾|幾|十幾|十多)\s?(?P<ag>個)?(?P<ahalf>半)?(?P<au>年|月|天|週|周|星期|禮拜)(?P<amore>半|多)?(?:以|之)?前|(?P<aen>{WORD}) (?P<aeu>years?|months?) ago",
    ),
    ("length", rf"(?P<fy>{NUMERAL})\s?年又?(?:零|過)?\s?(?P<fm>{NUMERAL})\s?個月(?:多|前|了)?"),
    ("since", rf"(?P<sh>{_HEDGE})?(?P<sn>{NUMERAL})\s?(?P<su>年|個月)(?P<smore>半|多)?了"),
    (
        "year",
        rf"(?P<y1>(?:民國?|西元)\s?{_YEAR_NUMBER}\s?年?|(?<!\d)(?:1[01]\d|20[0-3]\d){_AHEAD}|(?:(?<=年度)|(?<=年度[ :]))(?:1[01]\d|20[0-3]\d)(?!\d)|{_YEAR_NUMBER}\s?年)(?:度|間|初|底|中)?(?![前內以多半])",
    ),
    (
        "named",
        r"大前年|前年|去年度?|舊年|今年度?|上一?年度|前一年|last year|this year|(?:in )(?P<ey>20\d\d)\b",
    ),
    ("recent", r"上個?月|這個月|上週|上周|上星期|昨天|前天|剛剛|最近(?!的?[一二三幾])|前陣子|上半年"),
)
PERIOD: Final = "|".join(
    f"(?:{re.sub(r'[?]P<[^>]+>', '?:', pattern).replace('(?P=ds)', '[/.-]')})" for _, pattern in _PATTERNS
)
_COMPILED: Final = tuple((name, re.compile(pattern.replace(_AHEAD, ""))) for name, pattern in _PATTERNS)


def period(words: str, today: date) -> Period | None:
    """A match of PERIOD read; None if it names no time after all (the year 19, the 31st month)."""
    for name, pattern in _COMPILED:
        if found := pattern.fullmatch(words.strip()):
            try:
                return _READERS[name](found, today)
            except (ValueError, OverflowError):
                return None
    return None


def _year(year: int | None, today: date) -> Period | None:
    if year is None:
        return None
    return Period(
        date(year, 1, 1),
        min(today, date(year, 12, 31)) if year <= today.year else date(year, 12, 31),
        "year",
        year,
    )


def _day(year: int | None, month: str, day: str) -> Period | None:
    months, days = whole(month), whole(day)
    if year is None or not isinstance(months, int) or not isinstance(days, int):
        return None
    then = date(year, months, days)
    return Period(then, then, "day", year)


def _month(year: int | None, month: str) -> Period | None:
    months = whole(month)
    if year is None or not isinstance(months, int):
        return None
    return Period(*calendar.month_of(year, months), "month", year)


def _this_day(found: re.Match[str], today: date) -> Period | None:
    near = _day(today.year, found["tm"], found["td"])
    return (
        near if near is not None and near.latest <= today else _day(today.year - 1, found["tm"], found["td"])
    )


def _english(found: re.Match[str]) -> Period:
    return Period(
        *calendar.month_of(int(found["eny"]), _MONTHS.index(found.group()[:3]) + 1),
        "month",
        int(found["eny"]),
    )


def _school(found: re.Match[str], today: date) -> Period | None:
    """A school year begins in August."""
    year = gregorian(found["ky"], today)
    return Period(date(year, 8, 1), date(year + 1, 7, 31), "month") if year is not None else None


def _within(found: re.Match[str], today: date) -> Period | None:
    number, unit = next(
        (found[n], found[u]) for n, u in (("nn", "nu"), ("in", "iu"), ("en", "eu"), ("wn", "wu")) if found[n]
    )
    value = bounds(number)
    if value is None:
        return None
    months = (value.high or value.low) * (YEAR if unit[0] in "年y" else 1)
    return Period(calendar.months_back(today, months), today, "within")


def _long(found: re.Match[str], today: date) -> Period | None:
    value = bounds(found["ln"] or found["ln2"])
    if value is None:
        return None
    edge, months = calendar.months_back(today, value.low * YEAR), value.low * YEAR
    # 滿三年 may be three years to the day.
    full = found["lp"] == "滿"
    return Period(
        _FIRST_DAY,
        edge if full else edge - timedelta(days=1),
        "ago",
        months=Range(months if full else months + 1, None),
    )


def _recent(found: re.Match[str], today: date) -> Period | None:
    months = 1 if found.group().startswith(("上個月", "上月")) else 0
    return Period(calendar.months_back(today, 6 if "半年" in found.group() else months + 1), today, "within")


_READERS: Final[dict[str, Callable[[re.Match[str], date], Period | None]]] = {
    "compact": lambda found, today: _day(gregorian(found["cy"], today), found["cm"], found["cd"]),
    "english": lambda found, _today: _english(found),
    "school": _school,
    "day": lambda found, today: _day(gregorian(found["dy"], today), found["dm"], found["dd"]),
    "day_words": lambda found, today: _day(gregorian(found["wy"], today), found["wm"], found["wd"]),
    "month": lambda found, today: _month(gregorian(found["my"], today), found["mm"]),
    "month_slash": lambda found, today: _month(gregorian(found["sy"], today), found["sm"]),
    "this_day": _this_day,
    "within": _within,
    "long": _long,
    "ago": ago,
    "length": length,
    "since": since,
    "to_go": to_go,
    "year": lambda found, today: _year(gregorian(found["y1"].rstrip("度間初底中"), today), today),
    "named": lambda found, today: _year(gregorian(found["ey"] or found.group(), today), today),
    "recent": _recent,
}
