"""The reader of any programme, made of the words in its facts.toml; no line of it knows a programme."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.facts import AMOUNTS, FactKind, Facts
from assistant.eligibility.rules import RuleBook
from assistant.reading.asking import asks, asks_something_else
from assistant.reading.correction import corrected, same_told
from assistant.reading.measures import Measure, measures
from assistant.reading.naming import Naming, Vocabulary
from assistant.reading.reader import Reader
from assistant.reading.reading import Reading
from assistant.reading.script import fold
from assistant.reading.statements import DOUBT, OTHERS, Statements, value_of

_YES: Final = re.compile(r"(?:對|是|有|嗯|yes|沒錯|當然)(?:的|啊|呀|喔|有|過|了)*[。!]*")
_NO: Final = re.compile(r"(?:都|完全|從來)?(?:沒有?|不是|否|無|不|no)(?:的|啊|呀|喔|過|了|欠)*[。!]*")


class PlainReader(Reader):
    """Reads by the words of a programme's facts alone; what it did not follow it hands on as unread."""

    def __init__(self, book: RuleBook) -> None:
        self._book, self._vocabulary = book, Vocabulary(book.facts)
        self._units = tuple({kind.unit for kind in book.facts.values() if kind.type == "count"})

    def read(self, text: str, today: date, asked: str | None = None) -> Reading:
        """Read one message; see Reader."""
        folded = fold(text)
        found = measures(folded, today, self._units)
        namings = self._vocabulary.namings(folded)
        told = Statements(text, self._book.facts)
        kind = self._book.facts.get(asked or "")
        ways = () if kind is None else (kind, *self._other_ways(kind))
        if not _reply(told, folded.strip(), ways, found, namings):
            told.read(folded, found, namings)
        asked_for = asks(folded, namings, self._book)
        facts = told.known()
        return Reading(
            facts=facts,
            asks=asked_for,
            unread=told.quoted(),
            contradictions=contradictions(self._book, facts, today),
            other_question=asks_something_else(folded, asked_for),
        )

    def apply(self, known: Facts, reading: Reading) -> Facts:
        """The facts after a message: what it states replaces what told the same thing before; see Reader."""
        return corrected(known, reading.facts, self._book.facts)

    def takes(self, reading: Reading, known: Facts, *, active: bool) -> bool:
        """Whether the rules should take a message; see Reader."""
        if reading.other_question:
            return False
        active = active or bool(known)
        told = bool(reading.facts or reading.contradictions)
        if reading.asks is not None:
            return told or active or bool(reading.unread) or reading.asks in self._book.asks
        return told or (active and bool(reading.unread))

    def _other_ways(self, kind: FactKind) -> tuple[FactKind, ...]:
        """The facts that tell the same thing as one: another grain of its event, a share and its part."""
        return tuple(one for one in self._book.facts.values() if one != kind and same_told(kind, one))

    def suffices(self, facts: Facts) -> bool:
        """Whether a first message has enough to judge by; see Reader."""
        return bool(facts)


def _reply(
    told: Statements,
    text: str,
    ways: tuple[FactKind, ...],
    found: tuple[Measure, ...],
    namings: tuple[Naming, ...],
) -> bool:
    """State the fact that was asked for, or another that tells the same, if the message is nothing but its value."""
    if not ways:
        return False
    kind = ways[0]
    no = _NO.fullmatch(text) is not None
    if kind.type == "yes_no" and (no or _YES.fullmatch(text)):
        told.state(kind, not no, 0, len(told.text))
        return True
    if kind.type in AMOUNTS and no:
        told.state(kind, 0, 0, len(told.text))
        return True
    others = [one for naming in namings for one in naming.kinds if one not in ways]
    if len(found) != 1 or others or DOUBT.search(text) or OTHERS.search(text):
        return False
    for way in ways:
        value = value_of(way, found[0], named=True)
        if value is not None:
            told.state(way, value, found[0].start, found[0].end)
            return True
    return False
