"""What a message was read as: facts, changes to what was known, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from assistant.eligibility.facts import Fact, Facts

# What may be asked beside the questions that a programme's rules turn round.
VERDICT: Final = "verdict"
WHICH: Final = "which"
SHARE: Final = "share"
# Nothing of the guideline: what was understood is wrong, and is to be put right.
CORRECTION: Final = "correction"


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One message read.

    `facts` holds what it states, `edits` what it changes in what was known before, in a form
    that only its reader's `apply` knows. `asks` is VERDICT, WHICH, SHARE, CORRECTION, or the name of a
    question that the rules turn round. `vague` quotes what was too vague to use, `unread` the
    numbers that were left over, `contradictions` what cannot be. `other_question` is true if the message asks
    for something that no rule decides. `anew` is true if it speaks of another applicant than
    the messages before, whose facts are then none of its own; `unknown` names the fact that
    was asked for and that the person does not know.
    """

    facts: Facts = field(default_factory=dict[str, Fact])
    edits: tuple[object, ...] = ()
    asks: str | None = None
    vague: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    other_question: bool = False
    anew: bool = False
    unknown: str = ""
