"""
Folded text -> the mentions in it: counts, shares, times, and the words that tell what they are.

What the table of cues does not know is left out; the gap stays visible in the
positions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from assistant.reading.numerals import whole
from assistant.reading.periods import period
from assistant.reading.quantities import INSIDE, CountNouns, count, share

# Weak separators end a clause, strong ones a sentence.
_WEAK: Final = r"[,、()/|]"
_STRONG: Final = r"[。;!?\n]|\.(?=\s|$)"
_INSIDE: Final = re.compile(INSIDE)


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention at text[start:end]; `value` by kind, `inside` if the words after it say "of these"."""

    kind: str
    start: int
    end: int
    words: str
    value: object = None
    inside: bool = False


Detail = Callable[[re.Match[str], date], tuple[str, object]]


class Lexer:
    """
    Finds mentions by a table of cues.

    Args:
        cues: kinds and their patterns; at one place of the text the first that matches is taken.
            The kinds count, share, period and number are read here.
        nouns: what is counted.
        details: of a kind whose words matter, what turns its match into its kind and value.
    """

    def __init__(
        self, cues: Sequence[tuple[str, str]], nouns: CountNouns, details: Mapping[str, Detail]
    ) -> None:
        table = (*cues, ("weak", _WEAK), ("strong", _STRONG))
        self._kinds = [kind for kind, _ in table]
        self._pattern = re.compile(
            "|".join(f"(?P<t{place}>{_unnamed(pattern)})" for place, (_, pattern) in enumerate(table))
        )
        self._patterns = {kind: re.compile(pattern) for kind, pattern in cues if kind in details}
        self._nouns, self._details = nouns, details

    def mentions(self, folded: str, today: date) -> tuple[Mention, ...]:
        """All mentions in order; numbers that count none of the nouns (prices, floors, ages) come as "skip"."""
        return tuple(
            self._mention(self._kinds[int(match.lastgroup[1:])], match, today)
            for match in self._pattern.finditer(folded)
            if match.lastgroup is not None and match.group().strip(" ")
        )

    def _mention(self, kind: str, match: re.Match[str], today: date) -> Mention:
        # A space behind a number tells where its clause ends, so it is none of its words.
        words = match.group().rstrip(" ")
        start, end = match.end() - len(match.group().lstrip(" ")), match.start() + len(words)
        words = words.lstrip(" ")
        value: object = None
        inside = False
        if kind == "count":
            value = count(words, self._nouns)
            if value is None:
                return Mention("skip", start, end, words)
            tail = _INSIDE.match(match.string, end)
            if tail:
                end, inside = tail.end(), True
        elif kind == "share":
            value = share(words)
            kind = kind if value is not None else "vague_share"
        elif kind == "period":
            value = period(words, today)
            kind = kind if value is not None else "skip"
        elif kind == "number":
            read = whole(words) if "." not in words else None
            value = read if isinstance(read, int) else None
        elif kind in self._details:
            parts = self._patterns[kind].match(match.string, match.start())
            fits = parts is not None and parts.end() == match.end()
            kind, value = self._details[kind](parts, today) if parts is not None and fits else ("skip", None)
        return Mention(kind, start, end, words, value, inside)


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<[^>]+>", "(?:", pattern)
