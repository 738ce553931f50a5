"""The working of a share, in words: the number that passes, and the next one that does not."""

from __future__ import annotations

from fractions import Fraction

from assistant.eligibility.notation import percent
from assistant.eligibility.rules import Rule
from assistant.eligibility.share import ShareAtMost
from assistant.eligibility.solution import Step


def held(share: ShareAtMost, part: int, whole: int) -> str:
    """3 ÷ 12 = 25%,沒有超過 30%; the limit itself is named as such."""
    if not whole:
        return f"{part} ÷ {whole}"
    exact = Fraction(part, whole)
    passes = share.passes(part, whole)
    if exact == share.maximum.share:
        return f"{part} ÷ {whole} = {percent(exact)},{share.edge}"
    # 301 ÷ 1003 rounds to 30% and is more; then no rounded figure is shown.
    shown = "" if percent(exact) == share.bound else f" = {percent(exact)}"
    return f"{part} ÷ {whole}{shown}，{'沒有超過' if passes else '超過'} {share.bound}"


def most_step(rule: Rule, share: ShareAtMost, number: int, whole: int) -> Step:
    """Why `number` is the largest part of `whole`."""
    words = f"{number} 家時 {held(share, number, whole)}"
    if number < whole:
        words += f"；{number + 1} 家時 {held(share, number + 1, whole)}"
    return Step(words, (rule,))


def whole_step(rule: Rule, share: ShareAtMost, part: int, number: int) -> Step:
    """Why `number` is the smallest whole for `part`."""
    if not part:
        return Step(f"{part} 家時不受 {share.bound} 的限制", (rule,))
    words = f"全部 {number} 家時 {held(share, part, number)}"
    if number - 1 >= part:
        words += f"；{number - 1} 家時 {held(share, part, number - 1)}"
    return Step(words, (rule,))
