"""Two systems asked the same -> is one better, and by how much: what both get right or wrong says nothing of it."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from eval.metrics import Z
from eval.score import Scored


@dataclass(frozen=True, slots=True)
class Paired:
    """Of `n` items asked of both, how many only the one got right, and how many only the other."""

    n: int
    ours: int
    theirs: int

    @property
    def difference(self) -> float:
        """The share right of the one less that of the other."""
        return (self.ours - self.theirs) / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the difference, each discordant count raised by one (Bonett and Price 2012)."""
        ours, theirs = (self.ours + 1) / (self.n + 2), (self.theirs + 1) / (self.n + 2)
        middle = ours - theirs
        spread = Z * math.sqrt((ours + theirs - middle**2) / (self.n + 2))
        return max(-1.0, middle - spread), min(1.0, middle + spread)

    @property
    def p(self) -> float:
        """McNemar's exact test, two-sided: how often chance shares the discordant items as unevenly."""
        discordant = self.ours + self.theirs
        tail = sum(math.comb(discordant, k) for k in range(min(self.ours, self.theirs) + 1))
        return min(1.0, 2 * tail / 2.0**discordant)


def paired(one: Scored, other: Scored, kinds: Collection[str]) -> Paired:
    """The items of these kinds that both were asked."""
    right = [
        {
            (name, item.id): item.correct
            for name, items in system.sets.items()
            for item in items
            if item.kind in kinds
        }
        for system in (one, other)
    ]
    both = [(right[0][key], right[1][key]) for key in right[0].keys() & right[1].keys()]
    return Paired(len(both), both.count((True, False)), both.count((False, True)))
