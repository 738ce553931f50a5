"""
A condition on when something was: within so long before today, or not within it.

Where the clause leaves open from when to count, the day at the boundary itself
is unknown, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.condition import ClauseWords, Condition, FactName, Judgement, LimitWords
from assistant.eligibility.dates import ends_after
from assistant.eligibility.facts import Days
from assistant.eligibility.notation import counted, roc_date, roc_span
from assistant.eligibility.quoted import Quoted
from assistant.eligibility.stated import Stated

_MONTHS = {"年": 12, "個月": 1}


@dataclass(frozen=True, slots=True)
class Within(Condition):
    """
    An event lies within `period` before today, or, `inside` False, does not.

    When it was is told by `day`, `year` or `months`, the finest one first. Whoever denies the
    `deed`, or has the `excuse`, has nothing within the period.
    """

    inside: bool
    period: Quoted
    deed: FactName
    excuse: FactName
    day: FactName
    year: FactName
    months: FactName
    words: ClauseWords

    @property
    def times(self) -> tuple[str, ...]:
        """The facts that tell when it was, the finest one first."""
        return tuple(filter(None, (self.day, self.year, self.months)))

    @property
    def shown(self) -> LimitWords:
        """不在一年之內."""
        bound = self.period.words
        edge = f"剛好滿{self.length}的那天無法判斷"
        return LimitWords(bound if self.inside else f"不在{bound}", bound, edge)

    @property
    def length(self) -> str:
        """一年."""
        return self.period.words.removesuffix("內").removesuffix("之").removesuffix("以")

    def ends(self, stated: Stated, today: date) -> Days | None:
        """The earliest and the latest day on which the period can be full; None if only months were told."""
        span = stated.span(self.day, self.year)
        # What has happened did so by today.
        return None if span is None else ends_after(Days(span.first, min(span.last, today)), self.period)

    def judge(self, stated: Stated, today: date) -> Judgement:
        """Decided only where the event was done, is not excused, and lies wholly on one side."""
        kinds = stated.kinds
        done = stated.yes(self.deed) if self.deed else True
        excused = stated.yes(self.excuse) if self.excuse else False
        by_day, reading = self._by_day(stated, today), self._reading(stated)
        over = self._by_months(stated) if by_day is None else by_day
        if done is False:
            return Judgement("not_met" if self.inside else "met", kinds[self.deed].said(False))
        if excused is True or over is (not self.inside):
            return Judgement("met", kinds[self.excuse].said(True) if excused else reading)
        if done and excused is False and over is self.inside:
            return Judgement("not_met", reading, "" if self.inside else self._margin(stated, today))
        missing = [
            name for name, value in ((self.deed, done), (self.excuse, excused)) if name and value is None
        ]
        if over is None and done is not None:
            missing.insert(0, self.times[0])
        return Judgement("unknown", reading, missing=tuple(missing))

    def clashes(self, stated: Stated) -> Iterator[str]:
        """A deed that is denied, and yet was at some time."""
        told = [stated.kinds[name].label for name in self.times if stated.has(name)]
        if self.deed and stated.yes(self.deed) is False and told:
            yield f"既說{stated.kinds[self.deed].said(False)}，又說了{told[0]}"

    def _by_day(self, stated: Stated, today: date) -> bool | None:
        """True if the time is over however one counts, False if it is not, None at the boundary or unsaid."""
        ends = self.ends(stated, today)
        if ends is None or ends.first <= today <= ends.last:
            return None
        return today > ends.last

    def _by_months(self, stated: Stated) -> bool | None:
        months, full = stated.count(self.months), self.full_months
        if full is None:
            return None
        if months.high is not None and months.high < full:
            return False
        return True if months.low > full else None

    @property
    def full_months(self) -> int | None:
        """The period in months; None for one of days."""
        times = _MONTHS.get(self.period.unit)
        return None if times is None else times * self.period.number

    def _reading(self, stated: Stated) -> str:
        span = stated.span(self.day, self.year)
        if span is not None and (stated.has(self.day) or stated.exact(self.year) is not None):
            return roc_span(span)
        if span is not None:
            return ""
        return f"{counted(stated.count(self.months))} 個月前" if stated.has(self.months) else ""

    def _margin(self, stated: Stated, today: date) -> str:
        ends = self.ends(stated, today)
        if ends is not None and ends.first == ends.last:
            return f"{roc_date(ends.last)}滿{self.length}"
        months = stated.exact(self.months) if ends is None else None
        if months is None or self.full_months is None:
            return ""
        return f"約 {self.full_months - months} 個月後屆滿"
