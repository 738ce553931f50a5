"""Counts -> the bars of a chart, in whole units of its drawing; the template draws them as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

HEIGHT: Final = 120
STEP: Final = 44
WIDTH: Final = 28


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a column: `kind` is its series, `count` what it stands for."""

    kind: str
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its label below and its total above."""

    label: str
    total: int
    x: int
    top: int
    bars: tuple[Bar, ...]


def stacked(
    labels: Sequence[str], kinds: Sequence[str], counts: Mapping[tuple[str, int], int]
) -> list[Column]:
    """Columns of stacked bars; `counts` is by kind and the column's place, the highest column is HEIGHT."""
    totals = [sum(counts.get((kind, at), 0) for kind in kinds) for at in range(len(labels))]
    highest = max([*totals, 1])
    columns = []
    for at, label in enumerate(labels):
        below, bars = 0, []
        for kind in kinds:
            count = counts.get((kind, at), 0)
            # From the running total, so that rounding never leaves a gap between two bars.
            low, high = below * HEIGHT // highest, (below + count) * HEIGHT // highest
            below += count
            if count:
                bars.append(Bar(kind, count, at * STEP, HEIGHT - high, high - low))
        columns.append(Column(label, totals[at], at * STEP, HEIGHT - below * HEIGHT // highest, tuple(bars)))
    return columns
