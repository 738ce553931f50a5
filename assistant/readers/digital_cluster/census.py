"""
What is said of sets of firms -> how many there can be in each, exactly.

A firm was there at first and stayed or left, or came in for one who left or on top; it was
coached within the years that count, before them, or never; it is registered and small or
not. Each statement says how many firms of some kinds there are, or that some kinds do not
occur together; all statements hold at once, so none is a slot that another overwrites.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster.phrases import NotUnderstoodError
from assistant.reading.bounds import Inequalities

# Firms by their traits, each with the values that are meant. Who is told of a time that turns out
# to be another is put there later, so the mapping that a statement holds may change.
Kinds = dict[str, frozenset[str]]
STAY, LEFT, FILL, EXTRA = "stay", "left", "fill", "extra"
IN, OUT, NEVER = "in", "out", "never"
YES, NO = "yes", "no"
NOW: Final = frozenset({STAY, FILL, EXTRA})
OLD: Final = frozenset({STAY, LEFT})
NEW: Final = frozenset({FILL, EXTRA})
# A message that tells of more traits at once than this is none that anybody writes.
_MOST: Final = 160

VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "status": (STAY, LEFT, FILL, EXTRA),
    "coached": (IN, OUT, NEVER),
    "agency": (IN, OUT, NEVER),
    "young": (YES, NO),
    "registered": (YES, NO),
    "small": (YES, NO),
}


def both(one: Kinds, other: Kinds) -> Kinds:
    """The firms that are of both kinds."""
    merged = dict(one)
    for name, values in other.items():
        merged[name] = merged[name] & values if name in merged else values
    return merged


def no(name: str, values: frozenset[str]) -> Kinds:
    """The firms that one trait with these values does not hold of."""
    return {name: frozenset(VALUES[name]) - values}


Part = tuple[Fraction, Kinds]


@dataclass(slots=True)
class Statement:
    """A weighted sum of how many firms there are of several kinds lies between two numbers, both included."""

    parts: tuple[Part, ...]
    low: Fraction
    high: Fraction | None

    def counts(self, kinds: Kinds) -> bool:
        """Whether it says how many firms are of exactly these kinds."""
        return len(self.parts) == 1 and self.parts[0][1] == kinds


@dataclass(slots=True)
class Census:
    """All that was said; a trait of which nothing was said is none of the system's."""

    statements: list[Statement] = field(default_factory=list[Statement])
    closed: list[tuple[Kinds, tuple[Kinds, ...]]] = field(
        default_factory=list[tuple[Kinds, tuple[Kinds, ...]]]
    )

    def count(self, kinds: Kinds, many: Range) -> Statement:
        """So many firms are of these kinds."""
        return self.relate([(1, kinds)], many.low, many.high)

    def none(self, kinds: Kinds) -> Statement:
        """No firm is of these kinds."""
        return self.relate([(1, kinds)], 0, 0)

    def relate(self, parts: Iterable[tuple[int | Fraction, Kinds]], low: int, high: int | None) -> Statement:
        """A weighted sum of how many firms there are of several kinds lies between two numbers."""
        weighted = tuple((Fraction(weight), kinds) for weight, kinds in parts)
        statement = Statement(weighted, Fraction(low), None if high is None else Fraction(high))
        self.statements.append(statement)
        return statement

    def close(self, kinds: Kinds, told: Iterable[Kinds]) -> None:
        """Only those told of are of these kinds."""
        self.closed.append((kinds, tuple(told)))

    def names(self) -> frozenset[str]:
        """The traits that are spoken of."""
        return frozenset(name for one in self.statements for _, kinds in one.parts for name in kinds)

    def ranges(self, asked: Iterable[Kinds]) -> list[Range]:
        """
        How many firms there can be of each of these kinds.

        Raises:
            NotUnderstoodError: the statements contradict each other, or are too many to be one cluster's.
        """
        names = sorted(self.names())
        atoms = [
            dict(zip(names, chosen, strict=True)) for chosen in product(*(VALUES[name] for name in names))
        ]
        if len(atoms) > _MOST:
            raise NotUnderstoodError("too many traits")
        system = Inequalities(len(atoms))
        for one in self.statements:
            row: dict[int, Fraction] = {}
            for weight, kinds in one.parts:
                for place in _places(atoms, kinds):
                    row[place] = row.get(place, Fraction(0)) + weight
            system.add(row, one.low, one.high)
        for kinds, told in self.closed:
            covered = {place for one in told for place in _places(atoms, one)}
            system.add(dict.fromkeys(set(_places(atoms, kinds)) - covered, 1), 0, 0)
        found = system.ranges([dict.fromkeys(_places(atoms, kinds), 1) for kinds in asked])
        if found is None:
            raise NotUnderstoodError("what is said cannot all be true")
        return found


def _places(atoms: list[dict[str, str]], kinds: Kinds) -> list[int]:
    return [
        place
        for place, atom in enumerate(atoms)
        if all(name not in atom or atom[name] in values for name, values in kinds.items())
    ]
