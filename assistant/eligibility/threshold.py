"""Conditions on one number: it reaches a minimum or stays below a maximum; those that do not count are taken off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.condition import (
    Change,
    ComparingCondition,
    FactName,
    FactNames,
    Judgement,
    settled,
)
from assistant.eligibility.facts import Range
from assistant.eligibility.notation import amount, amounts
from assistant.eligibility.stated import Stated


@dataclass(frozen=True, slots=True)
class Threshold(ComparingCondition):
    """
    `of`, minus `less` if there is such a fact, compared with a limit.

    If nobody stated `less` it is zero, which rules.toml must name as an
    assumption; a denial (a yes_no of `denials` that is no) makes it one or more.
    """

    of: FactName
    less: FactName = ""
    denials: FactNames = ()

    @property
    def unit(self) -> str:
        """What is counted: 家."""
        return self.quoted.unit

    @property
    def figures(self) -> Mapping[str, frozenset[str]]:
        """More of a minimum, fewer of a maximum, fewer of those that do not count."""
        if not self.is_floor:
            return {"fix_fewer": frozenset({"most", "fewer"})}
        less = {"fix_less": frozenset({"few"})} if self.less else {}
        return {"fix_more": frozenset({"more", "total"}), **less}

    def bounds(self, unknown: str, *, floor: bool) -> bool:
        """A minimum its number from below, a maximum from above."""
        return unknown == self.of and self.is_floor is floor

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
        ends = [self.holds(low), self.is_floor if high is None else self.holds(high)]
        result = settled(sure=all(ends), possible=any(ends))
        if result == "met":
            return Judgement("met", reading, margin)
        if result == "not_met":
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
        said = f"{kinds[self.less].label}是 {amounts(out, self.unit)}"
        if all(answers) and out.low > 0:
            yield f"既說{'、'.join(kinds[name].said(True) for name in self.denials)}，又說{said}"
        denied = [kinds[name].said(False) for name in self.denials if stated.yes(name) is False]
        if denied and out.high == 0:
            yield f"既說{'、'.join(denied)}，又說{said}"

    def _changes(self, stated: Stated, out: int) -> tuple[Change, ...]:
        """Add enough that count, or let enough of those that do not count; or go down to the maximum."""
        whole, last = stated.exact(self.of), self.last
        if whole is None:
            return ()
        if not self.is_floor:
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
        by = low - self.last
        if by == 0:
            return "剛好達到"
        if self.is_floor:
            return f"{'多出' if by > 0 else '還差'} {amount(abs(by), self.unit)}"
        return f"{'超出' if by > 0 else '距上限還有'} {amount(abs(by), self.unit)}"
