"""
A parameter of a rule, kept in the very words of the clause, and the number it stands for.

「8家」 -> 8, 「30%」 -> 3/10, 「108年度」 -> 2019, 「三年內」 -> 3 years. Because the words are
the clause's own, ingest can hold them against the quote (law 6).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assistant.eligibility.notation import ROC_OFFSET

_DIGITS: Final = "〇一二三四五六七八九"
NUMERALS: Final = f"0-9{_DIGITS}零兩十百千"
_SHAPE: Final = re.compile(
    r"(?P<number>[0-9]+|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?P<unit>家|%|年度|年之內|年內)"
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a clause and their number: a count, a Gregorian year, whole years, or a share."""

    words: str
    number: int
    unit: str

    @property
    def share(self) -> Fraction:
        """The number of a percentage, as a share."""
        return Fraction(self.number, 100)

    def stands_in(self, quote: str) -> bool:
        """True if the quote has these words, and they are not the tail of a longer number (8家 in 18家)."""
        return re.search(rf"(?<![{NUMERALS}.]){re.escape(self.words)}", quote) is not None


def quoted(words: str, *units: str) -> Quoted:
    """
    Read a parameter.

    Raises:
        ValueError: not a number with one of `units`.
    """
    match = _SHAPE.fullmatch(words)
    if match is None or match["unit"] not in units:
        raise ValueError(f'"{words}" is no number in {"、".join(units)}')
    number = int(match["number"]) if match["number"].isdecimal() else _chinese(match["number"])
    return Quoted(words, number + ROC_OFFSET if match["unit"] == "年度" else number, match["unit"])


def _chinese(numeral: str) -> int:
    """三 -> 3, 十二 -> 12, 二十一 -> 21; the guideline has no larger ones."""
    tens, ten, ones = numeral.rpartition("十")
    units = _DIGITS.index(ones) if ones else 0
    return (_DIGITS.index(tens) if tens else 1) * 10 + units if ten else units
