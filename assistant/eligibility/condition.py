"""
What every kind of condition offers: its parameters, its limit in words, and its judgement.

Three-valued: a condition is met or not met only if every value that the facts
leave possible agrees; else it is unknown.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.comparison import Comparison
from assistant.eligibility.quoted import Quoted
from assistant.eligibility.stated import Stated
from assistant.verdict import Result


@dataclass(frozen=True, slots=True)
class Change:
    """
    A nearest change that passes: the new counts, and which template of the rule says it.

    The first of `counts` is what changes; others stand beside it unchanged.
    `figures` fill the template: most, least, more, fewer, total, few.
    """

    template: str
    counts: Mapping[str, int]
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a condition says of the facts; `missing` are facts that would help, most decisive first."""

    result: Result
    reading: str = ""
    margin: str = ""
    missing: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    contradictions: tuple[str, ...] = ()


class Condition(ABC):
    """One kind of condition with its parameters."""

    @property
    @abstractmethod
    def reads(self) -> tuple[str, ...]:
        """The facts that the condition reads."""

    @property
    def parameters(self) -> tuple[Quoted, ...]:
        """Its numbers, in the clause's own words."""
        return ()

    @property
    @abstractmethod
    def phrases(self) -> tuple[str, ...]:
        """Other words that it takes from the clause."""

    @property
    def limit(self) -> str:
        """The limit as a sign and a number: ≥ 8 家."""
        return ""

    @property
    def bound(self) -> str:
        """The limit's number alone: 8 家."""
        return ""

    @property
    def edge(self) -> str:
        """Whether the limit itself passes, in words: 剛好 8 家可以."""
        return ""

    @abstractmethod
    def judge(self, stated: Stated, today: date) -> Judgement:
        """Hold the condition against the facts."""

    def presses(self, today: date) -> bool:
        """Whether the condition is checked although nobody stated a fact of it: a last day that has passed."""
        del today
        return False

    @property
    def figures(self) -> Mapping[str, frozenset[str]]:
        """The templates of a nearest change that the condition can fill, and with which figures."""
        return {}

    def clashes(self, stated: Stated) -> Iterator[str]:
        """What of the facts cannot be true together, given what the condition is about; in Chinese."""
        del stated
        yield from ()


class QuotingCondition(Condition):
    """A condition without a sign: `words` of the clause tie it to its text."""

    words: tuple[str, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """Its words."""
        return self.words


class ComparingCondition(Condition):
    """A condition that compares a value with a limit; the clause's words for the sign are its phrase."""

    comparison: Comparison

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words that make the limit itself pass or fail."""
        return (self.comparison.by,)

    @property
    def bound(self) -> str:
        """8 家."""
        return self.comparison.bound

    @property
    def limit(self) -> str:
        """≥ 8 家."""
        return self.comparison.limit

    @property
    def edge(self) -> str:
        """剛好 8 家可以."""
        return self.comparison.edge
