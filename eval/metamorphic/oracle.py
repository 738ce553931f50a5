"""
The guideline counted by hand: what is due on figures, in every world that the words leave open.

It shares nothing with the engine and the rules: whole numbers, and the text of entries 5 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Due = Literal["eligible", "ineligible", "open"]
ELIGIBLE: Final = "eligible"
INELIGIBLE: Final = "ineligible"
OPEN: Final = "open"
FIRST_YEAR: Final = 108
_LEAST: Final = {"群聚": 8, "A類": 8, "B類": 10}


@dataclass(frozen=True, slots=True)
class World:
    """
    One way in which it may be; None is what nobody said.

    `members` today, of whom `coached` within three years and `out` not registered; for B類 `joined` (year),
    `replaced` of `old` members, `newcomers` coached by the agency within three years, founded longer ago than five.
    """

    members: int
    coached: int | None = None
    out: int = 0
    joined: int | None = None
    old: int | None = None
    replaced: int | None = None
    newcomers: int | None = None


def due(track: str, worlds: Iterable[World]) -> Due:
    """What must be decided; open where the worlds differ, or one of them lacks a figure."""
    found = {_in(track, world) for world in worlds}
    return found.pop() if len(found) == 1 else OPEN


def _in(track: str, world: World) -> Due:
    conditions: list[bool | None] = [world.members - world.out >= _LEAST[track]]
    if track == "A類":
        conditions.append(_coached_share(world))
    if track == "B類":
        old, replaced = world.old, world.replaced
        conditions += [
            None if world.joined is None else world.joined == FIRST_YEAR,
            None if old is None or replaced is None else replaced * 100 <= old * 30,
            None if world.newcomers is None else world.newcomers == 0,
        ]
    if False in conditions:
        return INELIGIBLE
    return OPEN if None in conditions else ELIGIBLE


def _coached_share(world: World) -> bool | None:
    """Whether who does not count for the minimum is one of 「群聚企業總數」 is not said: both ways must agree."""
    if world.coached is None:
        return None
    both = {world.coached * 100 <= total * 30 for total in (world.members, world.members - world.out)}
    return both.pop() if len(both) == 1 else None
