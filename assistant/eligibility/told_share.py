"""A share as people tell it: which whole numbers it can mean, and how it is said again."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from assistant.eligibility.condition import ceil
from assistant.eligibility.facts import Range, ShareRange
from assistant.eligibility.notation import percent

# Shares of such parts are told roughly: tenths, quarters, a third.
_ROUGH: Final = 10


def parts_of(told: ShareRange, whole: int) -> Range:
    """
    The whole numbers that a told share can mean; none (high below low) if it is the rounded share of none.

    What is told roughly (a third, three tenths) may lie on either side, 31% is rounded to a percent.
    """
    low, high = told.low * whole, told.high * whole
    if told.low == told.high:
        steps = next((steps for steps in (100, 1000) if (steps * told.low).denominator == 1), 0)
        if told.low.denominator <= _ROUGH or not steps:
            return Range(low // 1, ceil(high))
        half = Fraction(whole, 2 * steps)
        return Range(max(0, ceil(low - half)), min(whole, (high + half) // 1))
    first = low // 1 + 1 if told.low_open else ceil(low)
    last = ceil(high) - 1 if told.high_open else high // 1
    return Range(first, last) if first <= last else Range(low // 1, ceil(high))


def between(told: ShareRange) -> str:
    """不到 30%, 至少 20%, 20%~30%."""
    if told.low == 0:
        return f"{'不到' if told.high_open else '至多'} {percent(told.high)}"
    if told.high == 1:
        return f"{'超過' if told.low_open else '至少'} {percent(told.low)}"
    return f"{percent(told.low)}~{percent(told.high)}"
