"""What the kinds of mentions of a programme do in a clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NUMBERS: Final = frozenset({"count", "share", "asked", "vague_share", "negative", "decimal"})
CHANGES: Final = frozenset({"add", "remove", "swap", "fill"})


@dataclass(frozen=True, slots=True)
class Roles:
    """
    Sets of kinds.

    `said` are said of a number (borrowed, damaged), those `of_all` also of everybody at once;
    `nouns` name who or what it counts, and those that are `leading` open a clause. `labels`
    may stand before a bare number (「借出: 5」), `apart` are of no number where a space stands
    before or behind them, `dropped` tell nothing of any number.
    """

    said: frozenset[str]
    of_all: frozenset[str]
    nouns: frozenset[str]
    leading: frozenset[str]
    labels: frozenset[str]
    dropped: frozenset[str]
    apart: frozenset[str] = frozenset()
