"""The text of a clause's entry, cut into lines to be read, the clause marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assistant.channels.web.clause_tree import root_of
from assistant.domain import Clause, Guideline

# 「(1)平台特色與規劃:」 before the first item has a line of its own.
_HEADING: Final = re.compile(r"(?<=[:：])(?=.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of the source, marked or not."""

    text: str
    marked: bool


def lines_of(guideline: Guideline, clause_id: str) -> list[list[Run]]:
    """
    The entry's text, every character of it in order, one line for each item.

    Sentences run on in a line. An entry as a whole is not marked: all of it would be.
    """
    clause = guideline.by_id[clause_id]
    root = root_of(guideline, clause.entry)
    starts = sorted({root.start, *_starts(guideline, root)})
    ends = [*starts[1:], root.end]
    low, high = (clause.start, clause.end) if clause is not root else (root.end, root.end)
    return [
        list(_runs(guideline.text, start, end, low, high)) for start, end in zip(starts, ends, strict=True)
    ]


def _starts(guideline: Guideline, root: Clause) -> Iterator[int]:
    """Where lines begin: at the label of an item, and at the item below a heading."""
    at = root.start
    for leaf in guideline.leaves_under(root.id):
        label = guideline.text[at : leaf.start]
        if label.strip() or leaf.title:
            yield at
            yield from (at + heading.start() for heading in _HEADING.finditer(label))
        at = leaf.end


def _runs(text: str, start: int, end: int, low: int, high: int) -> Iterator[Run]:
    cuts = [start, *(cut for cut in (low, high) if start < cut < end), end]
    for left, right in pairwise(cuts):
        if left < right:
            yield Run(text[left:right], low <= left < high)
