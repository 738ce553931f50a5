"""Cited clauses -> the text around them, to be read beside the draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.domain import Clause, Guideline

_AROUND: Final = 2


@dataclass(frozen=True, slots=True)
class ContextLine:
    """A leaf clause; `n` is its number in the reply, None if it is not cited; `gap` if some before it are left out."""

    clause: Clause
    n: int | None
    gap: bool = False


@dataclass(frozen=True, slots=True)
class ClauseContext:
    """Leaves of one entry in the order of the text, the cited ones and their neighbours."""

    label: str
    lines: tuple[ContextLine, ...]


def passages(guideline: Guideline, numbers: Mapping[str, int | None]) -> list[ClauseContext]:
    """The passages around clauses, given with their numbers; clauses that are gone by now are left out."""
    found = []
    entries = dict.fromkeys(guideline.by_id[name].entry for name in numbers if name in guideline.by_id)
    for number in entries:
        leaves = [leaf for leaf in guideline.leaves if leaf.entry == number]
        found.append(ClauseContext(guideline.entry(number).topic, tuple(_lines(leaves, numbers))))
    return found


def _lines(leaves: list[Clause], numbers: Mapping[str, int | None]) -> Iterator[ContextLine]:
    named = [at for at, leaf in enumerate(leaves) if leaf.id in numbers]
    last = -1
    for at, leaf in enumerate(leaves):
        if any(abs(at - other) <= _AROUND for other in named):
            yield ContextLine(leaf, numbers.get(leaf.id), gap=at != last + 1)
            last = at
