"""A sign and a number of the clause: ≥ 8 家, < 200 人, ≤ 30%; whether the limit itself passes is in its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from assistant.eligibility.notation import amount, percent
from assistant.eligibility.quoted import PERCENT, Quoted

Sign = Literal[">=", ">", "<=", "<"]
SIGNS: Final[Mapping[str, Sign]] = {">=": ">=", ">": ">", "<=": "<=", "<": "<"}
_SHOWN: Final[Mapping[Sign, str]] = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a value must be, compared with `quoted`; `by` are the clause's words for the sign (不得超過, 未滿)."""

    sign: Sign
    quoted: Quoted
    by: str

    @property
    def is_floor(self) -> bool:
        """True for a minimum, False for a maximum."""
        return self.sign[0] == ">"

    @property
    def inclusive(self) -> bool:
        """True if exactly the limit passes."""
        return self.sign.endswith("=")

    def holds(self, value: Fraction | int, limit: Fraction | int | None = None) -> bool:
        """Whether a value passes; `limit` in place of the quoted number where both were multiplied out."""
        limit = self.quoted.value if limit is None else limit
        if value == limit:
            return self.inclusive
        return value > limit if self.is_floor else value < limit

    @property
    def last(self) -> int:
        """The outermost whole number that passes: the least for a minimum, the most for a maximum."""
        whole = self.quoted.number
        if self.inclusive and self.quoted.value == whole:
            return whole
        if self.is_floor:
            return whole + 1
        return whole if self.quoted.value > whole else whole - 1

    @property
    def bound(self) -> str:
        """8 家, 1 億元, 30%."""
        if self.quoted.unit == PERCENT:
            return percent(self.quoted.share)
        return amount(self.quoted.number, self.quoted.unit)

    @property
    def limit(self) -> str:
        """≥ 8 家."""
        return f"{_SHOWN[self.sign]} {self.bound}"

    @property
    def edge(self) -> str:
        """剛好 8 家可以."""
        space = " " if self.quoted.unit == PERCENT else ""
        return f"剛好 {self.bound}{space}{'可以' if self.inclusive else '不行'}"
