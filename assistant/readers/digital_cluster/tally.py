"""
What was said of coaching, group by group -> how many were coached within three years.

「4家輔導過」 with no time is taken as within three years, and those not spoken
of as never coached; both are said aloud as assumptions. A time that lies
across the edge of the three years leaves a range.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from assistant.eligibility.facts import Range
from assistant.reading.period import Window
from assistant.reading.ranges import ZERO, minus, plus, total

# What is taken for granted, and said.
UNDATED: Final = "未說明時間的輔導視為三年內的輔導"
OTHERS_NEVER: Final = "未提到的成員視為三年內未受過數位群聚相關輔導"
OTHERS_WERE: Final = "其餘成員視為三年內受過數位群聚相關輔導"


@dataclass(frozen=True, slots=True)
class Said:
    """So many said to have been coached; `window` None if no time was told, `left` of those of whom parts were told apart."""

    count: Range
    window: Window | None
    start: int
    end: int
    left: bool = False

    @property
    def inside(self) -> Range:
        """How many of them fall in the three years."""
        if self.window == "out":
            return ZERO
        return Range(0, self.count.high) if self.window == "unsure" else self.count


@dataclass(slots=True)
class Tally:
    """Collects the statements of a message; `rest` is what was said of all others."""

    yes: list[Said] = field(default_factory=list)
    no: list[Said] = field(default_factory=list)
    everyone: Said | None = None
    nobody: Said | None = None
    rest: bool | None = None
    unclear: bool = False
    all_of: list[tuple[Said, bool]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """True if nothing was said."""
        return not (self.yes or self.no or self.everyone or self.nobody or self.all_of)

    @property
    def undated(self) -> bool:
        """Whether anything was said of which no time was told."""
        said = [
            *self.yes,
            *(one for one, positive in self.all_of if positive),
            *([self.everyone] if self.everyone else []),
        ]
        # Where only those not coached were counted, when the others were is not told either.
        return any(one.window is None for one in said) or bool(self.no and not said)

    @property
    def span(self) -> tuple[int, int]:
        """From the first to the last statement."""
        said = [*self.yes, *self.no, *(one for one in (self.everyone, self.nobody) if one)]
        return min(one.start for one in said), max(one.end for one in said)

    def breaks_down(self, count: Range) -> bool:
        """Whether so many with a time of their own can be a part of the last who had none."""
        last = self.yes[-1] if self.yes else None
        return last is not None and (last.window is None or last.left) and _fits(count, last.count)

    def split(self, part: Said, *, only: bool = False) -> None:
        """Take a dated part out of the last undated statement: 「4家輔導過,其中2家五年前」; `only` it had that time."""
        last = self.yes.pop()
        left = minus(last.count, part.count)
        self.yes.append(part)
        # What is left stays last, so that the next part is taken from it too; of whom it is not
        # said that their time was in the years that count, as it was of the part, it may not be.
        if left != ZERO:
            window: Window | None = ("out" if only else "unsure") if part.window == "in" else last.window
            self.yes.append(replace(last, count=left, window=window, left=True))

    def overlaps(self, count: Range) -> bool:
        """So many are of both the last two statements; False if that cannot be told of them."""
        if len(self.yes) != _TWO or any(
            one.window not in {"in", "out"} or not _fits(count, one.count) for one in self.yes
        ):
            return False
        first, last = self.yes
        if first.window == last.window:
            both = minus(plus(first.count, last.count), count)
            self.yes = [replace(last, count=both, start=first.start)]
        return True

    def dated(self, window: Window) -> bool:
        """Give a time to the last undated statement; False if there is none."""
        if self.yes and self.yes[-1].window is None:
            self.yes[-1] = replace(self.yes[-1], window=window)
            return True
        if self.all_of and self.all_of[-1][0].window is None:
            said, positive = self.all_of[-1]
            self.all_of[-1] = (replace(said, window=window), positive)
            return positive
        if self.everyone and self.everyone.window is None:
            self.everyone = replace(self.everyone, window=window)
            return True
        return False

    def settle(self, members: Range | None) -> None:
        """「4家都輔導過」 is of all members if nobody else was counted, else of four."""
        for said, positive in self.all_of:
            if said.count == members and not self.yes and not self.no and len(self.all_of) == 1:
                self.everyone, self.nobody = (said, None) if positive else (None, said)
            else:
                (self.yes if positive else self.no).append(said)
        self.all_of = []

    def partition(self) -> Range | None:
        """All members if both kinds were counted and nobody is left over."""
        if self.yes and self.no and self.rest is None:
            return total([one.count for one in (*self.yes, *self.no)])
        return None

    def within(self, members: Range | None) -> tuple[Range | None, list[str]]:
        """How many were coached within three years, as far as it can be told, and what that takes for granted."""
        taken: list[str] = []
        inside = total([one.inside for one in self.yes])
        if self.unclear:
            return None, taken
        if self.everyone and self.yes and total([one.count for one in self.yes]) != members:
            # 「4家輔導過,…都是去年的」: of whom 都 is said cannot be told.
            return None, taken
        if self.everyone:
            return self._everyone(members)
        if self.nobody and not self.yes:
            return ZERO, taken
        if self.rest is True and members is not None:
            inside = minus(members, total([one.count for one in self.no]))
        elif not self.yes:
            return self._others(members)
        elif self.no and members is not None:
            told = total([one.count for one in (*self.yes, *self.no)])
            inside = plus(inside, Range(0, minus(members, told).high))
        elif self.rest is None and not self.nobody:
            taken.append(OTHERS_NEVER)
        if any(one.window is None for one in self.yes):
            taken.append(UNDATED)
        return inside, taken

    def _everyone(self, members: Range | None) -> tuple[Range | None, list[str]]:
        said = self.everyone
        if said is None or said.window == "out":
            return ZERO, []
        if members is None:
            return None, []
        taken = [UNDATED] if said.window is None else []
        return (Range(0, members.high) if said.window == "unsure" else members), taken

    def _others(self, members: Range | None) -> tuple[Range | None, list[str]]:
        """Only those not coached were counted: the others are taken as coached."""
        if members is None or not self.no:
            return None, []
        never = total([one.count for one in self.no])
        if never.low > (members.high if members.high is not None else never.low):
            return None, []
        left = minus(members, never)
        taken = [] if left == ZERO else [OTHERS_WERE]
        return left, taken


_TWO: Final = 2


def _fits(part: Range, whole: Range) -> bool:
    return whole.high is None or (part.high is not None and part.high <= whole.high)
