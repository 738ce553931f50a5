"""Firms of whom a message told something: of which others they are, how many, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster.census import IN, OUT, Kinds, Statement
from assistant.readers.digital_cluster.phrases import NotUnderstoodError
from assistant.reading.period import Period
from assistant.reading.ranges import ZERO, minus, total

# Coached at a time that is open.
EVER: Final = frozenset({IN, OUT})


@dataclass(slots=True, eq=False)
class Told:
    """Firms that were counted or named: of which others, how many, and when."""

    kinds: Kinds
    parent: Kinds
    many: Range | None = None
    statement: Statement | None = None
    times: tuple[Period, ...] = ()
    summed: bool = False

    @property
    def adds(self) -> Kinds:
        """What is said of them beyond what is said of those whom they are of."""
        return {name: values for name, values in self.kinds.items() if self.parent.get(name) != values}

    @property
    def coaching(self) -> str:
        """The trait of coaching that is said of them; empty if none is."""
        return next((name for name in ("coached", "agency") if name in self.kinds), "")

    @property
    def datable(self) -> bool:
        """Whether they were coached at a time that is open."""
        return self.coaching != "" and self.kinds[self.coaching] == EVER

    def more(self, many: Range) -> None:
        """They are so many more than was told."""
        if self.statement is None or self.statement.high is None or many.high is None:
            raise NotUnderstoodError("more than how many")
        self.statement.low += many.low
        self.statement.high += many.high
        self.many = total([self.many or ZERO, many])

    def fewer(self, twice: Range) -> None:
        """So many of them were counted twice."""
        if self.statement is None or self.statement.high is None or twice.high is None:
            raise NotUnderstoodError("fewer than how many")
        if twice.high * 2 > self.statement.low or self.many is None:
            raise NotUnderstoodError("counted twice")
        self.statement.low -= twice.high
        self.statement.high -= twice.low
        self.many, self.summed = minus(self.many, twice), False
