"""Counts of which only bounds may be known, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assistant.eligibility.facts import Range

Number = int | Range
ZERO: Final = Range(0, 0)
ONE: Final = Range(1, 1)


def as_range(value: Number) -> Range:
    """A count as bounds."""
    return value if isinstance(value, Range) else Range(value, value)


def as_number(value: Range) -> Number:
    """Bounds as a plain count where they leave no choice."""
    return value.low if value.low == value.high else value


def plus(one: Range, other: Range) -> Range:
    """The bounds of a sum."""
    high = None if one.high is None or other.high is None else one.high + other.high
    return Range(one.low + other.low, high)


def minus(one: Range, other: Range) -> Range:
    """The bounds of a difference, not below zero."""
    low = 0 if other.high is None else max(0, one.low - other.high)
    return Range(low, None if one.high is None else max(0, one.high - other.low))


def total(parts: Iterable[Range]) -> Range:
    """The bounds of a sum of many."""
    whole = ZERO
    for part in parts:
        whole = plus(whole, part)
    return whole
