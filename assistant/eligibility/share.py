"""A condition on a share: part ÷ whole is at most, or at least, so much; decided on the exact fraction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from assistant.eligibility.condition import Change, ComparingCondition, FactName, Judgement, ceil, settled
from assistant.eligibility.facts import Range, ShareRange
from assistant.eligibility.notation import amount, amounts, bare, percent
from assistant.eligibility.quoted import Quoted
from assistant.eligibility.stated import ANY, Stated
from assistant.eligibility.told_share import between, parts_of
from assistant.verdict import Result


class Move(NamedTuple):
    """What one more that moves does to a part and to its whole: +1, 0 or -1."""

    part: int
    whole: int

    def counts(self, part: int, whole: int, count: int) -> tuple[int, int]:
        """Part and whole once so many have moved."""
        return part + count * self.part, whole + count * self.whole


@dataclass(frozen=True, slots=True)
class Share(ComparingCondition):
    """
    `part` ÷ `whole` compared with a limit; `share` is the fact for a share told without counts.

    Counts go before a told share, which people round. A told share of a known
    whole must be a whole number: three tenths of 12 are 3 or 4. Where a programme knows
    only the percentage, part and whole are empty. `less` counts those of whom the text does not
    say whether they are of the whole: met only if it is so with them and without.
    """

    part: FactName
    whole: FactName
    share: FactName
    windows: tuple[Quoted, ...] = ()
    unit: str = ""
    less: FactName = ""

    @property
    def figures(self) -> Mapping[str, frozenset[str]]:
        """Another part, or another whole; none where only the percentage is known."""
        if not self.part:
            return {}
        if self.is_floor:
            return {"fix_part": frozenset({"least", "more"}), "fix_whole": frozenset({"fewer", "total"})}
        return {"fix_part": frozenset({"most"}), "fix_whole": frozenset({"more", "total"})}

    @property
    def limit_share(self) -> Fraction:
        """The limit as a share."""
        return self.quoted.share

    def passes(self, part: int, whole: int) -> bool:
        """True if the counts pass; none of nothing passes a maximum, and no minimum."""
        if not whole and self.is_floor:
            return False
        times = part * self.limit_share.denominator
        limit = whole * self.limit_share.numerator
        return self.holds(times, limit) or (part == 0 and not self.is_floor)

    def bounds(self, unknown: str, *, floor: bool) -> bool:
        """Whether it bounds its part or whole so: a maximum the part from above and the whole from below."""
        if not self.part or unknown not in {self.part, self.whole}:
            return False
        return ((unknown == self.whole) != self.is_floor) is floor

    def last_part(self, whole: int) -> int:
        """The outermost part of a whole that passes: the largest below a maximum, the smallest above a minimum."""
        return self._next(self.limit_share * whole, lambda part: self.passes(part, whole), up=self.is_floor)

    def last_whole(self, part: int) -> int:
        """The outermost whole that lets a part pass: the smallest for a maximum, the largest for a minimum."""
        exact = part / self.limit_share
        return self._next(exact, lambda whole: self.passes(part, whole), up=not self.is_floor)

    def farthest(self, part: int, whole: int, move: Move) -> int:
        """Of a maximum: the fewest that must leave the part to pass, or the most that may come and still pass."""
        if self.passes(part, whole) is (move.part < 0):
            return 0
        room = (self.limit_share * whole - part) / (move.part - self.limit_share * move.whole)
        return self._next(room, lambda count: self.passes(*move.counts(part, whole, count)), up=move.part < 0)

    @staticmethod
    def _next(exact: Fraction, passes: Callable[[int], bool], *, up: bool) -> int:
        """The whole number beside `exact` that passes, or the one beyond where the limit itself does not."""
        number = ceil(exact) if up else exact // 1
        return number if passes(number) else number + (1 if up else -1)

    def left_out(self, stated: Stated) -> Range:
        """How many may be none of the whole."""
        return stated.count(self.less) if stated.has(self.less) else Range(0, 0)

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """The share that the facts allow, against the limit."""
        found = self._of_all(stated)
        out, whole, part = self.left_out(stated), stated.count(self.whole), stated.count(self.part)
        if out.high == 0 or out.high is None or found.result == "unknown" or not stated.has(self.part):
            return found
        fewer = Range(max(0, whole.low - out.high), None if whole.high is None else whole.high - out.low)
        rest = _clipped(Range(max(0, part.low - out.high), part.high), fewer)
        other = self._result(rest, fewer)
        if other == found.result == "met":
            return found
        beside = f"；不計入的 {amounts(out, self.unit)}如果也不算在總數內，則是 {self._reading(rest, fewer, stated)}"
        both = found.reading + (beside if other != found.result else "")
        if found.result == "met":
            return replace(found, result="unknown", reading=both)
        exact = _is_exact(part) and _is_exact(whole) and _is_exact(out)
        changes = self._changes(part.low, whole.low, out.low) if exact else ()
        return replace(found, reading=both, changes=changes)

    def _of_all(self, stated: Stated) -> Judgement:
        """The share of all, whether they count elsewhere or not."""
        whole, told = stated.count(self.whole), stated.share(self.share)
        exact = bool(self.whole) and whole.low == whole.high
        word = "至少" if self.is_floor else "至多"
        margin = f"{word} {amount(self.last_part(whole.low), self.unit)}" if exact else ""
        if not self.part:
            return Judgement("unknown", missing=(self.share,)) if told is None else self._by_share(told, "")
        counts = self._by_counts(stated, stated.count(self.part), whole, margin)
        if told is None:
            return counts
        share = self._told(stated, whole, told, margin)
        if counts.result == "unknown" and (share.result != "unknown" or not stated.has(self.part)):
            return share
        return counts

    def clashes(self, stated: Stated) -> Iterator[str]:
        """A share of nothing, or one that decides otherwise than the counts beside it, which are vague."""
        whole, told = stated.count(self.whole), stated.share(self.share)
        if self.part and told is not None and whole.high == 0 and told.low > 0:
            yield f"總數是 0 {self.unit}，不會有 {percent(told.low)} 的比例"
        if not self.part or told is None or (_is_exact(whole) and stated.exact(self.part) is not None):
            return
        counts = self._by_counts(stated, stated.count(self.part), whole, "")
        share = self._told(stated, whole, told, "")
        if "unknown" not in {counts.result, share.result} and counts.result != share.result:
            yield f"數目({counts.reading})與所說的比例({share.reading})不合"

    def _told(self, stated: Stated, whole: Range, told: ShareRange, margin: str) -> Judgement:
        """By the share alone; of a known whole it must be a whole number."""
        if not _is_exact(whole):
            return self._by_share(told, margin)
        return self._by_counts(stated, parts_of(told, whole.low), whole, margin)

    def _by_counts(self, stated: Stated, part: Range, whole: Range, margin: str) -> Judgement:
        reading = self._reading(part, whole, stated)
        part = _clipped(part, whole)
        result = self._result(part, whole)
        if result == "not_met":
            changes = self._changes(part.low, whole.low) if _is_exact(part) and _is_exact(whole) else ()
            return Judgement("not_met", reading, margin, changes=changes)
        vague = [name for name, bounds in ((self.part, part), (self.whole, whole)) if not _is_exact(bounds)]
        return Judgement(result, reading, margin, tuple(vague) if result == "unknown" else ())

    def _result(self, part: Range, whole: Range) -> Result:
        """Met or not met only if the smallest and the largest share that are possible agree."""
        smallest = None if whole.high is None else self.passes(min(part.low, whole.high), whole.high)
        largest = None if part.high is None else self.passes(part.high, max(whole.low, part.high))
        sure, possible = (smallest, largest) if self.is_floor else (largest, smallest)
        return settled(sure=sure is True, possible=possible is not False)

    def _by_share(self, told: ShareRange, margin: str) -> Judgement:
        reading = percent(told.low) if told.low == told.high else between(told)
        ends = ((told.low, told.low_open), (told.high, told.high_open))
        (near, near_open), (far, far_open) = ends if self.is_floor else ends[::-1]
        limit = self.limit_share
        result = settled(
            sure=self.holds(near, limit) or (near == limit and near_open),
            possible=self.holds(far, limit) and not (far == limit and far_open),
        )
        vague = tuple(filter(None, (self.part, self.whole))) or (self.share,)
        return Judgement(result, reading, margin, vague if result == "unknown" else ())

    def _changes(self, part: int, whole: int, out: int = 0) -> tuple[Change, ...]:
        """What passes whether `out` are of the whole or not."""
        last = self.last_part(max(0, whole - out))
        if self.is_floor:
            rise = Change("fix_part", {self.part: last}, {"least": last, "more": last - part})
            fits = self.last_whole(part)
            shrink = Change(
                "fix_whole", {self.whole: fits, self.part: part}, {"fewer": whole - fits, "total": fits}
            )
            return (rise, shrink) if part else (rise,)
        fewer = Change("fix_part", {self.part: last}, {"most": last})
        if not self.limit_share:
            return (fewer,)
        total = self.last_whole(part) + out
        # The part is put down too: it may have been told as a share, which no longer holds.
        counts = {self.whole: total, self.part: part}
        return (fewer, Change("fix_whole", counts, {"more": total - whole, "total": total}))

    def _reading(self, part: Range, whole: Range, stated: Stated) -> str:
        if part == ANY:
            return ""
        if not stated.has(self.whole):
            return amounts(part, self.unit)
        shown = f"{bare(part, self.unit)} ÷ {bare(whole, self.unit)}"
        if not whole.low or part.high is None or whole.high is None:
            return shown
        low, high = Fraction(part.low, whole.high), Fraction(part.high, whole.low)
        if low != high:
            return f"{shown} = {percent(low)}~{percent(min(high, Fraction(1)))}"
        # 301 ÷ 1003 rounds to 30% but is more: the words must not look like a pass.
        if percent(low) == self.shown.bound and low != self.limit_share:
            return f"{shown}，{'略高於' if low > self.limit_share else '略低於'} {self.shown.bound}"
        return f"{shown} = {percent(low)}"


def _clipped(part: Range, whole: Range) -> Range:
    """A part never exceeds its whole, so none of 0 needs no telling."""
    highs = [high for high in (part.high, whole.high) if high is not None]
    return Range(part.low, min(highs, default=None))


def _is_exact(bounds: Range) -> bool:
    return bounds.low == bounds.high
