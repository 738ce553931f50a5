"""The conditions and exceptions that a clause sets to what it says, and those that a sentence leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.support.parts import pairs

# What comes first governs what follows; an exception governs what it follows.
_CONDITION: Final = re.compile(
    r"若(?!為)[^,。]+|如有[^,。]+|倘[^,。]+|非因[^,。而]+|經[^,。、]{0,8}(?:屬實|同意|核[准定可]|認定)|違反[^,。]+時"
)
_EXCEPTION: Final = re.compile(r"[^,。]*(?:不在此限|除外)|除[^,。]+外|不含[^,。]+|但[^,。]+")
_EXCEPTED: Final = re.compile(r"例外|除外|不受|不在此限|不適用|不限|不(?:列入|計入?|算|包括|包含|含)")
_SHARED: Final = 2
_NAME: Final = 2


def dropped(sentence: str, shown: str, parts: Sequence[str]) -> Iterator[str]:
    """Conditions of a clause, given by its parts, that govern what a sentence says and that nothing shown says."""
    said, there = pairs(sentence), pairs(shown)
    for at, part in enumerate(parts):
        for condition in _found(_CONDITION, part):
            governed = [part.replace(condition, ""), *parts[at + 1 :]]
            others = [other.replace(condition, "") for other in parts]
            if _speaks(said, governed, condition) and not there & _own(condition, others):
                yield condition
        for exception in _found(_EXCEPTION, part):
            governed = [*parts[:at], part.replace(exception, "")]
            if _speaks(said, governed, exception) and not _excepted(exception, sentence, shown, parts[:at]):
                yield exception


def _excepted(exception: str, sentence: str, shown: str, before: Sequence[str]) -> bool:
    """True if an exception is said, or if it only keeps apart what a sentence names anyhow: 舊攤位, not 新攤位."""
    if exception.startswith("不含") and before and before[-1][:2] in sentence:
        return True
    return _EXCEPTED.search(shown) is not None


def conditions_of(text: str) -> list[str]:
    """The conditions and exceptions in a text."""
    return [*_found(_CONDITION, text), *_found(_EXCEPTION, text)]


def _found(pattern: re.Pattern[str], part: str) -> list[str]:
    return [found.group() for found in pattern.finditer(part)]


def _own(condition: str, governed: Sequence[str]) -> frozenset[str]:
    """What a condition says that the rest of its clause does not say too, if anything."""
    rest = frozenset[str]().union(*map(pairs, governed))
    return pairs(condition) - rest or pairs(condition)


def _speaks(said: frozenset[str], governed: Sequence[str], condition: str) -> bool:
    return len(said & (frozenset[str]().union(*map(pairs, governed)) - pairs(condition))) >= _SHARED


def narrowed(part: str, stands: str) -> str:
    """What a part of a sentence leaves out of a clause's 「甲、乙或丙」 of which it says one; empty: nothing."""
    if "或" not in stands or re.search(r"[或、]|其中|等|任一", part):
        return ""
    said, pieces = pairs(part), re.split(r"、?或|、", stands)
    # What stands before the first and behind the last is said of all.
    pieces = [pieces[0][-_NAME:], *pieces[1:-1], pieces[-1][:_NAME]]
    left = [piece for piece in pieces if not said & pairs(piece)]
    return left[0] if 0 < len(left) < len(pieces) else ""


def uncovered(sentence: str, parts: Sequence[str]) -> Iterator[str]:
    """The pieces of a clause of which a sentence says nothing: 「只要…就」 says that there are none."""
    said = pairs(sentence)
    for piece in (piece for part in parts for piece in re.split(r"[、或]", part)):
        if pairs(piece) and not said & pairs(piece):
            yield piece
