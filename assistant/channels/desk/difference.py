"""Two texts -> what was taken out and put in, piece by piece, and how much it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from typing import Final, Literal

# Compared are phrases, not characters: readable, and quick for any length.
_PHRASE: Final = re.compile(r"[^，。；！？、：,;!?\n]*[，。；！？、：,;!?\n]+|[^，。；！？、：,;!?\n]+")


@dataclass(frozen=True, slots=True)
class TextChange:
    """A piece of text that stayed, was taken out, or was put in."""

    kind: Literal["same", "out", "in"]
    text: str


def changes(before: str, after: str) -> list[TextChange]:
    """The pieces of both texts in reading order."""
    old, new = _PHRASE.findall(before), _PHRASE.findall(after)

    def pieces() -> Iterator[TextChange]:
        # By its own rule a phrase that makes up much of a long text is no place to begin at: each of them would be tried with each.
        for kind, i, j, k, n in SequenceMatcher(None, old, new).get_opcodes():
            if kind == "equal":
                yield TextChange("same", "".join(old[i:j]))
                continue
            if i < j:
                yield TextChange("out", "".join(old[i:j]))
            if k < n:
                yield TextChange("in", "".join(new[k:n]))

    return list(pieces())


def share_changed(before: str, after: str) -> int:
    """How much of two texts differs, in whole percent of their characters."""
    total = len(before) + len(after)
    differing = sum(len(change.text) for change in changes(before, after) if change.kind != "same")
    return 0 if not total else -(-differing * 100 // total)


def share_lost(block: str, text: str) -> int:
    """How much of a block is nowhere in a text any more, in whole percent of its characters."""
    lost = sum(len(phrase) for phrase in _PHRASE.findall(block) if phrase.strip() not in text)
    return lost * 100 // max(len(block), 1)


def diff_lines(before: str, after: str) -> str:
    """The difference as lines with + and -, for the record."""
    lines = unified_diff(before.splitlines(), after.splitlines(), "before", "after", lineterm="", n=1)
    return "\n".join(lines)
