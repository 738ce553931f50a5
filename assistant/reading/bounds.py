"""
Equations and inequalities of counts -> the least and the greatest that a sum of them can be, exactly.

The two-phase simplex method with Bland's rule (Bland 1977, Math. Oper. Res. 2:103) over
Fractions: no rounding decides a rule, and it ends always.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Final

from assistant.eligibility.facts import Range

Sum = Mapping[int, Fraction | int]
_ZERO: Final = Fraction(0)


@dataclass(slots=True)
class Inequalities:
    """Non-negative unknowns 0 … `size` - 1, and rows that say what sums of them are: (sum, least, greatest or None)."""

    size: int
    rows: list[tuple[dict[int, Fraction], Fraction, Fraction | None]] = field(
        default_factory=list[tuple[dict[int, Fraction], Fraction, Fraction | None]]
    )

    def add(self, parts: Sum, low: int | Fraction, high: int | Fraction | None) -> None:
        """Say that a sum lies between two numbers, both included."""
        row = {place: Fraction(weight) for place, weight in parts.items() if weight}
        self.rows.append((row, Fraction(low), None if high is None else Fraction(high)))

    def ranges(self, sums: Iterable[Sum]) -> list[Range] | None:
        """The whole numbers that each sum can be, None if the rows contradict each other."""
        tableau = _Tableau(self)
        if not tableau.feasible():
            return None
        return [
            _whole(tableau.least(one), tableau.least({key: -weight for key, weight in one.items()}))
            for one in sums
        ]


def _whole(low: Fraction | None, less: Fraction | None) -> Range:
    """The whole numbers from the least of a sum to its greatest, which is told with its sign turned."""
    return Range(0 if low is None else max(0, ceil(low)), None if less is None else floor(-less))


class _Tableau:
    """The rows as equations with slack, brought to a basis in which all unknowns are at least zero."""

    def __init__(self, system: Inequalities) -> None:
        self._size = system.size
        equations: list[tuple[dict[int, Fraction], Fraction]] = []
        slack = system.size
        for row, low, high in system.rows:
            if high == low:
                equations.append((dict(row), low))
                continue
            if low > 0 or any(weight < 0 for weight in row.values()):
                equations.append(({**row, slack: Fraction(-1)}, low))
                slack += 1
            if high is not None:
                equations.append(({**row, slack: Fraction(1)}, high))
                slack += 1
        self._width = slack + len(equations)
        self._rows: list[list[Fraction]] = []
        self._basis: list[int] = []
        for place, (row, right) in enumerate(equations):
            sign = -1 if right < 0 else 1
            line = [_ZERO] * (self._width + 1)
            for unknown, weight in row.items():
                line[unknown] = sign * weight
            line[slack + place], line[-1] = Fraction(1), sign * right
            self._rows.append(line)
            self._basis.append(slack + place)
        self._real = slack

    def feasible(self) -> bool:
        """Whether anything satisfies all rows; the artificial unknowns are then out."""
        cost = [_ZERO] * self._real + [Fraction(1)] * (self._width - self._real)
        worth = self._minimise(cost, self._width)
        if worth is None or worth != 0:
            return False
        for place, unknown in enumerate(self._basis):
            if unknown >= self._real:
                column = next((c for c in range(self._real) if self._rows[place][c]), None)
                if column is not None:
                    self._pivot(place, column)
        kept = [place for place, unknown in enumerate(self._basis) if unknown < self._real]
        self._rows = [self._rows[place] for place in kept]
        self._basis = [self._basis[place] for place in kept]
        return True

    def least(self, parts: Sum) -> Fraction | None:
        """The least that a sum can be, None if it has no least."""
        cost = [_ZERO] * self._width
        for unknown, weight in parts.items():
            cost[unknown] = Fraction(weight)
        return self._minimise(cost, self._real)

    def _minimise(self, cost: Sequence[Fraction], width: int) -> Fraction | None:
        reduced = [*cost, _ZERO]
        for place, unknown in enumerate(self._basis):
            if weight := reduced[unknown]:
                reduced = [
                    one - weight * other for one, other in zip(reduced, self._rows[place], strict=True)
                ]
        while True:
            column = next((c for c in range(width) if reduced[c] < 0), None)
            if column is None:
                return -reduced[-1]
            ratios = [
                (row[-1] / row[column], self._basis[place], place)
                for place, row in enumerate(self._rows)
                if row[column] > 0
            ]
            if not ratios:
                return None
            place = min(ratios)[2]
            self._pivot(place, column)
            weight = reduced[column]
            row = self._rows[place]
            reduced = [one - weight * other for one, other in zip(reduced, row, strict=True)]

    def _pivot(self, place: int, column: int) -> None:
        pivot = self._rows[place][column]
        turned = [one / pivot if one else one for one in self._rows[place]]
        self._rows[place] = turned
        for other, row in enumerate(self._rows):
            if other != place and (weight := row[column]):
                self._rows[other] = [
                    one - weight * two if two else one for one, two in zip(row, turned, strict=True)
                ]
        self._basis[place] = column
