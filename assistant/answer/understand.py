"""
A question made to stand alone: a follow-up takes the question before it along.

「那B類呢」 and 「如果他不能去呢」 say nothing without the turn before. A short or marked
message is read alone for half, so that a new topic outweighs the old one where its own
words are clear, and for half together with what went before: the last message, and the
last one that stood alone, which says what the conversation is about. 「那B類呢」 after a question about
A類 is that question with the kind exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from assistant.answer.message import goes_on
from assistant.answer.query import Query, Tools
from assistant.index.words import fold
from assistant.leads import share_of_its_own
from assistant.rank import WeightedQuestion

_SAME: Final = re.compile(r"一樣|相同|同樣")


def understand(query: Query, tools: Tools) -> Query:
    """Fill in the ways to read the question; the last one says it in full."""
    return replace(query, ways=tuple(WeightedQuestion(*way) for way in _ways(query, tools)))


def _ways(query: Query, tools: Tools) -> tuple[tuple[str, float], ...]:
    alone, before = query.text, query.message.leans_on(query.text)
    if query.before:
        return ((alone, 0.5), (f"{query.before} {alone}", 0.5))
    if not before:
        return ((alone, 1.0),)
    last = before[-1].text
    exchanged = _exchanged(last, alone, tools.contrasts)
    if exchanged is not None:
        return ((exchanged, 1.0),)
    own = share_of_its_own(fold(alone))
    topic = next((turn.text for turn in reversed(before) if not goes_on(turn.text)), before[0].text)
    rest = (1 - own) / 2
    return ((alone, own), (f"{topic} {alone}", rest), (f"{last} {alone}", rest))


def _exchanged(last: str, message: str, contrasts: tuple[Mapping[str, str], ...]) -> str | None:
    """The question before with one kind exchanged for the one that the message names, if so."""
    before, now = fold(last), fold(message)
    for kinds in contrasts:
        named = [name for name, kind in kinds.items() if re.search(kind, now)]
        asked = [name for name, kind in kinds.items() if re.search(kind, before)]
        if len(named) == len(asked) == 1 and named != asked:
            both = f"{asked[0]}和{named[0]}"
            return re.sub(kinds[asked[0]], both if _SAME.search(now) else named[0], before)
    return None


def kinds_named(text: str, contrasts: tuple[Mapping[str, str], ...]) -> frozenset[str]:
    """The kinds of application that a text names."""
    folded = fold(text)
    return frozenset(
        name for contrast in contrasts for name, kind in contrast.items() if re.search(kind, folded)
    )
