"""
Numerals, Arabic, Chinese and English -> a whole number or two bounds.

What no form fits is no numeral: 八九 is not 89 here, and 三四 is three to four.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from assistant.eligibility.facts import Range
from assistant.eligibility.quoted import chinese

ENGLISH: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]

CHINESE: Final = "零〇一二兩三四五六七八九十廿卅百千"
ARABIC: Final = r"(?:\d{1,3}(?:,\d{3}){1,2}(?![\d,])|\d{1,9})"
NUMERAL: Final = rf"(?:{ARABIC}|[{CHINESE}]{{1,9}})"
WORD: Final = rf"(?:\d{{1,9}}|\b(?:{'|'.join(ENGLISH)})\b)"

_DIGITS: Final = "零一二三四五六七八九"
_SPELLED: Final = str.maketrans({"廿": "二十", "卅": "三十", "兩": "二", "〇": "零"})
# 百 alone is the whole of 百分之三.
_ALONE: Final = {"零": 0, "百": 100}
_PAIR: Final = re.compile(
    rf"(?P<head>.*十|.*百)?(?P<low>[{_DIGITS[1:]}])(?P<high>[{_DIGITS[1:]}])(?P<tail>[十百千]?)"
)


@cache
def whole(text: str) -> int | Range | None:
    """A numeral's value; 三四 and 十二三 are Ranges; None if it is no numeral that people write."""
    text = text.strip().replace(",", "")
    if text.isdecimal():
        # More digits than any count or year has: nothing is counted in them.
        return int(text) if len(text) <= 9 else None  # noqa: PLR2004
    if text in ENGLISH:
        return ENGLISH.index(text)
    return _chinese(text.translate(_SPELLED))


def bounds(text: str) -> Range | None:
    """A numeral's value as bounds."""
    value = whole(text)
    return Range(value, value) if isinstance(value, int) else value


def _chinese(text: str) -> int | Range | None:
    pair = _PAIR.fullmatch(text)
    near = _neighbours(pair) if pair else None
    if near is not None or text in _ALONE:
        return near or _ALONE[text]
    # 一零八 is read digit by digit; 二五 is not what people write for 25.
    if text and all(digit in _DIGITS for digit in text) and len(text) >= 3:  # noqa: PLR2004
        return int("".join(str(_DIGITS.index(digit)) for digit in text))
    return chinese(text)


def _neighbours(pair: re.Match[str]) -> Range | None:
    """三四 -> 3 to 4, 十二三 -> 12 to 13, 三四十 -> 30 to 40; None if the digits do not follow one another."""
    low, high = _DIGITS.index(pair["low"]), _DIGITS.index(pair["high"])
    if high != low + 1 or (pair["head"] and pair["tail"]):
        return None
    times = {"": 1, "十": 10, "百": 100, "千": 1000}[pair["tail"]]
    head = 0
    if pair["head"]:
        read = _chinese(pair["head"])
        if not isinstance(read, int):
            return None
        head = read
    return Range(head + low * times, head + high * times)
