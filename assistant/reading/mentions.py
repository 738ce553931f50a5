"""What stands in a text that tells something: a number, a time, or a word beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention at text[start:end]; `value` by kind, `inside` if the words after it say "of these"."""

    kind: str
    start: int
    end: int
    words: str
    value: object = None
    inside: bool = False
