"""Conditions on a count: at least so many that qualify, all of them qualified, none of a kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.eligibility.condition import Change, Judgement, edge
from assistant.eligibility.facts import FACTS, Range
from assistant.eligibility.notation import counted
from assistant.eligibility.quoted import Quoted
from assistant.eligibility.stated import Stated


@dataclass(frozen=True, slots=True)
class AtLeast:
    """
    `of` minus `less` reaches a minimum.

    If nobody stated `less` it is zero, which rules.toml must name as an
    assumption; a denial (a yes_no of `denials` that is no) makes it one or more.
    """

    of: str
    less: str
    denials: tuple[str, ...]
    minimum: Quoted
    inclusive: bool
    inclusive_by: str

    @property
    def reads(self) -> tuple[str, ...]:
        """The count, what does not count, and the denials."""
        return (self.of, self.less, *self.denials)

    @property
    def parameters(self) -> tuple[Quoted, ...]:
        """The minimum."""
        return (self.minimum,)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words that make the minimum itself pass or fail."""
        return (self.inclusive_by,)

    @property
    def needed(self) -> int:
        """The least count that passes."""
        return self.minimum.number if self.inclusive else self.minimum.number + 1

    @property
    def bound(self) -> str:
        """8 家."""
        return f"{self.minimum.number} {self.minimum.unit}"

    @property
    def limit(self) -> str:
        """≥ 8 家."""
        return f"{'≥' if self.inclusive else '>'} {self.bound}"

    @property
    def edge(self) -> str:
        """剛好 8 家可以."""
        return edge(self.bound, self.inclusive)

    def left_out(self, stated: Stated) -> Range:
        """How many of the count do not count."""
        denied = any(stated.yes(name) is False for name in self.denials)
        if not stated.has(self.less):
            return Range(1, None) if denied else Range(0, 0)
        told = stated.count(self.less)
        return Range(max(told.low, 1), told.high) if denied and told.high != 0 else told

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """The count that qualifies against the minimum; fixes only for exact counts."""
        whole, less = stated.count(self.of), self.left_out(stated)
        high = None if whole.high is None else max(0, whole.high - less.low)
        low = 0 if less.high is None else max(0, whole.low - less.high)
        if low >= self.needed:
            return Judgement("met", self._reading(whole, less, stated), self._margin(low, high))
        if high is not None and high < self.needed:
            changes = self._changes(stated, low) if less.low == less.high else ()
            return Judgement(
                "not_met", self._reading(whole, less, stated), self._margin(low, high), changes=changes
            )
        missing = [
            name for name, bounds in ((self.of, whole), (self.less, less)) if bounds.low != bounds.high
        ]
        return Judgement("unknown", self._reading(whole, less, stated), missing=tuple(missing))

    def _changes(self, stated: Stated, now: int) -> tuple[Change, ...]:
        """Add enough that qualify; or let enough of those that do not count qualify."""
        more, whole = self.needed - now, stated.exact(self.of)
        if whole is None:
            return ()
        found = [Change("fix_more", {self.of: whole + more}, {"more": more, "total": whole + more})]
        out = stated.exact(self.less)
        if out is not None and out >= more:
            found.append(Change("fix_less", {self.less: out - more}, {"few": more}))
        return tuple(found)

    def _reading(self, whole: Range, less: Range, stated: Stated) -> str:
        unit = self.minimum.unit
        if not stated.has(self.of):
            return ""
        if less.high == 0:
            return f"{counted(whole)} {unit}"
        if not stated.has(self.less):
            return f"{counted(whole)} {unit}（其中有未符合者）"
        if whole.low == whole.high and less.low == less.high:
            return f"{whole.low} − {less.low} = {max(0, whole.low - less.low)} {unit}"
        return f"{counted(whole)} {unit}，其中 {counted(less)} {unit}不計"

    def _margin(self, low: int, high: int | None) -> str:
        unit = self.minimum.unit
        if low != high:
            return ""
        if low < self.needed:
            return f"還差 {self.needed - low} {unit}"
        return f"多出 {low - self.needed} {unit}" if low > self.needed else "剛好達到"


@dataclass(frozen=True, slots=True)
class Qualified:
    """
    What does not qualify is not counted, so this stands or falls with the minimum it counts toward.

    `toward` is that other rule's condition. Met without it if all qualify.
    """

    toward: AtLeast
    phrases: tuple[str, ...]
    parameters: tuple[Quoted, ...] = ()
    limit: str = "不符合者不計入"
    bound: str = ""
    edge: str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        """What the other condition reads."""
        return self.toward.reads

    def judge(self, stated: Stated, today: date) -> Judgement:
        """Met if nobody is left out or enough remain; not met if somebody is and too few remain."""
        less, unit = self.toward.left_out(stated), self.toward.minimum.unit
        if less.high == 0:
            return Judgement("met", self._all(stated))
        other = self.toward.judge(stated, today)
        if other.result == "met":
            return Judgement("met", f"扣除後計入 {other.reading}")
        reading = "有成員不符合" if less.high is None else f"{counted(less)} {unit}不符合"
        if other.result == "not_met" and less.low > 0:
            return Judgement("not_met", reading, changes=other.changes)
        return Judgement("unknown", reading, missing=(self.toward.less, self.toward.of))

    def _all(self, stated: Stated) -> str:
        """Why nobody is left out: it was counted, affirmed, or is assumed."""
        if stated.has(self.toward.less):
            return f"0 {self.toward.minimum.unit}不符合"
        affirmed = all(stated.yes(name) for name in self.toward.denials)
        return "各成員都符合" if affirmed else "以各成員都符合為前提"


@dataclass(frozen=True, slots=True)
class NoneOf:
    """
    A count must be zero.

    It cannot exceed what is left of the counts `among` once `exempt` is taken
    off; so it is zero where nobody is new, or all who are new are exempt.
    """

    of: str
    among: tuple[str, ...]
    exempt: str
    parameters: tuple[Quoted, ...]
    phrases: tuple[str, ...]
    edge: str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        """The count, those it is part of, and the exempt ones."""
        return (self.of, *self.among, self.exempt)

    @property
    def bound(self) -> str:
        """0 家."""
        return f"0 {FACTS[self.of].unit}"

    @property
    def limit(self) -> str:
        """= 0 家."""
        return f"= {self.bound}"

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """Zero, more than zero, or not known."""
        unit, found = FACTS[self.of].unit, stated.count(self.of)
        highs = [stated.count(name).high for name in self.among]
        known = [high for high in highs if high is not None]
        room = max(0, sum(known) - stated.count(self.exempt).low) if len(known) == len(highs) else None
        if found.high == 0 or (found.low == 0 and room == 0):
            return Judgement("met", f"0 {unit}")
        if found.low > 0:
            exact = found.low == found.high
            changes = (Change("fix_none", {self.of: 0}, {"few": found.low}),) if exact else ()
            margin = f"超出 {found.low} {unit}" if exact else ""
            return Judgement("not_met", f"{counted(found)} {unit}", margin, changes=changes)
        reading = f"{counted(found)} {unit}" if stated.has(self.of) else ""
        return Judgement("unknown", reading, missing=(self.of,))
