"""
Vague numbers -> the bounds they are read as.

The bounds are wide on purpose: a verdict is given only if all of the range
agrees, so a range that is too narrow could mislead and one that is too wide
only asks.
"""

from __future__ import annotations

from typing import Final

from assistant.eligibility.facts import Range

ABOUT: Final = r"大約莫?|大概|約莫|約|差不多|估計|可能|大致|左右|上下"
NEARLY: Final = r"快要?|將近|接近|(?<![附最])近|幾乎"
UNDER: Final = r"不到|未滿|不滿|少於|低於|小於|沒到|未達|還沒到"
OVER: Final = r"超過|多於|大於|高於|不只|不止|逾"
AT_LEAST: Final = r"至少|最少|起碼"
AT_MOST: Final = r"最多|至多|頂多|不超過|不多於"

_TEN: Final = 10


def about(number: Range) -> Range:
    """大概 12, 12 左右: a tenth either way, at least one."""
    high = number.high
    return Range(
        max(0, number.low - _slack(number.low, _TEN)), None if high is None else high + _slack(high, _TEN)
    )


def nearly(number: Range) -> Range:
    """快 10, 將近 10: below it by a fifth at most; of a few it may be the number itself."""
    return Range(max(0, number.low - _slack(number.low, 5)), number.low)


def under(number: Range) -> Range:
    """不到 8: 7 at most."""
    return Range(0, max(0, number.low - 1))


def over(number: Range) -> Range:
    """超過 8: 9 at least."""
    return Range(number.low + 1, None)


def at_least(number: Range) -> Range:
    """至少 8, 8 以上: 8 itself counts."""
    return Range(number.low, None)


def at_most(number: Range) -> Range:
    """最多 8, 8 以下: 8 itself counts."""
    return Range(0, number.high)


def odd(number: Range, word: str) -> Range | None:
    """十幾, 二十多, 一百餘 -> up to the next round number; 十來 -> about ten; None for 八多."""
    base = number.low
    if number.high != base or base < _TEN or base % _TEN:
        return None
    step = _TEN
    while base % (step * _TEN) == 0:
        step *= _TEN
    if word == "來":
        return Range(base - step // _TEN, base + step // 2)
    return Range(base + 1, base + step - 1)


def _slack(number: int, part: int) -> int:
    return max(1, -(-number // part))
