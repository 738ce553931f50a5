"""
Conditions on time: a year that must be the one, a ban that lasts, a duty that ends.

Where the clause leaves open from when to count, the day at the boundary itself
is unknown, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.domain import Result
from assistant.eligibility.condition import Judgement
from assistant.eligibility.notation import counted, roc_date, roc_year, years_after
from assistant.eligibility.quoted import Quoted
from assistant.eligibility.stated import Stated


@dataclass(frozen=True, slots=True)
class EqualsYear:
    """`of` is the year; `affirmed` is the yes_no that says so without naming one."""

    of: str
    affirmed: str
    year: Quoted
    phrases: tuple[str, ...]
    edge: str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        """The year and the yes_no."""
        return (self.of, self.affirmed)

    @property
    def parameters(self) -> tuple[Quoted, ...]:
        """The year."""
        return (self.year,)

    @property
    def bound(self) -> str:
        """108 年度."""
        return f"{roc_year(self.year.number)}度"

    @property
    def limit(self) -> str:
        """= 108 年度."""
        return f"= {self.bound}"

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """The year stated, or the yes or no."""
        years, said = stated.count(self.of), stated.yes(self.affirmed)
        one = years.low == years.high
        reading = f"{roc_year(years.low)}度" if one else ""
        by_year: Result = "unknown"
        if one and years.low == self.year.number:
            by_year = "met"
        elif years.low > self.year.number or (years.high is not None and years.high < self.year.number):
            by_year = "not_met"
        by_word: Result = "unknown" if said is None else "met" if said else "not_met"
        if "unknown" not in {by_year, by_word} and by_year != by_word:
            conflict = f"既說{'是' if said else '不是'} {self.bound}第一次參與，又說第一次參與的年度不同"
            return Judgement("unknown", reading, contradictions=(conflict,))
        result = by_word if by_year == "unknown" else by_year
        if not reading and said is not None:
            reading = f"{'' if said else '不是 '}{self.bound}"
        return Judgement(result, reading, missing=(self.of,) if result == "unknown" else ())


@dataclass(frozen=True, slots=True)
class NotWithin:
    """
    Whoever did `deed` is barred for a time, unless `excuse`.

    When it was is told by `day`, `year` or `months`, the finest one first.
    """

    deed: str
    excuse: str
    day: str
    year: str
    months: str
    period: Quoted
    phrases: tuple[str, ...]
    edge: str = "剛好滿一年的那天無法判斷"

    @property
    def reads(self) -> tuple[str, ...]:
        """The deed, the excuse, and when."""
        return (self.deed, self.excuse, self.day, self.year, self.months)

    @property
    def parameters(self) -> tuple[Quoted, ...]:
        """How long."""
        return (self.period,)

    @property
    def bound(self) -> str:
        """一年."""
        return self.period.words

    @property
    def limit(self) -> str:
        """不在一年之內."""
        return f"不在{self.bound}"

    def span(self, stated: Stated, today: date) -> tuple[date, date] | None:
        """The earliest and the latest day that the deed can have been, told by day or year."""
        day = stated.day(self.day)
        if day is not None:
            return day, day
        year = stated.count(self.year)
        if not stated.has(self.year) or year.high is None:
            return None
        return date(max(year.low, 1), 1, 1), min(date(min(year.high, today.year), 12, 31), today)

    def ends(self, stated: Stated, today: date) -> tuple[date, date] | None:
        """The earliest and the latest day on which the time can be full."""
        span = self.span(stated, today)
        return (
            None if span is None else (years_after(span[0], self._years), years_after(span[1], self._years))
        )

    def judge(self, stated: Stated, today: date) -> Judgement:
        """Barred only if the deed was done, is not excused, and lies within the time."""
        done, excused = stated.yes(self.deed), stated.yes(self.excuse)
        said = {self._by_day(stated, today), self._by_months(stated)} - {None}
        reading = self._reading(stated)
        if len(said) > 1:
            return Judgement("unknown", reading, contradictions=("所說的放棄或未結案的時間彼此不合",))
        over = next(iter(said), None)
        if done is False:
            return Judgement("met", "沒有放棄或未結案的情形")
        if excused is True or over is True:
            return Judgement("met", "因不可抗力" if excused else reading)
        if done and excused is False and over is False:
            return Judgement("not_met", reading, self._margin(stated, today))
        missing = [name for name, value in ((self.deed, done), (self.excuse, excused)) if value is None]
        if over is None and done is not None:
            missing.insert(0, self.day)
        return Judgement("unknown", reading, missing=tuple(missing))

    @property
    def _years(self) -> int:
        return self.period.number

    def _by_day(self, stated: Stated, today: date) -> bool | None:
        """True if the time is over however one counts, False if it is not, None at the boundary or unsaid."""
        ends = self.ends(stated, today)
        if ends is None or ends[0] <= today <= ends[1]:
            return None
        return today > ends[1]

    def _by_months(self, stated: Stated) -> bool | None:
        months, full = stated.count(self.months), 12 * self._years
        if months.high is not None and months.high < full:
            return False
        return True if months.low > full else None

    def _reading(self, stated: Stated) -> str:
        day = stated.day(self.day)
        if day is not None:
            return roc_date(day)
        if stated.has(self.year):
            years = stated.count(self.year)
            return roc_year(years.low) if years.low == years.high else ""
        return f"{counted(stated.count(self.months))} 個月前" if stated.has(self.months) else ""

    def _margin(self, stated: Stated, today: date) -> str:
        ends = self.ends(stated, today)
        if ends is not None and ends[0] == ends[1]:
            return f"{roc_date(ends[1])}滿一年" if self._years == 1 else f"{roc_date(ends[1])}屆滿"
        months = stated.exact(self.months) if ends is None else None
        return "" if months is None else f"約 {12 * self._years - months} 個月後屆滿"


@dataclass(frozen=True, slots=True)
class LastsUntil:
    """A duty from `day` (or `year`) on, until so many years after; met while it lasts."""

    day: str
    year: str
    period: Quoted
    phrases: tuple[str, ...]
    edge: str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        """When it began."""
        return (self.day, self.year)

    @property
    def parameters(self) -> tuple[Quoted, ...]:
        """How long."""
        return (self.period,)

    @property
    def bound(self) -> str:
        """3 年."""
        return f"{self.period.number} 年"

    @property
    def limit(self) -> str:
        """起算後 3 年."""
        return f"起算後 {self.bound}"

    def end(self, stated: Stated) -> date | int | None:
        """The day, or only the year, until which it lasts."""
        day = stated.day(self.day)
        if day is not None:
            return years_after(day, self.period.number)
        year = stated.exact(self.year)
        return None if year is None else year + self.period.number

    def judge(self, stated: Stated, today: date) -> Judgement:
        """Met while the duty lasts; in the last year told only as a year, still met."""
        end = self.end(stated)
        if end is None:
            return Judgement("unknown", missing=(self.year,))
        lasts = today <= end if isinstance(end, date) else today.year <= end
        return Judgement("met" if lasts else "not_met", self.working(stated))

    def working(self, stated: Stated) -> str:
        """112 年 + 3 年 = 115 年."""
        end = self.end(stated)
        day, year = stated.day(self.day), stated.exact(self.year)
        if isinstance(end, date) and day is not None:
            return f"{roc_date(day)} + {self.bound} = {roc_date(end)}"
        return f"{roc_year(year)} + {self.bound} = {roc_year(end)}" if year and isinstance(end, int) else ""
