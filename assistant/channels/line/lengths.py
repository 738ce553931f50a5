"""
Lengths as LINE counts them, and texts cut to them.

Texts are counted in UTF-16 code units, labels in grapheme clusters
(developers.line.biz, "Text: character counting in a text", read 2026-11).
"""

from __future__ import annotations

from typing import Final

import regex

CUT: Final = "…"
_GRAPHEMES: Final = regex.compile(r"\X")
_SENTENCES: Final = regex.compile(r"[^。！？!?；\n]*(?:[。！？!?；\n]+[」』）〕]*(?:〔\d+〕)*|$)")


def utf16(text: str) -> int:
    """How many UTF-16 code units a text has: an emoji or a rare character counts as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut_label(text: str, most: int) -> str:
    """The text in one line, of at most `most` characters that people see; a cut one ends in 「…」."""
    seen = _GRAPHEMES.findall(" ".join(text.split()))
    return "".join(seen if len(seen) <= most else [*seen[: most - 1], CUT])


def cut_text(text: str, most: int, ending: str = CUT) -> str:
    """
    The text, of at most `most` UTF-16 code units, cut behind a sentence and closed by `ending`.

    A first sentence that is too long itself is cut between characters.
    """
    if utf16(text) <= most:
        return text
    room = most - utf16(ending)
    kept = _upto(room, _SENTENCES.findall(text))
    return (kept.rstrip() or _upto(room, _GRAPHEMES.findall(text))) + ending


def _upto(room: int, pieces: list[str]) -> str:
    kept: list[str] = []
    for piece in pieces:
        room -= utf16(piece)
        if room < 0:
            break
        kept.append(piece)
    return "".join(kept)
