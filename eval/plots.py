"""What the page of a report draws, as values; charts.html makes SVG of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from eval.calibration import Bin, Point

_BINS: Final = 24


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from 0 to `highest`; `percent` if they are shares."""

    name: str
    highest: float
    percent: bool = True


@dataclass(frozen=True, slots=True)
class Plot:
    """A titled picture: by name, lines of (x, y) and dots of (x, y, radius); bars of equal width from 0 on."""

    title: str
    x: Axis
    y: Axis
    lines: Mapping[str, Sequence[tuple[float, float]]] = field(default_factory=dict)
    dots: Mapping[str, Sequence[tuple[float, float, float]]] = field(default_factory=dict)
    bars: Sequence[int] = ()


def coverage(title: str, covered: str, curves: Mapping[str, Sequence[Point]]) -> Plot:
    """The error of what is given against the share `covered`, the surest first, a line a curve."""
    lines = {name: [(p.coverage, p.error) for p in points] for name, points in curves.items()}
    highest = max((error for points in lines.values() for _, error in points), default=0.1)
    x, y = Axis(covered, 1.0), Axis("answers that are wrong", max(0.1, highest))
    return Plot(title, x, y, lines=lines)


def reliability(title: str, bins: Mapping[str, Sequence[Bin]]) -> Plot:
    """Accuracy against stated confidence; the larger a dot the more answers; on the diagonal all is true."""
    dots = {}
    for name, found in bins.items():
        total = sum(b.n for b in found) or 1
        dots[name] = [(b.confidence, b.accuracy, 3 + 14 * (b.n / total) ** 0.5) for b in found]
    return Plot(title, Axis("stated confidence", 1.0), Axis("came right", 1.0), dots=dots)


def histogram(title: str, milliseconds: Sequence[float]) -> Plot:
    """How many requests took how long; the slowest 1 % are counted in the last bar."""
    ordered = sorted(milliseconds)
    highest = max(1.0, ordered[int(0.99 * (len(ordered) - 1))] if ordered else 0.0)
    counts = [0] * _BINS
    for value in ordered:
        counts[min(_BINS - 1, int(value / highest * _BINS))] += 1
    x, y = Axis("milliseconds", highest, percent=False), Axis("requests", max(counts) or 1, percent=False)
    return Plot(title, x, y, bars=counts)
