"""
Facts as the conditions read them: bounds for counts, yes/no/unknown, dates.

What nobody stated is as wide as it can be: a count lies anywhere from zero up,
a yes_no is None.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Days, Fact, FactKinds, Facts, Range, ShareRange

ANY: Final = Range(0, None)


@dataclass(frozen=True, slots=True)
class Stated:
    """A view of facts and their kinds; a value of the wrong type reads as unstated (payload and readers see to types)."""

    facts: Facts
    kinds: FactKinds

    def has(self, name: str) -> bool:
        """True if somebody stated the fact."""
        return name in self.facts

    def any(self, names: Iterable[str]) -> bool:
        """True if somebody stated one of the facts."""
        return any(map(self.has, names))

    def most(self, names: Iterable[str]) -> int | None:
        """The most that several counts can be together; None if that is open."""
        highs = [self.count(name).high for name in names]
        known = [high for high in highs if high is not None]
        return sum(known) if len(known) == len(highs) else None

    def count(self, name: str) -> Range:
        """Bounds of a count, an amount, a year or months; ANY if unstated."""
        value = self._value(name)
        if isinstance(value, Range):
            return value
        return Range(value, value) if isinstance(value, int) and not isinstance(value, bool) else ANY

    def exact(self, name: str) -> int | None:
        """The count if it is stated and not vague."""
        bounds = self.count(name)
        return bounds.low if bounds.low == bounds.high else None

    def yes(self, name: str) -> bool | None:
        """What was affirmed or denied; None if neither."""
        value = self._value(name)
        return value if isinstance(value, bool) else None

    def choice(self, name: str) -> str | None:
        """The choice made, if any."""
        value = self._value(name)
        return value if isinstance(value, str) else None

    def day(self, name: str) -> date | None:
        """A stated date."""
        value = self._value(name)
        return value if isinstance(value, date) else None

    def span(self, day: str, year: str = "") -> Days | None:
        """The days between which a time lies that is told as a date, or only as a year."""
        value = self._value(day)
        if isinstance(value, date):
            return Days(value, value)
        years = self.count(year)
        if isinstance(value, Days) or not self.has(year) or years.high is None:
            return value if isinstance(value, Days) else None
        return Days(date(max(years.low, 1), 1, 1), date(max(1, min(years.high, date.max.year)), 12, 31))

    def share(self, name: str) -> ShareRange | None:
        """A stated share as bounds; an exact one has equal ends."""
        value = self._value(name)
        if isinstance(value, ShareRange):
            return value
        if isinstance(value, Fraction):
            return ShareRange(value, value)
        return ShareRange(Fraction(value), Fraction(value)) if type(value) is int else None

    def _value(self, name: str) -> object:
        fact = self.facts.get(name)
        return fact.value if fact is not None else None


def with_counts(facts: Facts, counts: dict[str, int], kinds: FactKinds) -> Facts:
    """The same facts with some counts put in place; the old words, and shares of those counts, no longer stand."""
    kept = {name: fact for name, fact in facts.items() if counts.keys().isdisjoint(_of(name, kinds))}
    return {**kept, **{name: Fact(name, count) for name, count in counts.items()}}


def _of(name: str, kinds: FactKinds) -> tuple[str, ...]:
    """The counts that a share is of; none for any other fact."""
    kind = kinds[name]
    return (kind.part, *kind.part_of) if kind.type == "share" else ()
