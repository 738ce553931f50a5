"""
Which questions copy a question of an evaluation set: what the bank knows by heart measures nothing.

A copy is told by what is left of both once spelling, spaces and punctuation are made
alike: the same pairs of characters (Jaccard index of at least 0.8), or, of texts too
short for that, the same characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from assistant.index.words import fold

NEAR: Final = 0.8
SHORT, TOO_SHORT = 8, 5


def copies(questions: Iterable[str], evaluated: Iterable[str]) -> list[tuple[str, str]]:
    """Each question that is a copy, with the evaluated question that it copies."""
    known = [(one, _plain(one)) for one in evaluated]
    return [
        (question, one) for question in questions for one, plain in known if _alike(_plain(question), plain)
    ]


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) <= SHORT:
        return one == other and len(one) >= TOO_SHORT
    mine, theirs = _pairs(one), _pairs(other)
    return len(mine & theirs) >= NEAR * len(mine | theirs)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
