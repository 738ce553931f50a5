"""
What every kind of condition offers: its parameters, its limit in words, and its judgement.

Three-valued: a condition is met or not met only if every value that the facts
leave possible agrees; else it is unknown.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from functools import cache, cached_property
from typing import Annotated, Final, Literal, NamedTuple, get_type_hints

from assistant.eligibility.notation import amount, percent
from assistant.eligibility.quoted import PERCENT, Quoted
from assistant.eligibility.stated import Stated
from assistant.verdict import Result

Sign = Literal[">=", ">", "<=", "<"]
_SHOWN: Final[Mapping[Sign, str]] = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
# What the text of a field is: the name of a fact (empty: none), or words of the clause.
FactName = Annotated[str, "fact"]
FactNames = Annotated[tuple[str, ...], "fact"]
ClauseWords = Annotated[tuple[str, ...], "clause"]


class LimitWords(NamedTuple):
    """
    A limit as people read it; empty where there is nothing to say.

    `limit` is a sign and a number (≥ 8 家), `bound` the number alone (8 家), `edge` whether
    the limit itself passes (剛好 8 家可以).
    """

    limit: str = ""
    bound: str = ""
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """
    A nearest change that passes: the new counts, and which template of the rule says it.

    The first of `counts` is what changes; others stand beside it unchanged.
    `figures` fill the template: most, least, more, fewer, total, few.
    """

    template: str
    counts: Mapping[str, int]
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a condition says of the facts; `missing` are facts that would help, most decisive first."""

    result: Result
    reading: str = ""
    margin: str = ""
    missing: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


class Condition(ABC):
    """One kind of condition, a dataclass of its parameters: what it reads and quotes follows from its fields."""

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The facts that the condition reads."""
        return tuple(filter(None, _texts(self, "fact")))

    @property
    def parameters(self) -> tuple[Quoted, ...]:
        """Its numbers, in the clause's own words."""
        values = (getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]  # of each kind
        listed = (value if isinstance(value, tuple) else (value,) for value in values)
        return tuple(one for several in listed for one in several if isinstance(one, Quoted))

    @property
    def phrases(self) -> tuple[str, ...]:
        """Other words that it takes from the clause."""
        return tuple(_texts(self, "clause"))

    @property
    def shown(self) -> LimitWords:
        """The limit in words."""
        return LimitWords()

    @abstractmethod
    def judge(self, stated: Stated, today: date) -> Judgement:
        """Hold the condition against the facts."""

    def presses(self, today: date) -> bool:
        """Whether the condition is checked although nobody stated a fact of it: a last day that has passed."""
        del today
        return False

    @property
    def figures(self) -> Mapping[str, frozenset[str]]:
        """The templates of a nearest change that the condition can fill, and with which figures."""
        return {}

    def clashes(self, stated: Stated) -> Iterator[str]:
        """What of the facts cannot be true together, given what the condition is about; in Chinese."""
        del stated
        yield from ()


@dataclass(frozen=True, slots=True)
class ComparingCondition(Condition):
    """What a value must be, compared with `quoted`; `by` are the clause's words for the sign (不得超過, 未滿)."""

    sign: Sign
    quoted: Quoted
    by: Annotated[str, "clause"]

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
        limit = self.quoted.value
        if self.is_floor:
            return ceil(limit) if self.inclusive else limit // 1 + 1
        return limit // 1 if self.inclusive else ceil(limit) - 1

    @abstractmethod
    def bounds(self, unknown: str, *, floor: bool) -> bool:
        """Whether it bounds a fact so: from below, or from above."""

    @property
    def shown(self) -> LimitWords:
        """≥ 8 家, ≤ 30%, < 1 億元."""
        share = self.quoted.unit == PERCENT
        bound = percent(self.quoted.share) if share else amount(self.quoted.number, self.quoted.unit)
        edge = f"剛好 {bound}{' ' if share else ''}{'可以' if self.inclusive else '不行'}"
        return LimitWords(f"{_SHOWN[self.sign]} {bound}", bound, edge)


def ceil(number: Fraction) -> int:
    """The least whole number that is not below a number; the most that is not above it is `number // 1`."""
    return -(-number // 1)


def settled(*, sure: bool, possible: bool) -> Result:
    """Met if that is sure, not met if it is impossible, else unknown."""
    return "met" if sure else "unknown" if possible else "not_met"


def _texts(condition: Condition, mark: str) -> Iterator[str]:
    """The texts of the fields that are marked so, in their order."""
    for name in _marked(type(condition), mark):
        value = getattr(condition, name)
        yield from [value] if isinstance(value, str) else value


@cache
def _marked(kind: type[Condition], mark: str) -> tuple[str, ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple(name for name, hint in hints.items() if mark in getattr(hint, "__metadata__", ()))
