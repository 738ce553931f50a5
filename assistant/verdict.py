"""The nouns of a judgement: what was understood, a rule held against it, what is missing, and the decision of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# "assumed" is met on a premise that nobody stated.
Result = Literal["met", "not_met", "unknown", "assumed"]
Decision = Literal["eligible", "ineligible", "unknown"]


@dataclass(frozen=True, slots=True)
class Check:
    """
    One rule held against the facts.

    `reading` is what was computed, `limit` what the rule asks, `margin` how far
    apart they are, `fix` the nearest change that passes; all in words, empty
    where there is nothing to say. `title` and `words` are the rule's own wording. `premises`
    are what it rests on though nobody stated it; with any, it is at best "assumed".
    """

    rule: str
    result: Result
    reading: str
    limit: str
    clause_id: str
    margin: str = ""
    fix: str = ""
    title: str = ""
    words: str = ""
    premises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that would help to decide, how to ask for it, and the replies that need no typing."""

    fact: str
    question: str
    replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What the rules say of the stated facts.

    `missing` has the most decisive fact first. With `contradictions` nothing is
    judged: no checks, decision unknown. `nearest` are changes each of which
    leaves no check unmet, the verdict's counterpart of a check's `fix`.
    `conclusion` says the decision in the programme's words. `unread` quotes what of the
    applicant's words was not understood: with any, nothing is judged either. `tentative`
    is an eligible that holds only if `assumptions` are true that nobody stated.
    """

    decision: Decision
    subject: str
    checks: tuple[Check, ...] = ()
    missing: tuple[Missing, ...] = ()
    assumptions: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    conclusion: str = ""
    unread: tuple[str, ...] = ()
    tentative: bool = False

    @property
    def clause_ids(self) -> tuple[str, ...]:
        """The clauses that the checks stand on, in their order, each once."""
        return tuple(dict.fromkeys(check.clause_id for check in self.checks))


@dataclass(frozen=True, slots=True)
class UnderstoodFact:
    """A fact as it was understood: its name and label, its value in words, and the `words` that told it."""

    fact: str
    label: str
    value: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood of figures, `start` and `end` in the message that told each, and the words left over."""

    facts: tuple[UnderstoodFact, ...]
    unread: tuple[str, ...] = ()
