"""Counts -> the bars of a chart, in whole units of its drawing; the template draws them as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

HEIGHT: Final = 120
STEP: Final = 44
WIDTH: Final = 28
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a column: `kind` is its series, `count` what it stands for."""

    kind: str
    count: int
    y: int
    height: int


def stacked(
    places: Sequence[T], kinds: Sequence[str], counts: Mapping[tuple[str, T], int]
) -> list[list[Bar]]:
    """A column of bars for each place, the lowest first; the highest column is HEIGHT."""
    highest = max([1, *(sum(counts.get((kind, at), 0) for kind in kinds) for at in places)])
    columns = []
    for at in places:
        below, bars = 0, list[Bar]()
        for kind in kinds:
            count = counts.get((kind, at), 0)
            # From the running total, so that rounding never leaves a gap between two bars.
            low, high = below * HEIGHT // highest, (below + count) * HEIGHT // highest
            below += count
            if count:
                bars.append(Bar(kind, count, HEIGHT - high, high - low))
        columns.append(bars)
    return columns
