"""
A message as it is being cleared of what does not count: blanks stand where words stood, everything else at its place.

What is said of a count, and when, may be kept where the count itself goes, for what comes may refer to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from assistant.reading.numerals import NUMERAL
from assistant.reading.periods import PERIOD

_CLAUSE: Final = re.compile(r"[^,、。;:!?\n]+")
# When somebody found out, not when what he tells was.
_LATELY: Final = r"剛剛|昨天|前天|最近|前陣子|這個月|上個?月|上週|上周"
_STRONG: Final = re.compile(r"[。;!?\n]")


@dataclass(frozen=True)
class Words:
    """
    The words of a programme by which it is told whose figure is which, as pieces of patterns over folded text.

    `unit` stands behind a count; `topic` is said of those counted, `whole` of the count of all;
    `kind` is what is applied for, `case` what applies; `other` names a case that is not the
    writer's, `us` his own, `teller` whoever tells a figure.
    """

    unit: str
    topic: str
    whole: str
    kind: str
    case: str
    other: str
    us: str
    teller: str

    @cached_property
    def count(self) -> re.Pattern[str]:
        """A count; its first group is the numeral."""
        return re.compile(rf"({NUMERAL})\s?{self.unit}")

    @cached_property
    def kept(self) -> re.Pattern[str]:
        """What stays where a count goes."""
        denied = r"(?:都|從來?|也)?(?:沒有?|未曾?|不曾)?"
        return re.compile(rf"{denied}(?:{self.topic})|{self.kind}|(?!{_LATELY})(?:{PERIOD})")


@dataclass(slots=True)
class Slate:
    """A folded message that is being cleared; `left` are the places of what could not be told apart."""

    text: str
    words: Words
    left: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    def clauses(self) -> Iterator[re.Match[str]]:
        """What stands between two marks, in order."""
        return _CLAUSE.finditer(self.text)

    def counts(self, start: int, end: int) -> list[re.Match[str]]:
        """The counts between two places."""
        return list(self.words.count.finditer(self.text, start, end))

    def topic(self, start: int, end: int) -> str:
        """What is said of those counted between two places; empty if nothing is."""
        found = re.compile(self.words.topic).search(self.text, start, end)
        return found.group() if found else ""

    def sentence_end(self, place: int) -> int:
        """Where the sentence around a place ends."""
        return end.start() if (end := _STRONG.search(self.text, place)) else len(self.text)

    def clear(self, start: int, end: int, kept: re.Pattern[str] | None = None) -> None:
        """Blank the words between two places, but those that are `kept`."""
        words = [" "] * (end - start)
        for found in kept.finditer(self.text, start, end) if kept else ():
            words[found.start() - start : found.end() - start] = found.group()
        self.write(start, "".join(words))

    def write(self, place: int, words: str) -> None:
        """Put words in the place of as many characters."""
        self.text = self.text[:place] + words + self.text[place + len(words) :]
