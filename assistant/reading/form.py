"""
A form in which facts are told exactly, and single facts put right by name or number.

What was understood is shown to people as a form. Put right, it comes back as a message in plain
words, 「員工人數：12 人」 on a line for each fact, is kept as one, and is read here without loss:
what stands in it is all that is known. A line that cannot be read is left over, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.facts import Fact, FactError, FactKind, Facts
from assistant.eligibility.rules import RuleBook
from assistant.reading.correction import corrected
from assistant.reading.field import value_in
from assistant.reading.numerals import bounds
from assistant.reading.reading import Reading
from assistant.reading.script import fold

# The first line of a form; what follows is all that is known.
HEADING: Final = "請依這份資料重新判斷："
_HEADING: Final = fold(HEADING)
_ASKED: Final = re.compile(
    r"(?:(?:不是這樣|不對|不是|錯了|有錯|你(?:理解|讀|看|算|搞)錯了?)[,。!\s]*)?(?:我(?:要|想))?更正(?:一下)?[。!]?"
    r"|(?:不對[,。!\s]*)?(?:你)?(?:理解|讀|看|算|搞)錯了[。!]?"
)
# 「第三個錯了」, once a correction was announced: which one, and not yet what is right.
_POINTS: Final = re.compile(r"[^,;。?\n]{1,12}(?:錯了?|不對|要改)[。!]?")
# Each correction of a message, 「不是14家」 behind one left aside.
_PART: Final = re.compile(r"(?:不是)?(?:(?!不是|\s\d{1,2}\s?[項點個]?\s?改)[^,;。\n]|,(?=\d{3}))+")
_TO: Final = r"(?:(?:應該?|要|需要|其實)?(?:改成|改為|是|為)|改)"
# 「2 改成 12 人」 「第三項：4件」 「員工改成12人」 「應該是外縣市」
_AMENDS: Final = re.compile(
    rf"\s*(?:(?:(?:第|編號)\s?)?(?P<number>\d{{1,2}}|(?<=[第號])[一二三四五六七八九十])\s?[項點個]?\s?(?:[.、:]|{_TO}|(?<=[項點個])|\s)"
    rf"|{_TO}|(?P<name>[^:\d]+?)\s?(?:{_TO}|:))\s*(?P<words>\S.*?)\s*"
)
_ENDING: Final = re.compile(r"(?:過的|的|過)$")


def asks_to_correct(text: str, *, again: bool = False) -> bool:
    """Whether a message only says that something was not understood rightly: 「不對，我要更正」; `again`: or which."""
    said = fold(text).strip()
    return _ASKED.fullmatch(said) is not None or (again and _POINTS.fullmatch(said) is not None)


def written(told: Mapping[str, str], kinds: Mapping[str, FactKind]) -> str:
    """The message of a form: its heading, and a line for each fact that has words."""
    lines = [f"{kinds[name].label}：{words.strip()}" for name, words in told.items() if words.strip()]
    return "\n".join([HEADING, *lines])


def is_form(text: str) -> bool:
    """Whether a message begins as a form does."""
    return fold(text).startswith(_HEADING)


def read_form(text: str, book: RuleBook, today: date) -> Reading | None:
    """All facts of a form, exactly as they stand there; None if the message is none."""
    folded = fold(text)
    if not is_form(text):
        return None
    facts, unread = dict[str, Fact](), list[str]()
    labels = {fold(kind.label): kind for kind in book.facts.values()}
    for line in re.finditer(r"[^\n]+", folded[len(_HEADING) :]):
        label, _, words = line.group().partition(":")
        start = len(_HEADING) + line.start() + len(label) + 1
        kind = labels.get(label.strip())
        if not line.group().strip() or (kind and not words.strip()):
            continue
        fact = _fact(book, kind, text[start : start + len(words)], start, today) if kind else None
        if fact is None or fact.name in facts:
            unread.append(text[len(_HEADING) + line.start() : start + len(words)].strip())
        else:
            facts[fact.name] = fact
    return Reading(facts, unread=tuple(unread), contradictions=contradictions(book, facts, today))


def amended(text: str, known: Facts, book: RuleBook, today: date) -> Reading | None:
    """
    The facts known, some put right by their numbers or names; None if the message says anything else.

    The numbers are those under which the known facts are shown, in the order of the programme.
    """
    shown = [kind for name, kind in book.facts.items() if name in known]
    told: dict[str, Fact] = {}
    for part in _PART.finditer(fold(text)):
        found = _AMENDS.fullmatch(part.group())
        if told and part.group().startswith("不是"):
            continue
        if found is None:
            return None
        start = part.start() + found.start("words")
        words = text[start : part.start() + found.end("words")]
        read = (_fact(book, kind, words, start, today) for kind in _meant(found, shown, book))
        fact = next(filter(None, read), None)
        if fact is None:
            return None
        told[fact.name] = fact
    facts = corrected(known, told, book.facts)
    return Reading(facts, contradictions=contradictions(book, facts, today)) if told else None


def _meant(found: re.Match[str], shown: list[FactKind], book: RuleBook) -> Iterator[FactKind]:
    """The facts that a number or a name can be of; without either, the choice that has been made."""
    if found["number"]:
        number = bounds(found["number"])
        yield from shown[number.low - 1 : number.low] if number else ()
    elif found["name"] is None:
        yield from (kind for kind in shown if kind.type == "choice")
    else:
        name = _ENDING.sub("", found["name"].strip())
        yield from (
            kind for kind in (*shown, *book.facts.values()) if name in map(fold, (kind.label, *kind.words))
        )


def _fact(book: RuleBook, kind: FactKind, words: str, start: int, today: date) -> Fact | None:
    try:
        value = value_in(words, kind, book, today)
    except FactError:
        return None
    start += len(words) - len(words.lstrip())
    return Fact(kind.name, value, start, start + len(words.strip()), words.strip())
