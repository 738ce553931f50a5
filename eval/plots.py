"""
Figures -> SVG, written by hand so that the page is one file and needs no plotting library.

Text and axes take the colour of the page; every figure has a title for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from eval.calibration import Bin, Point
from eval.metrics import Proportion

_WIDTH: Final = 560
_HEIGHT: Final = 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 16, 44
_COLOURS: Final = ("#0b6e99", "#c4551b", "#5a7d2a", "#7a4d9e")
_BINS: Final = 24


@dataclass(frozen=True, slots=True)
class Plot:
    """A titled picture, as an SVG element to stand in a page."""

    title: str
    svg: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """A plot's area: values from 0 to (x_max, y_max) to places in the picture."""

    x_max: float
    y_max: float

    def x(self, value: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * value / self.x_max

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / self.y_max

    def axes(self, x_name: str, y_name: str, x_unit: str = "%", y_unit: str = "%") -> Iterator[str]:
        scale = {"%": 100.0}
        for i in range(6):
            at, up = self.x_max * i / 5, self.y_max * i / 5
            yield _line(self.x(0), self.y(up), self.x(self.x_max), self.y(up), "grid")
            yield _text(
                self.x(at), _HEIGHT - _BOTTOM + 16, f"{at * scale.get(x_unit, 1):.0f}{x_unit}", "middle"
            )
            yield _text(_LEFT - 6, self.y(up) + 4, f"{up * scale.get(y_unit, 1):.0f}{y_unit}", "end")
        yield _text((_LEFT + _WIDTH) / 2, _HEIGHT - 8, x_name, "middle")
        yield (
            f'<text transform="translate(12 {_HEIGHT / 2}) rotate(-90)" text-anchor="middle">{escape(y_name)}</text>'
        )


def shares(title: str, rows: Sequence[tuple[str, Proportion]]) -> Plot:
    """One line a share: its value as a dot, its interval as a bar, from 0 to 100 %."""
    height, label = 22, 200
    width = _WIDTH - label - 70
    parts = []
    for n, (name, share) in enumerate(rows):
        y = 14 + n * height
        low, high = share.interval
        value = share.value or 0.0
        parts += [
            _text(label - 8, y + 4, name, "end"),
            _line(label, y, label + width, y, "grid"),
            _line(label + width * low, y, label + width * high, y, "interval"),
            f'<circle cx="{label + width * value:.1f}" cy="{y}" r="4.5" fill="{_COLOURS[0]}"/>',
            _text(label + width + 8, y + 4, f"{value:.0%} of {share.of}", "start"),
        ]
    return _plot(title, parts, 14 + len(rows) * height)


def coverage(title: str, curves: Mapping[str, Sequence[Point]]) -> Plot:
    """The error of the answers given against the share of answerable questions answered, a line a curve."""
    highest = max((p.error for points in curves.values() for p in points), default=0.1)
    frame = _Frame(1.0, max(0.1, highest))
    parts = list(frame.axes("answerable questions answered", "answers that are wrong"))
    for n, points in enumerate(curves.values()):
        path = " ".join(f"{frame.x(p.coverage):.1f},{frame.y(p.error):.1f}" for p in points)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{_COLOURS[n % len(_COLOURS)]}" stroke-width="2"/>'
        )
    return _plot(title, [*parts, *_legend(curves)])


def reliability(title: str, bins: Mapping[str, Sequence[Bin]]) -> Plot:
    """Accuracy against stated confidence; the larger a dot the more answers; on the diagonal all is true."""
    frame = _Frame(1.0, 1.0)
    parts = [*frame.axes("stated confidence", "came right"), _line(*_corners(frame), "ideal")]
    for n, found in enumerate(bins.values()):
        total = sum(b.n for b in found) or 1
        parts += [
            f'<circle cx="{frame.x(b.confidence):.1f}" cy="{frame.y(b.accuracy):.1f}" '
            f'r="{3 + 14 * (b.n / total) ** 0.5:.1f}" fill="{_COLOURS[n % len(_COLOURS)]}" fill-opacity=".55"/>'
            for b in found
        ]
    return _plot(title, [*parts, *_legend(bins)])


def histogram(title: str, milliseconds: Sequence[float]) -> Plot:
    """How many requests took how long; the slowest 1 % are counted in the last bar."""
    ordered = sorted(milliseconds)
    highest = max(1.0, ordered[int(0.99 * (len(ordered) - 1))] if ordered else 0.0)
    counts = [0] * _BINS
    for value in ordered:
        counts[min(_BINS - 1, int(value / highest * _BINS))] += 1
    frame = _Frame(highest, max(counts) or 1)
    wide = frame.x(highest / _BINS) - frame.x(0)
    bars = [
        f'<rect x="{frame.x(highest * n / _BINS):.1f}" y="{frame.y(count):.1f}" width="{wide - 1:.1f}" '
        f'height="{frame.y(0) - frame.y(count):.1f}" fill="{_COLOURS[0]}"/>'
        for n, count in enumerate(counts)
    ]
    return _plot(title, [*frame.axes("milliseconds", "requests", "", ""), *bars])


def _corners(frame: _Frame) -> tuple[float, float, float, float]:
    return frame.x(0), frame.y(0), frame.x(1), frame.y(1)


def _legend(names: Iterable[str]) -> Iterator[str]:
    for n, name in enumerate(names):
        y = _TOP + 10 + 18 * n
        yield f'<rect x="{_LEFT + 12}" y="{y - 9}" width="10" height="10" fill="{_COLOURS[n % len(_COLOURS)]}"/>'
        yield _text(_LEFT + 28, y, name, "start")


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _plot(title: str, parts: Iterable[str], height: float = _HEIGHT) -> Plot:
    inside = "\n".join(parts)
    opening = f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img"><title>{escape(title)}</title>'
    return Plot(title, f"{opening}\n{inside}\n</svg>")
