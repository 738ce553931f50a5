"""A condition on a share: part ÷ whole is at most so much, decided on the exact fraction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assistant.eligibility.condition import Change, Judgement, edge
from assistant.eligibility.facts import Range, ShareRange
from assistant.eligibility.notation import counted, percent
from assistant.eligibility.quoted import Quoted
from assistant.eligibility.stated import ANY, Stated


@dataclass(frozen=True, slots=True)
class ShareAtMost:
    """
    `part` ÷ `whole` does not exceed a maximum; `share` is the fact for a share told without counts.

    Counts go before a told share, which people round. A told share of a known
    whole must be a whole number of members: three tenths of 12 are 3 or 4.
    """

    part: str
    whole: str
    share: str
    maximum: Quoted
    inclusive: bool
    inclusive_by: str
    windows: tuple[Quoted, ...] = ()
    unit: str = "家"

    @property
    def reads(self) -> tuple[str, ...]:
        """Part, whole and share."""
        return (self.part, self.whole, self.share)

    @property
    def parameters(self) -> tuple[Quoted, ...]:
        """The maximum, and the time within which the part counts (the facts are asked for with it)."""
        return (self.maximum, *self.windows)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words that make the maximum itself pass or fail."""
        return (self.inclusive_by,)

    @property
    def bound(self) -> str:
        """30%."""
        return percent(self.maximum.share)

    @property
    def limit(self) -> str:
        """≤ 30%."""
        return f"{'≤' if self.inclusive else '<'} {self.bound}"

    @property
    def edge(self) -> str:
        """剛好 30% 可以."""
        return edge(f"{self.bound} ", self.inclusive)

    def passes(self, part: int, whole: int) -> bool:
        """True if the counts pass; none of nothing passes."""
        times = part * self.maximum.share.denominator
        most = whole * self.maximum.share.numerator
        return times <= most if self.inclusive else times < most or part == 0

    def most(self, whole: int) -> int:
        """The largest part of a whole that passes."""
        exact = self.maximum.share * whole
        return int(exact) if self.inclusive or exact.denominator > 1 or not exact else int(exact) - 1

    def fewest(self, part: int) -> int:
        """The smallest whole that lets a part pass."""
        exact = part / self.maximum.share
        whole = -(-exact.numerator // exact.denominator)
        return whole if self.passes(part, whole) else whole + 1

    def fewest_out(self, part: int, whole: int) -> int:
        """The smallest number that must leave the part, and the whole with it, to pass."""
        if self.passes(part, whole):
            return 0
        limit = self.maximum.share
        out = _ceil((part - limit * whole) / (1 - limit))
        return out if self.passes(part - out, whole - out) else out + 1

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """The share that the facts allow, against the maximum."""
        whole, told = stated.count(self.whole), stated.share(self.share)
        margin = f"至多 {self.most(whole.low)} {self.unit}" if whole.low == whole.high else ""
        counts = self._by_counts(stated, stated.count(self.part), whole, margin)
        if told is None:
            return counts
        if whole.high == 0 and told.low > 0:
            conflict = f"總數是 0 {self.unit}，不會有 {percent(told.low)} 的比例"
            return Judgement("unknown", contradictions=(conflict,))
        share = (
            self._by_counts(stated, parts_of(told, whole.low), whole, margin)
            if whole.low == whole.high
            else self._by_share(told, margin)
        )
        if "unknown" not in {counts.result, share.result} and counts.result != share.result:
            conflict = f"家數({counts.reading})與所說的比例({share.reading})不合"
            return Judgement("unknown", contradictions=(conflict,))
        if counts.result == "unknown" and (share.result != "unknown" or not stated.has(self.part)):
            return share
        return counts

    def _by_counts(self, stated: Stated, part: Range, whole: Range, margin: str) -> Judgement:
        reading = self._reading(part, whole, stated)
        # A part never exceeds its whole, so none of 0 needs no telling.
        highs = [high for high in (part.high, whole.high) if high is not None]
        part = Range(part.low, min(highs, default=None))
        if part.high is not None and self.passes(part.high, whole.low):
            return Judgement("met", reading, margin)
        if whole.high is not None and not self.passes(min(part.low, whole.high), whole.high):
            changes = self._changes(part.low, whole.low) if _is_exact(part) and _is_exact(whole) else ()
            return Judgement("not_met", reading, margin, changes=changes)
        vague = [name for name, bounds in ((self.part, part), (self.whole, whole)) if not _is_exact(bounds)]
        return Judgement("unknown", reading, margin, tuple(vague))

    def _by_share(self, told: ShareRange, margin: str) -> Judgement:
        limit = self.maximum.share
        reading = percent(told.low) if told.low == told.high else _between(told)
        if told.high < limit or (told.high == limit and (self.inclusive or told.high_open)):
            return Judgement("met", reading, margin)
        if told.low > limit or (told.low == limit and (told.low_open or not self.inclusive)):
            return Judgement("not_met", reading, margin)
        return Judgement("unknown", reading, margin, (self.part, self.whole))

    def _changes(self, part: int, whole: int) -> tuple[Change, ...]:
        fewer = Change("fix_part", {self.part: self.most(whole)}, {"most": self.most(whole)})
        if not self.maximum.number:
            return (fewer,)
        total = self.fewest(part)
        # The part is put down too: it may have been told as a share, which no longer holds.
        counts = {self.whole: total, self.part: part}
        return (fewer, Change("fix_whole", counts, {"more": total - whole, "total": total}))

    def _reading(self, part: Range, whole: Range, stated: Stated) -> str:
        if part == ANY:
            return ""
        if not stated.has(self.whole):
            return f"{counted(part)} {self.unit}"
        shown = f"{counted(part)} ÷ {counted(whole)}"
        if not whole.low or part.high is None or whole.high is None:
            return shown
        low, high = Fraction(part.low, whole.high), Fraction(part.high, whole.low)
        if low != high:
            return f"{shown} = {percent(low)}~{percent(min(high, Fraction(1)))}"
        # 301 ÷ 1003 rounds to 30% but is more: the words must not look like a pass.
        if percent(low) == self.bound and low != self.maximum.share:
            return f"{shown}，{'略高於' if low > self.maximum.share else '略低於'} {self.bound}"
        return f"{shown} = {percent(low)}"


def parts_of(told: ShareRange, whole: int) -> Range:
    """The whole numbers of members that a told share can mean; an exact share is rounded either way."""
    low, high = told.low * whole, told.high * whole
    if told.low == told.high:
        return Range(_floor(low), _ceil(high))
    first = _floor(low) + 1 if told.low_open else _ceil(low)
    last = _ceil(high) - 1 if told.high_open else _floor(high)
    return Range(first, last) if first <= last else Range(_floor(low), _ceil(high))


def _is_exact(bounds: Range) -> bool:
    return bounds.low == bounds.high


def _floor(share: Fraction) -> int:
    return share.numerator // share.denominator


def _ceil(share: Fraction) -> int:
    return -(-share.numerator // share.denominator)


def _between(told: ShareRange) -> str:
    if told.low == 0:
        return f"{'不到' if told.high_open else '至多'} {percent(told.high)}"
    if told.high == 1:
        return f"{'超過' if told.low_open else '至少'} {percent(told.low)}"
    return f"{percent(told.low)}~{percent(told.high)}"
