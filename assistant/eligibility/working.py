"""The working of a limit, in words: the number that passes, and the next one that does not."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from assistant.eligibility.condition import Sign
from assistant.eligibility.notation import amount, bare, percent
from assistant.eligibility.rules import Rule
from assistant.eligibility.share import Share
from assistant.eligibility.solution import WorkingStep
from assistant.eligibility.threshold import Threshold

_ASKS: Final[Mapping[Sign, str]] = {">=": "至少要", ">": "要超過", "<=": "至多", "<": "要未滿"}


def held(share: Share, part: int, whole: int) -> str:
    """3 ÷ 12 = 25%,沒有超過 30%; the limit itself is named as such."""
    shown = f"{bare(part, share.unit)} ÷ {bare(whole, share.unit)}"
    if not whole:
        return shown
    exact = Fraction(part, whole)
    if exact == share.limit_share:
        return f"{shown} = {percent(exact)}，{share.shown.edge}"
    # 301 ÷ 1003 rounds to 30% and is more; then no rounded figure is shown.
    rounded = "" if percent(exact) == share.shown.bound else f" = {percent(exact)}"
    below = "不到" if share.is_floor else "沒有超過"
    return f"{shown}{rounded}，{'超過' if exact > share.limit_share else below} {share.shown.bound}"


def part_step(rule: Rule, share: Share, number: int, whole: int) -> WorkingStep:
    """Why `number` is the outermost part of `whole` that passes."""
    beyond = number - 1 if share.is_floor else number + 1
    words = f"{amount(number, share.unit)}時 {held(share, number, whole)}"
    if share.unit != "元" and 0 <= beyond <= whole:
        words += f"；{amount(beyond, share.unit)}時 {held(share, beyond, whole)}"
    return WorkingStep(words, (rule,))


def whole_step(rule: Rule, share: Share, part: int, number: int, out: int) -> WorkingStep:
    """Why `number` is the outermost whole for `part` that passes, and how many more where some do not count."""
    if not part:
        free = (
            f"全部至多 {amount(number, share.unit)}" if share.is_floor else f"不受 {share.shown.bound} 的限制"
        )
        return WorkingStep(f"{amount(part, share.unit)}時{free}", (rule,))
    beyond = number + 1 if share.is_floor else number - 1
    words = f"全部 {amount(number, share.unit)}時 {held(share, part, number)}"
    if share.unit != "元" and beyond >= part:
        words += f"；{amount(beyond, share.unit)}時 {held(share, part, beyond)}"
    return WorkingStep(words + _besides(number, out, share.unit), (rule,))


def threshold_step(rule: Rule, threshold: Threshold, out: int) -> WorkingStep:
    """What a limit asks, and how many more it takes where some do not count."""
    least, unit = threshold.last, threshold.unit
    words = f"{_ASKS[threshold.sign]} {threshold.shown.bound}（{threshold.shown.edge}）"
    return WorkingStep(words + _besides(least, out, unit), (rule,))


def _besides(number: int, out: int, unit: str) -> str:
    """How many there must be, those who do not count included."""
    if not out:
        return ""
    return f"，另有 {amount(out, unit)}不計入，{number} + {out} = {amount(number + out, unit)}"
