"""A condition that what does not qualify is not counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.eligibility.condition import ClauseWords, Condition, Judgement, LimitWords
from assistant.eligibility.notation import amounts
from assistant.eligibility.stated import Stated
from assistant.eligibility.threshold import Threshold


@dataclass(frozen=True, slots=True)
class Qualified(Condition):
    """
    What does not qualify is not counted, so this stands or falls with the minimum it counts toward.

    `toward` is that other rule's condition, `everyone` what all of them are called. Met without it if all
    qualify, assumed while nobody says how many do not.
    """

    toward: Threshold
    words: ClauseWords
    everyone: str

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """What the other condition reads."""
        return self.toward.reads

    @property
    def shown(self) -> LimitWords:
        """What becomes of those who do not qualify."""
        return LimitWords("不符合者不計入")

    @property
    def figures(self) -> Mapping[str, frozenset[str]]:
        """Those of the minimum."""
        return self.toward.figures

    def judge(self, stated: Stated, today: date) -> Judgement:
        """Met if nobody is left out or enough remain; not met if somebody is and too few remain."""
        less, unit = self.toward.left_out(stated), self.toward.unit
        if less.high == 0:
            if stated.has(self.toward.less):
                return Judgement("met", f"0 {unit}不符合")
            affirmed = bool(self.toward.denials) and all(stated.yes(name) for name in self.toward.denials)
            return Judgement("met" if affirmed else "assumed", f"{self.everyone}都符合")
        other = self.toward.judge(stated, today)
        if other.result == "met":
            return Judgement("met", f"扣除後計入 {other.reading}")
        reading = "有不符合者" if less.high is None else f"{amounts(less, unit)}不符合"
        if other.result == "not_met" and less.low > 0:
            return Judgement("not_met", reading, changes=other.changes)
        return Judgement("unknown", reading, missing=(self.toward.less, self.toward.of))
