"""Conditions that one value is the one asked for: a year, a yes or a no, one of some choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.condition import ClauseWords, Condition, FactName, Judgement, LimitWords, settled
from assistant.eligibility.notation import roc_year
from assistant.eligibility.quoted import Quoted
from assistant.eligibility.stated import Stated


@dataclass(frozen=True, slots=True)
class EqualsYear(Condition):
    """`of` is the year; `affirmed` is the yes_no that says so without naming one, empty if there is none."""

    of: FactName
    affirmed: FactName
    year: Quoted
    words: ClauseWords

    @property
    def shown(self) -> LimitWords:
        """= 108 年度."""
        bound = f"{roc_year(self.year.number)}度"
        return LimitWords(f"= {bound}", bound)

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """The year stated, or the yes or no."""
        years, said = stated.count(self.of), stated.yes(self.affirmed)
        one, wanted = years.low == years.high, self.year.number
        reading = f"{roc_year(years.low)}度" if one else ""
        possible = years.low <= wanted and (years.high is None or years.high >= wanted)
        by_year = settled(sure=one and possible, possible=possible)
        by_word = settled(sure=said is True, possible=said is not False)
        result = by_word if by_year == "unknown" else by_year
        if not reading and said is not None:
            reading = f"{'' if said else '不是 '}{self.shown.bound}"
        return Judgement(result, reading, missing=(self.of,) if result == "unknown" else ())

    def clashes(self, stated: Stated) -> Iterator[str]:
        """The year affirmed beside another one, or denied beside itself."""
        years, said = stated.count(self.of), stated.yes(self.affirmed)
        one, wanted = years.low == years.high, self.year.number
        possible = years.low <= wanted and (years.high is None or years.high >= wanted)
        if (said is True and not possible) or (said is False and one and possible):
            told = f"{roc_year(years.low)}度" if one else "另一年"
            yield f"既說{stated.kinds[self.affirmed].said(said)}，又說{stated.kinds[self.of].label}是 {told}"


@dataclass(frozen=True, slots=True)
class Holds(Condition):
    """The yes_no `of` is `value`; taken for granted while nobody stated it, if the fact has an assumption."""

    of: FactName
    value: bool
    words: ClauseWords

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """As it was stated; else as the fact's assumption has it."""
        said, kind = stated.yes(self.of), stated.kinds[self.of]
        if said is not None:
            return Judgement("met" if said is self.value else "not_met", kind.said(said))
        if kind.assumption:
            return Judgement("assumed", kind.assumption)
        return Judgement("unknown", missing=(self.of,))


@dataclass(frozen=True, slots=True)
class OneOf(Condition):
    """What was chosen of the fact `of` is one of `choices`; all are words of the clause."""

    of: FactName
    choices: tuple[str, ...]
    words: ClauseWords

    @property
    def shown(self) -> LimitWords:
        """臺北市、新北市."""
        return LimitWords("、".join(self.choices))

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """Met if one of these was chosen."""
        chosen = stated.choice(self.of)
        if chosen is None:
            return Judgement("unknown", missing=(self.of,))
        return Judgement("met" if chosen in self.choices else "not_met", chosen)
