"""What a message was read as: facts, changes to a scenario, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from assistant.eligibility.facts import Fact, Facts, Range

Number = int | Range


class Ask(StrEnum):
    """What a message asks of the eligibility tool."""

    VERDICT = "verdict"
    MAX_COACHED = "max_coached"
    MIN_MEMBERS = "min_members"
    MISSING_MEMBERS = "missing_members"
    NEWCOMERS_NEEDED = "newcomers_needed"
    DROP_COACHED = "drop_coached"
    MIN_OLD_MEMBERS = "min_old_members"
    MAX_REPLACED = "max_replaced"
    SHARE = "share"
    WHICH_TRACK = "which_track"
    TRACKING_END = "tracking_end"
    BAN_END = "ban_end"
    PRESENTER = "presenter"


@dataclass(frozen=True, slots=True)
class Edit:
    """
    A change to the cluster: members added, removed, or swapped for others.

    `coached` is how many of them had 數位群聚 coaching within three years
    (of those that leave, for a swap with `fresh`), None if nobody said.
    `fills` marks newcomers that take the place of those who left; `settled`
    that the number of members told already includes the change; `fresh` that
    those swapped in had none.
    """

    kind: Literal["add", "remove", "swap"]
    count: Number
    coached: Number | None
    start: int
    end: int
    words: str
    fills: bool = False
    settled: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One message read.

    `facts` holds what it states, without the edits. `vague` quotes what was
    too vague to use, `assumptions` says in Chinese what the reading takes for
    granted, `contradictions` what cannot be. `other_question` is true if the
    message asks for something that is not eligibility.
    """

    facts: Facts = field(default_factory=dict[str, Fact])
    edits: tuple[Edit, ...] = ()
    asks: Ask | None = None
    vague: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    other_question: bool = False

    @property
    def track(self) -> str | None:
        """The kind of application named, if any."""
        fact = self.facts.get("track")
        return fact.value if fact is not None and isinstance(fact.value, str) else None


Known = Mapping[str, Fact]
