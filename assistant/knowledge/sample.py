"""
Which questions of the bank show what a change would do: one of each target, and those most like its own.

Both builds have learnt from them, so nearly all are right before; what counts is which no longer are.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from zlib import crc32

from assistant.knowledge.vetting import letters

LIKE = 100


def sample(bank: Iterable[tuple[str, str]], like: Sequence[str]) -> list[tuple[str, str]]:
    """
    Questions of a bank, each with its target's key, in the bank's order; the same for the same bank.

    Of each target one is drawn. Beside them stand the 100 that share most pairs of characters with
    those of `like`, which are left out themselves.
    """
    rows = [(question, key) for question, key in bank if question not in like]
    drawn: dict[str, tuple[str, str]] = {}
    for row in sorted(rows, key=lambda row: crc32(row[0].encode())):
        drawn.setdefault(row[1], row)
    theirs = frozenset().union(*map(_pairs, like))
    near = ((len(mine & theirs) / len(mine), row) for row in rows if (mine := _pairs(row[0])) & theirs)
    chosen = {*drawn.values(), *(row for _, row in heapq.nlargest(LIKE, near))}
    return [row for row in rows if row in chosen]


def _pairs(question: str) -> frozenset[str]:
    plain = letters(question)
    return frozenset(plain[n : n + 2] for n in range(len(plain) - 1))
