"""A change to a cluster that a message tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.reading.ranges import Number


@dataclass(frozen=True, slots=True)
class Edit:
    """
    A change to the cluster: members added, removed, or swapped for others.

    `coached` is how many of them had 數位群聚 coaching within three years
    (of those that leave, for a swap with `fresh`), None if nobody said.
    `fills` marks newcomers that take the place of those who left; `settled`
    that the number of members told already includes the change; `fresh` that
    those swapped in had none; `again` that it comes on top of the one before it.
    `named` are newcomers whom nobody said to be coming: they may be members
    already. Who becomes so many is told of a scenario, not of what part of it.
    """

    kind: Literal["add", "remove", "swap", "become"]
    count: Number
    coached: Number | None
    start: int
    end: int
    words: str
    fills: bool = False
    settled: bool = False
    fresh: bool = False
    again: bool = False
    named: bool = False
