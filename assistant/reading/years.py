"""A year as people write it, of the Republic, Gregorian or by name -> the Gregorian year."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from assistant.reading.calendar import ROC_OFFSET
from assistant.reading.numerals import whole

_NAMED: Final = {
    "大前年": 3,
    "前年": 2,
    "去年": 1,
    "舊年": 1,
    "前一年": 1,
    "上年": 1,
    "上一年": 1,
    "今年": 0,
    "last year": 1,
    "this year": 0,
}
_EARLIEST: Final = 1950
# A bare number below is a length of time: 「30年」.
_EARLIEST_ROC: Final = 80


def gregorian(words: str, today: date) -> int | None:
    """The Gregorian year; None if the words name none, or one after next year."""
    plain = words.strip().removesuffix("度")
    if plain in _NAMED:
        return today.year - _NAMED[plain]
    value = whole(re.sub(r"民國?|西元|年度?|\s", "", words))
    if not isinstance(value, int):
        return None
    if _EARLIEST < value <= today.year + 1:
        return value
    year = value + ROC_OFFSET
    return year if (value >= _EARLIEST_ROC or "民" in words) and year <= today.year + 1 else None
