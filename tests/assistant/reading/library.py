"""Cues of an invented programme, a library, to read with what knows no programme."""

from __future__ import annotations

from datetime import date
from typing import Final

from assistant.reading.clauses import Group, groups
from assistant.reading.mentions import Lexer
from assistant.reading.quantities import DECIMAL, SHARE, CountNouns
from assistant.reading.roles import Roles
from assistant.reading.slate import Words

TODAY: Final = date(2025, 11, 22)
NOUNS: Final = CountNouns("(?:本|冊|個)", "(?:書)", "books?", "read", "(?:櫃)")
ROLES: Final = Roles(
    said=frozenset({"lent", "numbered"}),
    of_all=frozenset({"numbered"}),
    nouns=frozenset({"old"}),
    leading=frozenset({"old"}),
    labels=frozenset({"lent"}),
    dropped=frozenset({"number"}),
)
WORDS: Final = Words(
    unit="本",
    topic="借出(?:的)?",
    whole="總共",
    kind=r"[ab]\s?類",
    case="書房|館",
    other="(?:隔壁|朋友)的?書房",
    us="我們|這次",
    teller="(?:我|老師|館長)說",
)
LEXER: Final = Lexer(
    (
        ("period", "去年|今年"),
        ("share", SHARE),
        ("count", NOUNS.count),
        ("numbered", "(?P<every>都)?有書號"),
        ("old", "舊書"),
        ("lent", "借出"),
        ("swap", "要換"),
        ("remove", "拿走"),
        ("all", "都"),
        ("us", "我們"),
        ("past", "之前"),
        ("number", DECIMAL),
    ),
    NOUNS,
    {"numbered": lambda match, _today: ("numbered", match["every"] is not None)},
)


def read(text: str) -> tuple[Group, ...]:
    """The groups of a folded text."""
    return groups(text, LEXER.mentions(text, TODAY), ROLES)


def shown(text: str) -> list[str]:
    """The groups of a folded text in short: 「4本 lent period」; a group without number begins with -."""
    return [
        " ".join([group.number.words if group.number else "-", *(word.kind for word in group.words)])
        for group in read(text)
    ]
