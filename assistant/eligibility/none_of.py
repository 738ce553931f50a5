"""A condition that there is none of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.condition import (
    Change,
    ClauseWords,
    Condition,
    FactName,
    FactNames,
    Judgement,
    LimitWords,
)
from assistant.eligibility.notation import amounts
from assistant.eligibility.quoted import Quoted
from assistant.eligibility.stated import Stated


@dataclass(frozen=True, slots=True)
class NoneOf(Condition):
    """
    A count must be zero.

    It cannot exceed what is left of the counts `among` once `exempt` is taken
    off; so it is zero where nobody is new, or all who are new are exempt.
    """

    of: FactName
    among: FactNames
    exempt: FactName
    windows: tuple[Quoted, ...]
    words: ClauseWords
    unit: str

    @property
    def shown(self) -> LimitWords:
        """= 0 家."""
        return LimitWords(f"= 0 {self.unit}", f"0 {self.unit}")

    @property
    def figures(self) -> Mapping[str, frozenset[str]]:
        """So few are to be exchanged."""
        return {"fix_none": frozenset({"few"})}

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """Zero, more than zero, or not known."""
        found, among = stated.count(self.of), stated.most(self.among)
        room = None if among is None else max(0, among - stated.count(self.exempt).low)
        if found.high == 0 or (found.low == 0 and self.among and room == 0):
            return Judgement("met", self.shown.bound)
        if found.low > 0:
            exact = found.low == found.high
            changes = (Change("fix_none", {self.of: 0}, {"few": found.low}),) if exact else ()
            margin = f"超出 {found.low} {self.unit}" if exact else ""
            return Judgement("not_met", amounts(found, self.unit), margin, changes=changes)
        reading = amounts(found, self.unit) if stated.has(self.of) else ""
        return Judgement("unknown", reading, missing=(self.of,))

    def clashes(self, stated: Stated) -> Iterator[str]:
        """Those of the kind and the exempt ones together, more than there are at all."""
        room = stated.most(self.among)
        if room is None or not (stated.has(self.of) and stated.has(self.exempt)):
            return
        both = stated.count(self.of).low + stated.count(self.exempt).low
        if self.among and both > room:
            labels = "加".join(stated.kinds[name].label for name in (self.of, self.exempt))
            whole = "加".join(stated.kinds[name].label for name in self.among)
            yield f"{labels}共 {both} {self.unit}，比{whole}({room} {self.unit})還多"
