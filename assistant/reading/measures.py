"""
Folded text -> the measures in it: money, people, counts, shares, lengths of time, days, bare numbers.

「一千兩百萬」 「1.5億元」 「員工15個人」 「五成」 「成立3年」 「115年6月20日」. Each keeps its place; what
has digits and is none of these (a telephone number, an address) is told apart as "other", so
that whoever reads can account for every number of a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from assistant.eligibility.facts import Range, ShareRange
from assistant.reading import vague
from assistant.reading.numerals import CHINESE, NUMERAL, bounds
from assistant.reading.periods import PERIOD, Period, period
from assistant.reading.quantities import SHARE, share
from assistant.reading.ranges import Number, as_number

Kind = Literal["money", "people", "count", "share", "length", "time", "number", "other"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure at text[start:end]; `value` None where it was seen but says no definite bounds; `unit` of a count."""

    kind: Kind
    start: int
    end: int
    value: Number | Fraction | ShareRange | Period | None
    unit: str = ""


_SOME: Final = rf"(?:{NUMERAL}(?:\.\d+)?[多餘幾]?|[{CHINESE}]{{1,9}}[多餘幾]?|好幾)"
_BEFORE: Final = (
    rf"(?:(?:{vague.AT_MOST}|{vague.AT_LEAST}|{vague.UNDER}|{vague.OVER}|{vague.NEARLY}|{vague.ABOUT})"
    r"(?:有|只有|是|在)?\s?)?"
)
_AFTER: Final = r"(?:左右|上下|以上|以下|以內|出頭|多(?!少))?"
_SPAN: Final = r"(?:\s?[~\-至到、]\s?)"
_SCALED: Final = rf"{_SOME}\s?億(?:\s?{_SOME}\s?萬)?|{_SOME}\s?萬"
_MONEY: Final = (
    rf"(?:nt\$|新?台幣|\$)\s?(?:{_SCALED}|{_SOME})\s?(?:元|塊錢?|圓)?"
    rf"|(?:{_SOME}{_SPAN})?(?:{_SCALED})\s?(?:元|塊錢?|圓)?|(?:{_SOME}{_SPAN})?{_SOME}\s?(?:元|塊錢?|圓)"
)
_LENGTH: Final = rf"{_SOME}\s?(?:個半?月|年半?)(?![度初底中間前內])(?:多(?!少))?"
_DAY: Final = rf"({NUMERAL})月({NUMERAL})[日號]"
_OTHER: Final = (
    r"\d{2,4}-\d{6,8}|09\d{2}-?\d{3}-?\d{3}|\d+\.\d+\.\d+\.\d+|https?://\S+"
    rf"|一個(?!月|人|禮拜)|同一|第\s?[\d{CHINESE}]+\s?[點條項款目類屆期章節次頁個]|[\d{CHINESE}]+\s?(?:樓|號|巷|弄|段|鄰|坪|點鐘?|分鐘|小時|歲|頁|次|樣|步|號碼)"
    rf"|(?:^|(?<=\s))\s*(?:\d{{1,2}}[.、)](?!\d)|[(]\d{{1,2}}[)])(?=\s*\S)|[一二三四五六七八九十]+、(?=\S)|(?<![\d{CHINESE}])一(?=下|起|樣|直|定|般|些|點|邊|方|切|共|律|併|時|旦)"
    r"|(?:四|五|六|八|九|十)?(?:萬一|千萬(?=別|不|要))|百分百"
)


def measures(folded: str, today: date, units: Iterable[str]) -> tuple[Measure, ...]:
    """
    All measures of a text in order, none within another.

    Args:
        folded: the text in one spelling (script.fold).
        today: the date in Taiwan, for 「去年」.
        units: the units of the programme's counts (件, 床), tried longest first.
    """
    counted = "|".join(map(re.escape, sorted(units, key=lambda unit: -len(unit))))
    patterns: list[tuple[Kind, str]] = [
        # A programme's own unit goes before a time of day: 「9點」 are points where points are counted.
        *_counts(counted),
        ("other", _OTHER),
        ("share", SHARE),
        ("money", rf"{_BEFORE}(?:{_MONEY}){_AFTER}"),
        (
            "people",
            rf"{_BEFORE}(?:{_SOME}{_SPAN})?{_SOME}\s?{_AFTER}(?:個人|個員工|名員工|位員工|人(?!次|家)|[名位]){_AFTER}",
        ),
        # 「滿3年」 is how long, not when.
        ("length", rf"(?:超過|滿){_SOME}年(?!前)|{_SOME}年以上(?!前)|半年(?![前內度])"),
        ("time", rf"(?<!年){_DAY}|{PERIOD}"),
        ("length", rf"{_BEFORE}(?:滿|已經?)?{_LENGTH}(?:以上|以下|左右)?"),
        ("number", rf"{_BEFORE}(?:\d[\d,]*(?:\.\d+)?|[{CHINESE}]+){_AFTER}"),
    ]
    lexer = re.compile("|".join(f"(?P<m{n}>{pattern})" for n, (_, pattern) in enumerate(patterns)))
    found = []
    for match in lexer.finditer(folded):
        kind = patterns[int((match.lastgroup or "m0")[1:])][0]
        words = match.group()
        start = match.start() + len(words) - len(words.lstrip())
        unit = (
            next((u for u in sorted(units, key=len, reverse=True) if u in words), "")
            if kind == "count"
            else ""
        )
        found.append(Measure(kind, start, match.end(), _value(kind, words.strip(), today, unit), unit))
    return tuple(found)


def _counts(units: str) -> list[tuple[Kind, str]]:
    return [("count", rf"{_BEFORE}(?:{_SOME}{_SPAN})?{_SOME}\s?(?:{units})(?!鐘){_AFTER}")] if units else []


def _value(kind: Kind, words: str, today: date, unit: str) -> Number | Fraction | ShareRange | Period | None:
    if kind == "share":
        return share(words)
    if kind == "time":
        return _time(words, today)
    if kind == "other":
        return None
    if kind == "length":
        return _length(words)
    return _number(words, unit)


def _time(words: str, today: date) -> Period | None:
    """A day without a year is one of this year; anything else as periods has it."""
    day = re.fullmatch(_DAY, words)
    if day is None:
        return period(words, today)
    month, number = bounds(day[1]), bounds(day[2])
    try:
        then = date(today.year, month.low if month else 0, number.low if number else 0)
    except ValueError:
        return None
    return Period(then, then, "day", today.year)


def _number(words: str, unit: str) -> Number | None:
    """「大概500萬」 「15到20人」 as bounds, the hedge taken in."""
    bare = re.sub(
        r"nt\$|新?台幣|\$|元|塊錢?|圓|個人|員工|[個名位人]", "", words.replace(unit, "") if unit else words
    )
    inner, hedges = _unhedged(bare)
    low, _, high = inner.partition("|")
    read = _scaled(low)
    if high:
        last = _scaled(high)
        if read is None or last is None:
            return None
        # 「一到兩百萬」: the scale stands behind the last one.
        tail = re.search(r"[十百千]?[萬億]?$", high)
        scale = _scaled(tail.group()) if tail and tail.group() and not re.search("[萬億]", low) else None
        read = Range(read.low * (scale.low if scale else 1), last.high if last.high is not None else last.low)
        if read.high is not None and read.high < read.low:
            return None
    if read is None:
        return None
    for pattern, change in _CHANGES:
        if re.search(pattern, hedges):
            return as_number(change(read))
    return as_number(read)


_SCALES: Final = {"億": 10**8, "萬": 10**4}
_UNITS: Final = {"": 1, "十": 10, "百": 100, "千": 1000}


def _unhedged(words: str) -> tuple[str, str]:
    """The numerals, two ends parted by |, and what was said around them."""
    numeral = re.search(rf"(?:{_SCALED}|{_SOME})(?:{_SPAN}(?:{_SCALED}|{_SOME}))?", words)
    if numeral is None:
        return "", words
    return re.sub(_SPAN, "|", numeral.group()), words[: numeral.start()] + " " + words[numeral.end() :]


def _scaled(words: str) -> Range | None:
    """一億兩千萬 -> 120,000,000; 1.5億 -> 150,000,000; 五百多萬 -> 5,010,000 to 5,990,000."""
    total = Range(0, 0)
    for scale, times in _SCALES.items():
        head, mark, rest = words.partition(scale)
        if mark:
            part = _some(head.strip() or "1")
            if part is None or part.high is None:
                return None
            total = Range(total.low + _times(part.low, times), (total.high or 0) + _times(part.high, times))
            words = rest
    words = words.strip()
    if not words:
        return total
    part = _some(words)
    if part is None or part.high is None or part.low.denominator != 1 or part.high.denominator != 1:
        return None
    return Range(total.low + int(part.low), (total.high or 0) + int(part.high))


@dataclass(frozen=True, slots=True)
class _Exact:
    low: Fraction
    high: Fraction | None


def _some(words: str) -> _Exact | None:
    if words == "好幾":
        return _Exact(Fraction(2), Fraction(9))
    more = words[-1:] if words[-1:] in {"多", "餘", "幾"} else ""
    bare = words.removesuffix(more).replace(",", "") if more else words.replace(",", "")
    if re.fullmatch(r"\d+\.\d+", bare):
        return None if more else _Exact(Fraction(bare), Fraction(bare))
    read = Range(_UNITS[bare], _UNITS[bare]) if bare in _UNITS else bounds(bare)
    if read is None:
        return None
    if more:
        odd = vague.odd(read, more)
        if odd is None:
            return None
        read = odd
    return _Exact(Fraction(read.low), None if read.high is None else Fraction(read.high))


def _times(part: Fraction, scale: int) -> int:
    return int(part * scale)


def _length(words: str) -> Number | None:
    """「3年」 as months: three years and up to one less than the fourth; 「滿3年」 and 「3年以上」 are three or more."""
    if words == "半年":
        return 6
    found = re.search(rf"(?P<n>{_SOME})\s?(?P<unit>個半?月|年半?)(?P<more>多)?", words)
    part = _some(found["n"]) if found else None
    if found is None or part is None or part.high is None or part.low.denominator != 1:
        return None
    step = 12 if found["unit"].startswith("年") else 1
    half = 6 if step > 1 and found["unit"].endswith("半") else 0
    low, high = int(part.low) * step + half, int(part.high) * step + (half or step - 1)
    said: tuple[tuple[str, Range], ...] = (
        (vague.UNDER, Range(0, low - 1)),
        (rf"滿|以上|{vague.OVER}|{vague.AT_LEAST}", Range(low, None)),
        (rf"{vague.ABOUT}|{vague.NEARLY}|以下|{vague.AT_MOST}", Range(max(0, low - step), high + step)),
    )
    hedges = words[: found.start()] + words[found.end() :]
    return next((bound for cue, bound in said if re.search(cue, hedges)), as_number(Range(low, high)))


_CHANGES: Final[tuple[tuple[str, Callable[[Range], Range]], ...]] = (
    (rf"{vague.AT_MOST}|以下|以內", vague.at_most),
    (rf"{vague.AT_LEAST}|以上", vague.at_least),
    (vague.UNDER, vague.under),
    (vague.OVER, vague.over),
    (vague.NEARLY, vague.nearly),
    (r"(?<![不至頂最])多|出頭", vague.over),
    (vague.ABOUT, vague.about),
)
