"""Conditions on a day to come: a duty that lasts until then, a thing to be done not after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assistant.eligibility.condition import ClauseWords, Condition, FactName, Judgement, LimitWords, settled
from assistant.eligibility.dates import ends_after
from assistant.eligibility.facts import Days
from assistant.eligibility.notation import roc_date, roc_span
from assistant.eligibility.quoted import Quoted
from assistant.eligibility.stated import Stated


@dataclass(frozen=True, slots=True)
class LastsUntil(Condition):
    """A duty from `day` (or `year`) on, until so many years after; met while it lasts."""

    day: FactName
    year: FactName
    period: Quoted
    words: ClauseWords

    @property
    def shown(self) -> LimitWords:
        """起算後 3 年."""
        bound = f"{self.period.number} {self.period.unit}"
        return LimitWords(f"起算後 {bound}", bound)

    def end(self, stated: Stated) -> Days | None:
        """The day until which it lasts; its month or its year where no more is known of the start."""
        began = stated.span(self.day, self.year)
        return None if began is None else ends_after(began, self.period)

    def judge(self, stated: Stated, today: date) -> Judgement:
        """Met while the duty lasts; unknown in the month or year of its end where the start is told no finer."""
        end = self.end(stated)
        if end is None:
            return Judgement("unknown", missing=(self.year or self.day,))
        result = settled(sure=today <= end.first, possible=today <= end.last)
        finer = (self.day,) if result == "unknown" and self.day else ()
        return Judgement(result, self.working(stated), missing=finer)

    def working(self, stated: Stated) -> str:
        """112 年 5 月 + 3 年 = 115 年 5 月."""
        began, end = stated.span(self.day, self.year), self.end(stated)
        return f"{roc_span(began)} + {self.shown.bound} = {roc_span(end)}" if began and end else ""


@dataclass(frozen=True, slots=True)
class NotAfter(Condition):
    """
    The day `of` is not after a day that the clause names.

    `included` says whether that day itself is in time, None where the clause leaves it open (「6月30日前」).
    """

    of: FactName
    last: Quoted
    included: bool | None
    by: Annotated[str, "clause"]

    @property
    def day(self) -> date:
        """The last day."""
        return date.fromordinal(self.last.number)

    @property
    def shown(self) -> LimitWords:
        """≤ 115 年 6 月 30 日."""
        bound, sign = roc_date(self.day), "<" if self.included is False else "≤"
        edges = {True: "當天可以", False: "當天不行", None: "當天算不算在內沒有寫明"}
        return LimitWords(f"{sign} {bound}", bound, edges[self.included])

    def presses(self, today: date) -> bool:
        """Once the day has passed, nobody is in time without saying when."""
        return today > self.day

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """In time, too late, or on a day that the clause leaves open."""
        day = stated.day(self.of)
        if day is None:
            return Judgement("unknown", missing=(self.of,))
        apart = abs((day - self.day).days)
        if day == self.day:
            return Judgement(
                settled(sure=self.included is True, possible=self.included is not False), roc_date(day)
            )
        if day < self.day:
            return Judgement("met", roc_date(day), f"還有 {apart} 天")
        return Judgement("not_met", roc_date(day), f"晚了 {apart} 天")
