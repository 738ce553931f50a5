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
from assistant.reading.period import Period
from assistant.reading.periods import PERIOD, period
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


# A numeral below ten thousand, in Arabic, Chinese or both (5千), that may be a vague one (五百多).
_ARABIC: Final = r"(?<!\d)(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,13}(?!\d))(?:\.\d+)?(?:[千百]\d?)?"
_SOME: Final = rf"(?:(?:{_ARABIC}|[{CHINESE}]{{1,9}})[多餘幾]?|好幾)"
_SCALED: Final = rf"(?:{_SOME}\s?億(?:\s?零?{_SOME}\s?萬)?|{_SOME}\s?萬)"
# 「十二萬五千」: what stands behind the scale is of the same figure if nothing else is counted in it.
_FIGURE: Final = rf"(?:{_SCALED}(?:零?{_SOME}(?![千百十萬億\d]))?|{_SOME})"
# Of people and things: 「500萬15人」 are a sum and a count, 「十二萬五千人」 are one.
_COUNT: Final = rf"(?:{_SCALED}(?:零?[{CHINESE}]{{2,9}})?|{_SOME})"
_BEFORE: Final = (
    rf"(?:(?:{vague.AT_MOST}|{vague.AT_LEAST}|{vague.UNDER}|{vague.OVER}|{vague.NEARLY}|{vague.ABOUT})"
    r"(?:有|只有|是|在)?\s?)?"
)
_AFTER: Final = r"(?:左右|上下|以上|以下|以內|出頭|多(?!少))?"
_SPAN: Final = r"(?:\s?[~\-至到、]\s?)"
_MONEY: Final = (
    rf"(?:nt\$|新?台幣|\$)\s?{_FIGURE}\s?(?:元|塊錢?|圓)?|(?:{_FIGURE}{_SPAN})?{_FIGURE}\s?(?:元|塊錢?|圓)"
    rf"|(?:{_FIGURE}{_SPAN})?{_SCALED}(?:零?{_SOME}(?=[,。;!?、\s]|$))?"
)
_LENGTH: Final = rf"{_SOME}\s?(?:個半?月|年半?)(?![度初底中間前內])(?:多(?!少))?"
_DAY: Final = rf"({NUMERAL})月({NUMERAL})[日號]"
_OTHER: Final = (
    r"\d{2,4}-\d{6,8}|09\d{2}-?\d{3}-?\d{3}|\d+\.\d+\.\d+\.\d+|https?://\S+"
    rf"|一個(?!月|人|禮拜)|同一|第\s?[\d{CHINESE}]+\s?[點條項款目類屆期章節次頁個]|[\d{CHINESE}]+\s?(?:樓|號|巷|弄|段|鄰|坪|點鐘?|分鐘|小時|歲|頁|次|樣|步|號碼)"
    rf"|(?:^|(?<=\s))\s*(?:\d{{1,2}}[.、)](?!\d)|[(]\d{{1,2}}[)])(?=\s*\S)|[一二三四五六七八九十]+、(?=\S)|(?<![\d{CHINESE}])一(?=下|起|樣|直|定|般|些|點|邊|方|切|共|律|併|時|旦)"
    rf"|(?<![\d{CHINESE}])(?:萬一|千萬(?=別|不|要))|百分百"
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
        (
            "people",
            rf"{_BEFORE}(?:{_COUNT}{_SPAN})?{_COUNT}\s?{_AFTER}(?:個人|個員工|名員工|位員工|人(?![次家事力才])|[名位]){_AFTER}",
        ),
        ("money", rf"{_BEFORE}(?:{_MONEY}){_AFTER}"),
        # 「滿3年」 is how long, not when.
        ("length", rf"(?:超過|滿){_SOME}年(?!前)|{_SOME}年以上(?!前)|半年(?![前內度])"),
        ("time", rf"(?<!年){_DAY}|{PERIOD}"),
        ("length", rf"{_BEFORE}(?:滿|已經?)?{_LENGTH}(?:以上|以下|左右)?"),
        ("number", rf"{_BEFORE}(?:{_FIGURE}|\d[\d,.]*){_AFTER}"),
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
        found.append(Measure(kind, start, match.end(), _value(kind, words.strip(), today), unit))
    return tuple(found)


def _counts(units: str) -> list[tuple[Kind, str]]:
    return [("count", rf"{_BEFORE}(?:{_COUNT}{_SPAN})?{_COUNT}\s?(?:{units})(?!鐘){_AFTER}")] if units else []


def _value(kind: Kind, words: str, today: date) -> Number | Fraction | ShareRange | Period | None:
    if kind == "share":
        return share(words)
    if kind == "time":
        return _time(words, today)
    if kind == "other":
        return None
    return _length(words) if kind == "length" else _number(words)


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


def _number(words: str) -> Number | None:
    """「大概500萬」 「15到20人」 as bounds, the hedge taken in."""
    numeral = re.search(rf"(?P<low>{_FIGURE})(?:{_SPAN}(?P<high>{_FIGURE}))?", words)
    read = _figure(numeral["low"]) if numeral else None
    if numeral is None or read is None:
        return None
    if numeral["high"]:
        last = _figure(numeral["high"])
        # 「一到兩百萬」: the scale stands behind the last one.
        scale = re.search(
            r"[十百千]?[萬億]?$", "" if re.search("[萬億]", numeral["low"]) else numeral["high"]
        )
        times = _figure(f"一{scale.group()}") if scale and scale.group() else Range(1, 1)
        if last is None or last.high is None or times is None or read.low * times.low > last.high:
            return None
        read = Range(read.low * times.low, last.high)
    hedges = words[: numeral.start()] + words[numeral.end() :]
    # More digits than a figure has are never read in part; 「12萬5元」 may be 5 dollars or 5,000.
    spoken = re.search(rf"[億萬][\d{CHINESE}]$", numeral.group()) and re.search("[元塊圓]", hedges)
    if spoken or re.search(r"\d", hedges):
        return None
    return as_number(next((change(read) for cue, change in _CHANGES if re.search(cue, hedges)), read))


_SCALES: Final = {"億": 10**8, "萬": 10**4}
_UNITS: Final = {"千": 1000, "百": 100}


def _figure(words: str) -> Range | None:
    """一億兩千萬 -> 120,000,000; 12萬5千 -> 125,000; 三萬五, as spoken, 35,000; 五百多萬 -> 5,010,000 to 5,990,000."""
    total, rest, below = (Fraction(0), Fraction(0)), re.sub(r"\s", "", words), 0
    for mark, times in _SCALES.items():
        head, found, behind = rest.partition(mark)
        if found:
            part = _some(head.removeprefix("零"))
            if part is None:
                return None
            total, rest, below = (total[0] + part[0] * times, total[1] + part[1] * times), behind, times
    if rest:
        spoken = below and re.fullmatch(r"[\d一二三四五六七八九]", rest)
        part = _some(rest.removeprefix("零"))
        if part is None or (below and part[1] >= below):
            return None
        times = below // 10 if spoken else 1
        total = (total[0] + part[0] * times, total[1] + part[1] * times)
    # Half a dollar, or half a person, was never meant.
    return Range(int(total[0]), int(total[1])) if all(end.denominator == 1 for end in total) else None


def _some(words: str) -> tuple[Fraction, Fraction] | None:
    """Both ends of a numeral below a scale; None if it is none, or vaguer than its ends can say."""
    if words == "好幾":
        return Fraction(2), Fraction(9)
    bare, more = words.rstrip("多餘幾").replace(",", ""), words[-1:]
    arabic = re.fullmatch(r"(\d+(?:\.\d+)?)([千百]?)(\d?)", bare)
    if arabic:
        unit = _UNITS.get(arabic[2], 1)
        exact = Fraction(arabic[1]) * unit + Fraction(arabic[3] or 0) * (unit // 10)
        read = Range(int(exact), int(exact)) if exact.denominator == 1 else None
        if read is None:
            return None if more in "多餘幾" else (exact, exact)
    else:
        read = Range(_UNITS[bare], _UNITS[bare]) if bare in _UNITS else bounds(bare)
    if read is not None and more in "多餘幾":
        read = vague.odd(read, more)
    return None if read is None or read.high is None else (Fraction(read.low), Fraction(read.high))


def _length(words: str) -> Number | None:
    """「3年」 as months: three years and up to one less than the fourth; 「滿3年」 and 「3年以上」 are three or more."""
    if words == "半年":
        return 6
    found = re.search(rf"(?P<n>{_SOME})\s?(?P<unit>個半?月|年半?)(?P<more>多)?", words)
    part = _some(found["n"]) if found else None
    if found is None or part is None or part[0].denominator != 1:
        return None
    step = 12 if found["unit"].startswith("年") else 1
    half = 6 if step > 1 and found["unit"].endswith("半") else 0
    low, high = int(part[0]) * step + half, int(part[1]) * step + (half or step - 1)
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
