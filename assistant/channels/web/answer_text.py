"""An answer's text -> paragraphs and lists of plain pieces and citation marks, for pages that link the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from assistant.channels.web.schemas import Citation

_MARK: Final = re.compile(r"(〔\d{1,3}〕)")
_BULLET: Final = "・"
_HEADING_CHARACTERS: Final = 8
_LEAD_CHARACTERS: Final = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """
    Words, or a mark 〔n〕 whose citation is there; `n` is None for words.

    `lead` are the last words before a mark: no line may begin with the mark alone.
    """

    text: str
    n: int | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one kind: points of a list, or paragraphs."""

    is_list: bool
    lines: tuple[tuple[Piece, ...], ...]


def blocks(text: str, citations: Sequence[Citation]) -> list[Block]:
    """The text without the quotes that close it, which a page shows beside it; blank lines are left out."""
    lines = _before_sources([line.strip() for line in text.splitlines() if line.strip()], citations)
    issued = {citation.n for citation in citations}
    return [
        Block(is_list, tuple(tuple(_pieces(line.removeprefix(_BULLET), issued)) for line in group))
        for is_list, group in groupby(lines, key=lambda line: line.startswith(_BULLET))
    ]


def _before_sources(lines: list[str], citations: Sequence[Citation]) -> list[str]:
    """The lines before the first 〔n〕 with its own quote, and before the heading of these."""
    for at, line in enumerate(lines):
        if any(line.startswith(f"〔{c.n}〕") and c.quote in line for c in citations):
            heading = at > 1 and len(lines[at - 1]) <= _HEADING_CHARACTERS and not _MARK.search(lines[at - 1])
            return lines[: at - heading] or lines
    return lines


def _pieces(line: str, issued: set[int]) -> Iterator[Piece]:
    words = ""
    for part in _MARK.split(line):
        if _MARK.fullmatch(part) and int(part[1:-1]) in issued:
            yield Piece(words[:-_LEAD_CHARACTERS])
            yield Piece(part, int(part[1:-1]), words[-_LEAD_CHARACTERS:])
            words = ""
        else:
            words += part
    yield Piece(words)
