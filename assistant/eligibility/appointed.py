"""A choice of type decides who does something; the clause's own words say who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.eligibility.condition import Judgement
from assistant.eligibility.quoted import Quoted
from assistant.eligibility.stated import Stated


@dataclass(frozen=True, slots=True)
class Appointed:
    """For `choice` of the fact `of`, `who` does it, and `otherwise` if they cannot."""

    of: str
    choice: str
    who: str
    otherwise: str
    parameters: tuple[Quoted, ...] = ()
    bound: str = ""
    edge: str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        """The type."""
        return (self.of,)

    @property
    def phrases(self) -> tuple[str, ...]:
        """All three are words of the clause."""
        return (self.choice, self.who, self.otherwise)

    @property
    def limit(self) -> str:
        """由提案單位或領導企業."""
        return f"由{self.who}"

    def judge(self, stated: Stated, today: date) -> Judgement:  # noqa: ARG002
        """Met if this is the type that was asked about."""
        chosen = stated.choice(self.of)
        if chosen is None:
            return Judgement("unknown", missing=(self.of,))
        return Judgement("met" if chosen == self.choice else "not_met", chosen)
