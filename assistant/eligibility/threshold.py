"""Conditions on one number: it reaches a minimum or stays below a maximum; those that do not count are taken off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.comparison import Comparison
from assistant.eligibility.condition import Change, Condition, Judgement
from assistant.eligibility.facts import Range
from assistant.eligibility.notation import amount, amounts, counted
from assistant.eligibility.quoted import Quoted
from assistant.eligibility.stated import Stated


@dataclass(frozen=True, slots=True)
class Threshold(Condition):
    """
    `of`, minus `less` if there is such a fact, compared with a limit.

    If nobody stated `less` it is zero, which rules.toml must name as an
    assumption; a denial (a yes_no of `denials` that is no) makes it one or more.
    """

    of: str
    comparison: Comparison
    less: str = ""
    denials: tuple[str, ...] = ()

    @property
    def reads(self) -> tuple[str, ...]:
        """The number, what does not count, and the denials."""
        return (self.of, *filter(None, [self.less]), *self.denials)

    @property
    def parameters(self) -> tuple[Quoted, ...]:
        """The limit."""
        return (self.comparison.quoted,)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words that make the limit itself pass or fail."""
        return (self.comparison.by,)

    @property
    def bound(self) -> str:
        """8 家."""
        return self.comparison.bound

    @property
    def limit(self) -> str:
        """≥ 8 家."""
        return self.comparison.limit

    @property
    def edge(self) -> str:
        """剛好 8 家可以."""
        return self.comparison.edge

    @property
    def unit(self) -> str:
        """What is counted: 家."""
        return self.comparison.quoted.unit

    def left_out(self, stated: Stated) -> Range:
        """How many of the number do not count."""
        denied = any(stated.yes(name) is False for name in self.denials)
        if not self.less or not stated.has(self.less):
            return Range(1, None) if denied else Range(0, 0)
        told = stated.count(self.less)
        return Range(max(told.low, 1), told.high) if denied and told.high != 0 else told

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """The number that counts against the limit; fixes only for exact numbers."""
        whole, less = stated.count(self.of), self.left_out(stated)
        low = 0 if less.high is None else max(0, whole.low - less.high)
        high = None if whole.high is None else max(0, whole.high - less.low)
        reading, margin = self._reading(whole, less, stated), self._margin(low, high)
        passes = [high is not None and self.comparison.holds(high), self.comparison.holds(low)]
        if self.comparison.is_floor:
            passes = [passes[1], passes[0] or high is None]
        sure, possible = passes
        if sure:
            return Judgement("met", reading, margin)
        if not possible:
            changes = self._changes(stated, less.low) if less.low == less.high else ()
            return Judgement("not_met", reading, margin, changes=changes)
        vague = [(self.of, whole), *([(self.less, less)] if self.less else [])]
        missing = tuple(name for name, bounds in vague if bounds.low != bounds.high)
        return Judgement("unknown", reading, missing=missing)

    def clashes(self, stated: Stated) -> Iterator[str]:
        """All affirmed beside some who do not count, or one denied beside none who do not."""
        if not self.less or not self.denials:
            return
        kinds, out = stated.kinds, stated.count(self.less)
        answers = [stated.yes(name) for name in self.denials]
        said = f"{kinds[self.less].label}是 {counted(out)} {self.unit}"
        if all(answers) and out.low > 0:
            yield f"既說{'、'.join(kinds[name].said(True) for name in self.denials)}，又說{said}"
        denied = [kinds[name].said(False) for name in self.denials if stated.yes(name) is False]
        if denied and out.high == 0:
            yield f"既說{'、'.join(denied)}，又說{said}"

    def _changes(self, stated: Stated, out: int) -> tuple[Change, ...]:
        """Add enough that count, or let enough of those that do not count; or go down to the maximum."""
        whole, last = stated.exact(self.of), self.comparison.last
        if whole is None:
            return ()
        if not self.comparison.is_floor:
            most = last + out
            return (Change("fix_fewer", {self.of: most}, {"most": most, "fewer": whole - most}),)
        more = last - (whole - out)
        found = [Change("fix_more", {self.of: whole + more}, {"more": more, "total": whole + more})]
        told = stated.exact(self.less)
        if told is not None and told >= more:
            found.append(Change("fix_less", {self.less: told - more}, {"few": more}))
        return tuple(found)

    def _reading(self, whole: Range, less: Range, stated: Stated) -> str:
        if not stated.has(self.of):
            return ""
        if less.high == 0:
            return amounts(whole, self.unit)
        if not stated.has(self.less):
            return f"{amounts(whole, self.unit)}（其中有未符合者）"
        if whole.low == whole.high and less.low == less.high:
            return f"{whole.low} − {less.low} = {amount(max(0, whole.low - less.low), self.unit)}"
        return f"{amounts(whole, self.unit)}，其中 {amounts(less, self.unit)}不計"

    def _margin(self, low: int, high: int | None) -> str:
        if low != high:
            return ""
        by = low - self.comparison.last
        if by == 0:
            return "剛好達到"
        if self.comparison.is_floor:
            return f"{'多出' if by > 0 else '還差'} {amount(abs(by), self.unit)}"
        return f"{'超出' if by > 0 else '距上限還有'} {amount(abs(by), self.unit)}"


@dataclass(frozen=True, slots=True)
class Qualified(Condition):
    """
    What does not qualify is not counted, so this stands or falls with the minimum it counts toward.

    `toward` is that other rule's condition, `everyone` what all of them are called. Met without it if all qualify.
    """

    toward: Threshold
    words: tuple[str, ...]
    everyone: str

    @property
    def reads(self) -> tuple[str, ...]:
        """What the other condition reads."""
        return self.toward.reads

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words of the clause that say who qualifies."""
        return self.words

    @property
    def limit(self) -> str:
        """What becomes of those who do not qualify."""
        return "不符合者不計入"

    def judge(self, stated: Stated, today: date) -> Judgement:
        """Met if nobody is left out or enough remain; not met if somebody is and too few remain."""
        less, unit = self.toward.left_out(stated), self.toward.unit
        if less.high == 0:
            return Judgement("met", self._all(stated))
        other = self.toward.judge(stated, today)
        if other.result == "met":
            return Judgement("met", f"扣除後計入 {other.reading}")
        reading = "有不符合者" if less.high is None else f"{counted(less)} {unit}不符合"
        if other.result == "not_met" and less.low > 0:
            return Judgement("not_met", reading, changes=other.changes)
        return Judgement("unknown", reading, missing=(self.toward.less, self.toward.of))

    def _all(self, stated: Stated) -> str:
        """Why nobody is left out: it was counted, affirmed, or is assumed."""
        if stated.has(self.toward.less):
            return f"0 {self.toward.unit}不符合"
        affirmed = all(stated.yes(name) for name in self.toward.denials)
        return f"{self.everyone}都符合" if affirmed else f"以{self.everyone}都符合為前提"


@dataclass(frozen=True, slots=True)
class NoneOf(Condition):
    """
    A count must be zero.

    It cannot exceed what is left of the counts `among` once `exempt` is taken
    off; so it is zero where nobody is new, or all who are new are exempt.
    """

    of: str
    among: tuple[str, ...]
    exempt: str
    windows: tuple[Quoted, ...]
    words: tuple[str, ...]
    unit: str

    @property
    def reads(self) -> tuple[str, ...]:
        """The count, those it is part of, and the exempt ones."""
        return (self.of, *self.among, *filter(None, [self.exempt]))

    @property
    def parameters(self) -> tuple[Quoted, ...]:
        """The times within which one of the kind counts."""
        return self.windows

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words of the clause that exclude."""
        return self.words

    @property
    def bound(self) -> str:
        """0 家."""
        return f"0 {self.unit}"

    @property
    def limit(self) -> str:
        """= 0 家."""
        return f"= {self.bound}"

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """Zero, more than zero, or not known."""
        found, among = stated.count(self.of), self._among(stated)
        room = None if among is None else max(0, among - stated.count(self.exempt).low)
        if found.high == 0 or (found.low == 0 and self.among and room == 0):
            return Judgement("met", self.bound)
        if found.low > 0:
            exact = found.low == found.high
            changes = (Change("fix_none", {self.of: 0}, {"few": found.low}),) if exact else ()
            margin = f"超出 {found.low} {self.unit}" if exact else ""
            return Judgement("not_met", f"{counted(found)} {self.unit}", margin, changes=changes)
        reading = f"{counted(found)} {self.unit}" if stated.has(self.of) else ""
        return Judgement("unknown", reading, missing=(self.of,))

    def clashes(self, stated: Stated) -> Iterator[str]:
        """Those of the kind and the exempt ones together, more than there are at all."""
        room = self._among(stated)
        if room is None or not (stated.has(self.of) and stated.has(self.exempt)):
            return
        both = stated.count(self.of).low + stated.count(self.exempt).low
        if self.among and both > room:
            labels = "加".join(stated.kinds[name].label for name in (self.of, self.exempt))
            whole = "加".join(stated.kinds[name].label for name in self.among)
            yield f"{labels}共 {both} {self.unit}，比{whole}({room} {self.unit})還多"

    def _among(self, stated: Stated) -> int | None:
        """The most that there can be of all kinds; None if nobody said."""
        highs = [stated.count(name).high for name in self.among]
        known = [high for high in highs if high is not None]
        return sum(known) if len(known) == len(highs) else None
