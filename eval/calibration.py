"""
Are stated probabilities true, and what does abstaining buy?

In: pairs of a confidence from 0 to 1 and whether it came right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Stated = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose confidence lies in `low` to `high` (high itself only in the last bin)."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Point:
    """At a threshold: the share of the answerable questions answered, and the share of all answers that is wrong."""

    threshold: float
    coverage: float
    error: float


def reliability(stated: Sequence[Stated], bins: int = 10) -> list[Bin]:
    """Bins of equal width that hold any answer: mean confidence beside the share that came right."""
    found = []
    for i in range(bins):
        inside = [s for s in stated if min(int(s[0] * bins), bins - 1) == i]
        if inside:
            confidence = sum(c for c, _ in inside) / len(inside)
            accuracy = sum(right for _, right in inside) / len(inside)
            found.append(Bin(i / bins, (i + 1) / bins, len(inside), confidence, accuracy))
    return found


def expected_calibration_error(stated: Sequence[Stated], bins: int = 10) -> float | None:
    """
    Mean distance of confidence and accuracy over bins of equal width, weighted by their size.

    Naeini, Cooper and Hauskrecht 2015. None of nothing.
    """
    if not stated:
        return None
    return sum(b.n * abs(b.accuracy - b.confidence) for b in reliability(stated, bins)) / len(stated)


def area_under_risk(stated: Sequence[Stated]) -> float | None:
    """
    The share that is wrong of the surest 1, 2, … n, on average over all n: 0 if no right one is less sure than a wrong one.

    The area under the curve of risk and coverage (Geifman, Uziel and El-Yaniv 2019); those of one
    confidence each count for the share wrong up to the last of them. None of nothing.
    """
    points = coverage_curve([(confidence, right, True) for confidence, right in stated])
    before = [0.0, *(point.coverage for point in points)]
    area = sum((p.coverage - low) * p.error for p, low in zip(points, before, strict=False))
    return area if points else None


def coverage_curve(asked: Sequence[tuple[float, bool, bool]]) -> list[Point]:
    """
    From a threshold that only the most confident answer passes to one that all pass.

    In: for every question the confidence of its best answer, whether that answer is
    right, and whether the question has an answer at all. Answers of equal confidence
    are given together, so each point is a threshold that can be set.
    """
    ordered = sorted(asked, key=lambda one: -one[0])
    answerable = sum(has_answer for _, _, has_answer in ordered)
    points, wrong, covered = [], 0, 0
    for n, (confidence, right, has_answer) in enumerate(ordered, 1):
        wrong += not right
        covered += has_answer
        if n == len(ordered) or ordered[n][0] < confidence:
            points.append(Point(confidence, covered / answerable if answerable else 0.0, wrong / n))
    return points


def error_at(points: Sequence[Point], coverage: float) -> float | None:
    """The error at the first point of a curve that covers at least that share; None if none does."""
    return next((point.error for point in points if point.coverage >= coverage - 1e-12), None)
