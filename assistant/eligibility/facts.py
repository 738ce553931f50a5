"""
What a person may state: values, facts, and the kinds of facts that a programme declares in its facts.toml.

A fact that nobody stated is not in the mapping: it is unknown, neither zero nor
fine. Counts, people, money (whole dollars), years and months are int, shares Fraction,
dates date; a vague number is a Range, a vague share a ShareRange, a vague date Days.
There is no float.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final, Literal


class FactError(ValueError):
    """A fact that cannot be taken: `name` says which, the message why (Chinese)."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Range:
    """A vague whole number, both ends included; `high` None is "or more"."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class ShareRange:
    """A vague share; an open end is not itself included (「不到三成」: high 3/10, open)."""

    low: Fraction = Fraction(0)
    high: Fraction = Fraction(1)
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """A day told vaguely, both ends included: 「112年5月」 is any of its days."""

    first: date
    last: date


Value = int | bool | date | Days | Fraction | Range | ShareRange | str
Type = Literal["count", "people", "money", "share", "year", "months", "date", "yes_no", "choice"]
# Types whose value is a whole number of something, and can be vague.
AMOUNTS: Final[frozenset[Type]] = frozenset({"count", "people", "money"})
WHOLE: Final[frozenset[Type]] = AMOUNTS | {"year", "months"}


@dataclass(frozen=True, slots=True)
class Fact:
    """
    One stated fact; `words` is text[start:end] of what the person wrote, in code points.

    `premises` say in Chinese what the reading took for granted to state it.
    """

    name: str
    value: Value
    start: int = 0
    end: int = 0
    words: str = ""
    premises: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.value, float):
            raise FactError(self.name, "請用整數，不要用小數")


Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class FactKind:
    """
    What a fact is and how to ask for it, as a [[fact]] of facts.toml declares it.

    `label` names it in a sentence, `yes` and `no` say a yes_no. `low` and `high` bound what
    can be true at all. `part_of` names the counts that this one cannot exceed together; of
    a share it is the whole, and `part` the part. Facts of one `event` tell the same thing at
    different grain (a day, a year, months since): who tells one takes back the others.
    `words` are what people call it; `choices` are its values by name, each with other words
    for it. `line` is where it stands in its file.
    """

    name: str
    label: str
    type: Type
    unit: str
    question: str
    low: int | None = None
    high: int | None = None
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    part_of: tuple[str, ...] = ()
    part: str = ""
    event: str = ""
    yes: str = ""
    no: str = ""
    assumption: str = ""
    words: tuple[str, ...] = ()
    line: int = 0

    def said(self, value: bool) -> str:
        """A yes or a no in a sentence: 已經立案."""
        return (self.yes if value else self.no) or f"{self.label}：{'是' if value else '否'}"


FactKinds = Mapping[str, FactKind]
