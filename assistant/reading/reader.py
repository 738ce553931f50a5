"""What reads the messages of one programme; a programme whose sentences need a grammar of their own has its own."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from assistant.eligibility.facts import Facts
from assistant.reading.reading import Reading


class Reader(Protocol):
    """What a person writes -> facts of one programme."""

    def read(self, text: str, today: date, asked: str | None = None) -> Reading:
        """
        Read one message.

        Args:
            text: as the user wrote it; simplified or traditional script.
            today: the date in Taiwan.
            asked: name of the fact that the assistant has just asked for, so that a bare number is its answer.
        """
        ...

    def apply(self, known: Facts, reading: Reading) -> Facts:
        """The facts after a message, given those before it."""
        ...

    def takes(self, reading: Reading, known: Facts, *, active: bool) -> bool:
        """Whether the rules should take a message, given the facts before it; `active` if they took the last one."""
        ...

    def suffices(self, facts: Facts) -> bool:
        """Whether the facts of a first message are enough to judge by, or only mentioned beside another question."""
        ...
