"""An answer's lines -> the paragraphs and lists of a page, above and below the verdict's table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from assistant.channels.web.schemas import Answer, Line

# What the table of a verdict says, with what stands below it.
_IN_TABLE: Final = frozenset({"check", "nearest", "assumption"})


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines of one kind: points of a list, or paragraphs; `parted` from what is above where a heading opens it."""

    is_list: bool
    lines: tuple[Line, ...]
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """The runs above and below the table; all of them above where there is no table."""

    above: list[LineGroup]
    below: list[LineGroup]


def parts_of(answer: Answer) -> Parts:
    """
    The lines, parted where the table stands in place of the checks; at their end if none of them is a check.

    What was understood has a form of its own.
    """
    lines = [line for line in answer.lines if line.kind != "understood" or answer.reading is None]
    if answer.verdict is None or not answer.verdict.checks:
        return Parts(_runs(lines, answer), [])
    at = next((at for at, line in enumerate(lines) if line.kind in _IN_TABLE), len(lines))
    return Parts(
        _runs(lines[:at], answer), _runs([line for line in lines[at:] if line.kind not in _IN_TABLE], answer)
    )


def _runs(lines: Sequence[Line], answer: Answer) -> list[LineGroup]:
    """Lines with marks are points of a list, unless they lead or are all there is."""
    listed = len(answer.lines) > 1
    groups = groupby(
        lines, key=lambda line: (listed and bool(line.marks) and line.kind != "lead", line.kind == "heading")
    )
    return [
        LineGroup(is_list, tuple(group), parted=heading and at > 0)
        for at, ((is_list, heading), group) in enumerate(groups)
    ]
