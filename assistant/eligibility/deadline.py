"""Conditions on a day to come: a duty that lasts until then, a thing to be done not after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assistant.eligibility.condition import ClauseWords, Condition, FactName, Judgement, LimitWords, settled
from assistant.eligibility.dates import period_after
from assistant.eligibility.notation import roc_date, roc_year
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

    def end(self, stated: Stated) -> date | int | None:
        """The day, or only the year, until which it lasts."""
        day = stated.day(self.day)
        if day is not None:
            return period_after(day, self.period)
        year = stated.exact(self.year)
        return year + self.period.number if year is not None and self.period.unit == "年" else None

    def judge(self, stated: Stated, today: date) -> Judgement:
        """Met while the duty lasts; in the last year told only as a year, still met."""
        end = self.end(stated)
        if end is None:
            return Judgement("unknown", missing=(self.year or self.day,))
        lasts = today <= end if isinstance(end, date) else today.year <= end
        return Judgement("met" if lasts else "not_met", self.working(stated))

    def working(self, stated: Stated) -> str:
        """112 年 + 3 年 = 115 年."""
        end = self.end(stated)
        day, year = stated.day(self.day), stated.exact(self.year)
        if isinstance(end, date) and day is not None:
            return f"{roc_date(day)} + {self.shown.bound} = {roc_date(end)}"
        return (
            f"{roc_year(year)} + {self.shown.bound} = {roc_year(end)}"
            if year and isinstance(end, int)
            else ""
        )


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
