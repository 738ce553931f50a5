"""
The numbers of a message that may be the whole cluster -> the one that is.

A number said to be the total goes before one said of us, and that before one
that only stands there. Two that differ on the same footing tell nothing,
unless the later one corrects the earlier.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from assistant.eligibility.facts import Range
from assistant.reading.mentions import Mention
from assistant.reading.quantities import Count

SURE: Final = 3
OURS: Final = 2
_BARE: Final = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may be the total: where it stands, and on what footing."""

    bounds: Range
    start: int
    end: int
    footing: int
    opened: bool = False


@dataclass(slots=True)
class Totals:
    """Collects candidates in the order of the text."""

    found: list[Candidate] = field(default_factory=list)

    def add(self, number: Mention, value: Count, *, sure: bool, ours: bool) -> None:
        """Take in a number; a generic one (12個) only if the words around it say so."""
        footing = SURE if sure else OURS if ours else _BARE
        if footing > _BARE or not value.generic:
            self.found.append(Candidate(value.bounds, number.start, number.end, footing, number.inside))

    @property
    def opened(self) -> bool:
        """True if the last candidate is followed by 裡 or 其中, so that parts of it come next."""
        return bool(self.found) and self.found[-1].opened

    @property
    def any(self) -> bool:
        """True if there is a candidate."""
        return bool(self.found)

    def best(self, *, corrected: bool, bare: bool) -> Candidate | None:
        """
        The total, or None if it cannot be told.

        Args:
            corrected: the message corrects itself, so the later number counts.
            bare: whether a number that only stands there will do.
        """
        for footing in (SURE, OURS, _BARE):
            level = [one for one in self.found if one.footing == footing]
            if not level:
                continue
            if footing == _BARE and not bare:
                return None
            alone = all(one.bounds == level[0].bounds for one in level)
            return level[-1] if alone or corrected else None
        return None
