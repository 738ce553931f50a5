"""An answer's text -> paragraphs and lists of plain pieces and citation marks, for pages that link the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from assistant.channels.web.schemas import Citation

_MARK: Final = re.compile(r"(〔\d{1,3}〕)")
BULLET: Final = "・"
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
    """Lines of one kind: points of a list, or paragraphs; `parted` from what is above by a blank line."""

    is_list: bool
    lines: tuple[tuple[Piece, ...], ...]
    parted: bool = False


def blocks(text: str, citations: Sequence[Citation]) -> list[Block]:
    """The text without the quotes that close it, which a page shows beside it."""
    return blocks_of(body_lines(text, citations), citations)


def blocks_of(lines: Sequence[str], citations: Sequence[Citation]) -> list[Block]:
    """Lines in blocks; blank ones part them and are left out."""
    issued = {citation.n for citation in citations}
    found: list[Block] = []
    parted = False
    for kind, group in groupby(lines, key=_kind):
        if kind is None:
            parted = bool(found)
            continue
        pieces = tuple(tuple(_pieces(line.removeprefix(BULLET), issued)) for line in group)
        found.append(Block(kind, pieces, parted))
        parted = False
    return found


def body_lines(text: str, citations: Sequence[Citation]) -> list[str]:
    """The lines before the first 〔n〕 with its own quote, and before the heading of these."""
    lines = [line.strip() for line in text.splitlines()]
    for at, line in enumerate(lines):
        if any(line.startswith(f"〔{c.n}〕") and c.quote in line for c in citations):
            heading = at > 1 and len(lines[at - 1]) <= _HEADING_CHARACTERS and not _MARK.search(lines[at - 1])
            body = lines[: at - heading]
            return body if any(body) else lines
    return lines


def _kind(line: str) -> bool | None:
    """Whether a line is a point of a list; None for a blank one."""
    return line.startswith(BULLET) if line else None


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
