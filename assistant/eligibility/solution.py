"""The answer to a question turned round: a number or a day, with its working and its clauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.eligibility.rules import Rule
from assistant.verdict import Missing


@dataclass(frozen=True, slots=True)
class WorkingStep:
    """A sentence of the working and the rules that it stands on."""

    words: str
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """
    What the rules allow.

    `number` is a count, or a Gregorian year for an end that only the year
    decides; `day` an end that is a day. Both are None if there is no such number
    (`steps` say why), or if facts are missing, contradict each other or words were `unread`. `head` is the
    first sentence. `binding` is the id of the rule that decided; where several rules
    bind, all are in `steps`.
    """

    subject: str
    head: str = ""
    steps: tuple[WorkingStep, ...] = ()
    number: int | None = None
    day: date | None = None
    binding: str = ""
    missing: tuple[Missing, ...] = ()
    assumptions: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules used, in the order of the working."""
        return tuple(dict.fromkeys(rule.id for step in self.steps for rule in step.rules))

    @property
    def clause_ids(self) -> tuple[str, ...]:
        """The clauses that the working stands on, in order."""
        return tuple(dict.fromkeys(rule.clause_id for step in self.steps for rule in step.rules))
