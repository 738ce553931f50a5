"""A span of days in which something happened, as a person tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from assistant.eligibility.facts import Range
from assistant.reading import calendar

Grain = Literal["day", "month", "year", "ago", "within"]
Window = Literal["in", "out", "unsure"]
YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Period:
    """
    When: not before `earliest`, not after `latest`.

    `year` is Gregorian and only where one year was named; `months` only where
    a length of time was told.
    """

    earliest: date
    latest: date
    grain: Grain
    year: int | None = None
    months: Range | None = None

    def within(self, years: int, today: date) -> Window:
        """Whether it lies in the last so many years, the first day of them included."""
        edge = calendar.months_back(today, years * YEAR)
        if self.earliest >= edge:
            return "in"
        return "out" if self.latest < edge else "unsure"
