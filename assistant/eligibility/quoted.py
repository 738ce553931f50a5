"""
A parameter of a rule, kept in the very words of the clause, and the number it stands for.

「8家」 -> 8, 「一億元」 -> 100,000,000, 「30%」 -> 3/10, 「108年度」 -> 2019, 「三年內」 -> 3 years,
「115年6月30日」 -> a day. Because the words are the clause's own, ingest can hold them
against the quote (law 6).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from assistant.eligibility.notation import ROC_OFFSET

_HAN: Final = "零一二三四五六七八九兩十百千"
NUMERALS: Final = f"0-9{_HAN}"
_NUMBER: Final = rf"(?:[0-9][0-9,]*(?:\.[0-9]+)?|[{_HAN}]+)[萬億]?"
_SCALES: Final = {"億": 10**8, "萬": 10**4}
_UNITS: Final = {"千": 1000, "百": 100, "十": 10, "": 1}
_DIGIT: Final = "[一二三四五六七八九]"
_WELL_FORMED: Final = re.compile(rf"(?:{_DIGIT}千)?零?(?:{_DIGIT}百)?零?(?:{_DIGIT}?十)?零?{_DIGIT}?")
_PERIOD: Final = re.compile(rf"(?P<number>{_NUMBER})(?P<unit>年|個月|日|天)(?:之內|以內|內)?")
_PERCENT: Final = re.compile(
    rf"(?P<percent>{_NUMBER})%|百分之(?P<hundredths>{_NUMBER})|(?P<under>{_NUMBER})分之(?P<over>{_NUMBER})"
)
_DAY: Final = re.compile(rf"(?:民國)?(?P<year>{_NUMBER})年(?P<month>{_NUMBER})月(?P<day>{_NUMBER})日")
# What a parameter may be besides a number with a unit of its own.
PERCENT: Final = "%"
PROGRAMME_YEAR: Final = "年度"
PERIOD: Final = "期間"
DAY: Final = "日期"


@dataclass(frozen=True, slots=True)
class Quoted:
    """
    Words of a clause and their number: a count, dollars, a Gregorian year, a length of time, a percentage.

    `unit` is that of the number; of a period 年, 個月 or 日. `day` is the date that the words are, if any.
    """

    words: str
    value: Fraction
    unit: str
    day: date | None = None

    @property
    def number(self) -> int:
        """The number as a whole one; what is none (12.5%) is rounded down, and only ever shown by `value`."""
        return int(self.value)

    @property
    def share(self) -> Fraction:
        """The number of a percentage, as a share."""
        return self.value / 100

    def stands_in(self, quote: str) -> bool:
        """True if the quote has these words, and they are not the tail of a longer number (8家 in 18家)."""
        return re.search(rf"(?<![{NUMERALS}.,]){re.escape(self.words)}", quote) is not None


def quoted(words: str, *units: str) -> Quoted:
    """
    Read a parameter.

    Args:
        words: as the clause has them.
        units: what it may be: a unit (家, 元), or one of PERCENT, PROGRAMME_YEAR, PERIOD, DAY.

    Raises:
        ValueError: not a number with one of `units`.
    """
    for unit in units:
        found = _read(words, unit)
        if found is not None:
            return found
    raise ValueError(f'"{words}" is no number in {"、".join(units)}')


def _read(words: str, unit: str) -> Quoted | None:
    if unit == PERCENT:
        share = _percent(words)
        return None if share is None else Quoted(words, share, unit)
    if unit == DAY:
        day = _day(words)
        return None if day is None else Quoted(words, Fraction(day.toordinal()), unit, day)
    if unit == PERIOD:
        found = _PERIOD.fullmatch(words)
        length = numeral(found["number"]) if found else None
        return (
            None
            if found is None or length is None
            else Quoted(words, length, found["unit"].replace("天", "日"))
        )
    bare = words.removeprefix("新臺幣").removeprefix("新台幣")
    number = numeral(bare.removesuffix(unit)) if unit and bare.endswith(unit) else None
    if number is None or number.denominator != 1:
        return None
    return Quoted(words, number + ROC_OFFSET if unit == PROGRAMME_YEAR else number, unit)


def numeral(words: str) -> Fraction | None:
    """三 -> 3, 二百 -> 200, 1,500萬 -> 15,000,000; None for what is no number."""
    if not re.fullmatch(_NUMBER, words):
        return None
    if words[-1] in _SCALES:
        below = numeral(words[:-1])
        return None if below is None else below * _SCALES[words[-1]]
    plain = words.replace(",", "")
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", plain):
        return Fraction(plain)
    whole = chinese(plain)
    return None if whole is None else Fraction(whole)


def chinese(words: str) -> int | None:
    """
    A Chinese numeral below ten thousand: 三 -> 3, 十二 -> 12, 二百零五 -> 205, as spoken 二百五 -> 250.

    None for what is no well-formed one: 八九, 三四五.
    """
    spelled = words.replace("兩", "二")
    if not spelled or not _WELL_FORMED.fullmatch(spelled):
        return None
    parts = re.findall(rf"({_DIGIT}?)([千百十]?)", spelled.replace("零", ""))
    total = sum(
        ("一二三四五六七八九".find(digit or "一") + 1) * _UNITS[unit]
        for digit, unit in parts
        if digit or unit
    )
    spoken = re.search(rf"([千百])({_DIGIT})$", spelled)
    return total + (total % 10) * (_UNITS[spoken[1]] // 10 - 1) if spoken else total


def _percent(words: str) -> Fraction | None:
    found = _PERCENT.fullmatch(words)
    if found is None:
        return None
    if found["over"]:
        over, under = numeral(found["over"]), numeral(found["under"])
        return 100 * over / under if over is not None and under else None
    return numeral(found["percent"] or found["hundredths"])


def _day(words: str) -> date | None:
    found = _DAY.fullmatch(words)
    if found is None:
        return None
    year, month, day = (numeral(found[part]) for part in ("year", "month", "day"))
    if year is None or month is None or day is None:
        return None
    try:
        return date(int(year) + ROC_OFFSET, int(month), int(day))
    except ValueError:
        return None
