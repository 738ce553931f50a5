"""The numbers of clauses that decide how a sentence is read: they stand in the rules and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.eligibility.quoted import PROGRAMME_YEAR
from assistant.eligibility.rules import RuleBook


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How long ago counts, in years, and which year; None where no rule reads the fact, so that nothing is told by it.

    `coached` is of a member's coaching, `newcomers` of a newcomer's, `startup` of the
    founding that exempts it; `first` is the Gregorian year of first taking part.
    """

    coached: int | None = None
    newcomers: int | None = None
    startup: int | None = None
    first: int | None = None

    @classmethod
    def of(cls, book: RuleBook) -> Limits:
        """The limits that the rules set; those of newcomers stand in one rule, the exemption's after the other."""
        years = dict(enumerate(_years(book, "newcomers_coached_smea")))
        coached = dict(enumerate(_years(book, "coached_within_3y")))
        first = [one.number for one in book.parameters("first_joined_year") if one.unit == PROGRAMME_YEAR]
        return cls(coached.get(0), years.get(0), years.get(1), first[0] if first else None)


def _years(book: RuleBook, fact: str) -> list[int]:
    return [number.number for number in book.parameters(fact) if number.unit == "年"]
