"""
Several numbers in one clause and the words around them -> which word belongs to which number.

Words of a kind stand before their number (「借出4本」) or behind it (「4本借出」),
and a clause may mix both. Of all ways to share them out the cheapest is taken:
one thing said of each number, words next to their number, no space between,
and nothing said of the number that is the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import Final

from assistant.reading.mentions import Mention
from assistant.reading.quantities import Count
from assistant.reading.roles import CHANGES, Roles

_FORWARD: Final = frozenset({"guard", "past"})
_BESIDE: Final = frozenset({"period", "all", "unsure"})
# Between what is said and the number it leads: 「借出的有4本」.
_LEADS: Final = re.compile(r"(?:的|有|是|只|共|大概|大約|約|就|了|數|差不多|[:=\s])*")
# 「12本要換4本」: what is changed stands right behind its verb.
_AT_ONCE: Final = re.compile(r"[掉了走]*\s?")
# More choices than people write in one clause; beyond them every word looks back.
_MOST: Final = 10


def close(folded: str, number: Mention, word: Mention) -> bool:
    """Whether a noun stands right behind its number: 「7本是舊的」."""
    return not folded[number.end : word.start].strip("的個是都")


def owners(folded: str, words: Sequence[Mention], numbers: Sequence[Mention], roles: Roles) -> list[int]:
    """For each word the place of its number; there are at least two numbers."""
    gaps = [sum(number.end <= word.start for number in numbers) - 1 for word in words]
    fixed: list[int | None] = [
        _fixed(folded, word, gap, numbers, roles) for word, gap in zip(words, gaps, strict=True)
    ]
    free = [place for place, owner in enumerate(fixed) if owner is None and words[place].kind not in _BESIDE]
    best = (
        _cheapest(folded, words, numbers, gaps, fixed, free, roles) if len(free) <= _MOST else [0] * len(free)
    )
    for place, step in zip(free, best, strict=True):
        fixed[place] = gaps[place] + step
    return [
        _beside(words, gaps, fixed, place, roles) if owner is None else owner
        for place, owner in enumerate(fixed)
    ]


def _fixed(folded: str, word: Mention, gap: int, numbers: Sequence[Mention], roles: Roles) -> int | None:
    """The owner of a word that has no choice."""
    if gap < 0:
        return 0
    if gap == len(numbers) - 1:
        return gap
    behind = folded[word.end : numbers[gap + 1].start]
    # A bare number goes with the label that made it a count.
    label = numbers[gap + 1].words.isdecimal() and not behind.strip(" :=")
    if label or word.kind in _FORWARD or (word.kind == "swap" and _AT_ONCE.fullmatch(behind)):
        return gap + 1
    if word.kind in roles.nouns:
        return gap if close(folded, numbers[gap], word) else gap + 1
    if numbers[gap].kind == "share" and numbers[gap + 1].kind == "count" and word.kind in roles.said:
        return gap
    return None


def _cheapest(
    folded: str,
    words: Sequence[Mention],
    numbers: Sequence[Mention],
    gaps: Sequence[int],
    fixed: Sequence[int | None],
    free: Sequence[int],
    roles: Roles,
) -> tuple[int, ...]:
    """For each free word 0 (the number before it) or 1 (the one behind it); of equals the last, which looks forward."""
    whole = _whole(words, numbers, fixed, roles)
    best, least = (0,) * len(free), None
    for steps in product((0, 1), repeat=len(free)):
        owner = dict(enumerate(fixed))
        cost = 0
        for place, step in zip(free, steps, strict=True):
            owner[place] = gaps[place] + step
            cost += _distance(folded, words[place], numbers, gaps[place], step, roles)
        for family in (roles.said, CHANGES):
            said = [owner[place] for place, word in enumerate(words) if word.kind in family]
            cost += 6 * (len(said) - len(set(said))) + sum(2 for one in said if one == whole)
        if least is None or cost <= least:
            best, least = steps, cost
    return best


def _whole(
    words: Sequence[Mention], numbers: Sequence[Mention], fixed: Sequence[int | None], roles: Roles
) -> int | None:
    """The number that is the whole: said to be, or the largest if there are more numbers than things said."""
    for word, owner in zip(words, fixed, strict=True):
        if word.kind in {"us", "total"} and owner is not None:
            return owner
    if len(numbers) <= sum(word.kind in roles.said | CHANGES for word in words):
        return None
    sizes = [number.value.bounds.low if isinstance(number.value, Count) else -1 for number in numbers]
    return sizes.index(max(sizes))


def _distance(
    folded: str, word: Mention, numbers: Sequence[Mention], gap: int, step: int, roles: Roles
) -> int:
    """What speaks against a word going with the number before it (0) or behind it (1)."""
    before, after = folded[numbers[gap].end : word.start], folded[word.end : numbers[gap + 1].start]
    cost = 0
    if step == 1 and word.kind in roles.said and not _LEADS.fullmatch(after):
        cost += 8
    mine, other = (after, before) if step else (before, after)
    if " " in mine and " " not in other:
        # A space stands where others put a comma.
        cost += 4
    return cost


def _beside(
    words: Sequence[Mention], gaps: Sequence[int], fixed: Sequence[int | None], place: int, roles: Roles
) -> int:
    """A time or 都 goes where what is said beside it goes; without one, 都 looks back and a time ahead."""
    for other, owner in enumerate(fixed):
        if owner is not None and words[other].kind in roles.said and gaps[other] == gaps[place]:
            return owner
    return gaps[place] if words[place].kind == "all" else gaps[place] + 1
