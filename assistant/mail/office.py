"""What this office sends itself, known again where it comes back without a mark of quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_LEAD: Final = re.compile(r"謝謝您來信詢問「|以下依.{1,30}條文回覆，〔")
_SALUTATION: Final = re.compile(r"\s*.{0,30}您好：\s*\Z")
_CITING: Final = re.compile(r".{0,400}〔\d{1,3}〕\s*\Z")
_SOURCES: Final = re.compile(r"\s*(?:依據條文（.{1,100}）|依據)\s*\Z|\s*〔\d{1,3}〕.{1,200}：「")
_CLOSING: Final = re.compile(r"\s*(?:以上說明供您參考；|.{1,40} 諮詢窗口\s*\Z|承辦人：.{0,20}\Z)")
# Who names our words in a sentence of his own asks about them.
_NAMES: Final = re.compile(r"[?？嗎]|請問|您說|你們說|貴單位|上次|來函|前信|回信")


def without_office(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of the writer, and those of a letter or an answer of ours among them."""
    inside = _letter(lines)
    own: list[str] = []
    ours: list[str] = []
    for at, line in enumerate(lines):
        cites = _SOURCES.match(line) or (_CITING.match(line) and not _NAMES.search(line))
        (ours if at in inside or cites else own).append(line)
    return own, ours


def _letter(lines: Sequence[str]) -> range:
    """Where a whole letter of ours stands, from its salutation to its signature."""
    lead = next((at for at, line in enumerate(lines) if _LEAD.search(line)), None)
    if lead is None:
        return range(0)
    above = [at for at in range(max(0, lead - 3), lead) if lines[at].strip()]
    start = above[-1] if above and _SALUTATION.match(lines[above[-1]]) else lead
    parts = (at for at in range(lead, len(lines)) if _ours(lines[at]))
    return range(start, max(parts, default=lead) + 1)


def _ours(line: str) -> bool:
    return any(words.match(line) for words in (_CITING, _SOURCES, _CLOSING))
