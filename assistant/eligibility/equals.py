"""Conditions that one value is the one asked for: a year, a yes or a no, one of some choices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.eligibility.condition import Judgement, QuotingCondition
from assistant.eligibility.notation import roc_year
from assistant.eligibility.quoted import Quoted
from assistant.eligibility.stated import Stated
from assistant.verdict import Result


@dataclass(frozen=True, slots=True)
class EqualsYear(QuotingCondition):
    """`of` is the year; `affirmed` is the yes_no that says so without naming one, empty if there is none."""

    of: str
    affirmed: str
    year: Quoted
    words: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """The year and the yes_no."""
        return tuple(filter(None, (self.of, self.affirmed)))

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
        if said is not None and "unknown" not in {by_year, by_word} and by_year != by_word:
            kinds = stated.kinds
            conflict = (
                f"既說{kinds[self.affirmed].said(said)}，又說{kinds[self.of].label}是 {reading or '另一年'}"
            )
            return Judgement("unknown", reading, contradictions=(conflict,))
        result = by_word if by_year == "unknown" else by_year
        if not reading and said is not None:
            reading = f"{'' if said else '不是 '}{self.bound}"
        return Judgement(result, reading, missing=(self.of,) if result == "unknown" else ())


@dataclass(frozen=True, slots=True)
class Holds(QuotingCondition):
    """The yes_no `of` is `value`; taken for granted while nobody stated it, if the fact has an assumption."""

    of: str
    value: bool
    words: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """The yes_no."""
        return (self.of,)

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """As it was stated; else as the fact's assumption has it."""
        said, kind = stated.yes(self.of), stated.kinds[self.of]
        if said is not None:
            return Judgement("met" if said is self.value else "not_met", kind.said(said))
        if kind.assumption:
            return Judgement("met", f"以{kind.assumption}為前提")
        return Judgement("unknown", missing=(self.of,))


@dataclass(frozen=True, slots=True)
class OneOf(QuotingCondition):
    """What was chosen of the fact `of` is one of `choices`; all are words of the clause."""

    of: str
    choices: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """The choice."""
        return (self.of,)

    @property
    def limit(self) -> str:
        """臺北市、新北市."""
        return "、".join(self.choices)

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """Met if one of these was chosen."""
        chosen = stated.choice(self.of)
        if chosen is None:
            return Judgement("unknown", missing=(self.of,))
        return Judgement("met" if chosen in self.choices else "not_met", chosen)
