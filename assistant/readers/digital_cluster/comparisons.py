"""「受過的比沒受過的多8家」 「沒受過的是受過的兩倍」 「跟沒受過的是3比7」 「每三家就有一家受過」: two sets compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assistant.readers.digital_cluster.census import NOW, Kinds, both
from assistant.readers.digital_cluster.phrases import TRAITS, NotUnderstoodError, Phrase
from assistant.readers.digital_cluster.talk import Talk
from assistant.reading.mentions import Mention
from assistant.reading.numerals import CHINESE, whole

_N: Final = rf"[\d{CHINESE}]{{1,4}}"
_OF: Final = r"的?(?:家數|店家)?"
_PATTERNS: Final = (
    re.compile(
        rf"(?P<each>每)\s?(?P<first>{_N})\s?[家間個](?:[裡中當]|裡面|當中|就|有|店|大約|平均){{0,4}}"
        rf"(?P<second>{_N})\s?[家間個](?P<one>)(?P<other>[^,]{{1,24}})"
    ),
    re.compile(
        rf"(?P<one>[^,。]{{1,24}}?){_OF}[比較](?P<other>[^,。比]{{1,24}}?){_OF}還?(?P<more>多|少)了?\s?(?P<first>{_N})\s?[家間個]"
    ),
    re.compile(
        rf"(?P<one>[^,。]{{1,24}}?){_OF}(?:剛好|就)?是(?P<other>[^,。]{{1,24}}?){_OF}的?\s?(?P<first>{_N})\s?倍"
    ),
    re.compile(
        rf"(?P<one>[^,。]{{1,24}}?)的?[跟和與](?P<other>[^,。]{{1,24}}?)的?,?(?:家數|比起來|的?比例|之?比|剛好){{0,3}}[是為]?\s?"
        rf"(?P<first>{_N})\s?[比:]\s?(?P<second>{_N})"
    ),
)
# Nobody compares in more words than these.
_LONGEST: Final = 160
_SENTENCE: Final = re.compile(r"[^。;!?\n]+")


@dataclass(frozen=True, slots=True)
class _Ratio:
    """
    One set against another, at a place of the text.

    `share` is (of so many, so many are `other`); else `one` is to `other` as `first` to `second`,
    or `one` are `first` more than `other` where `more` is 1, fewer where it is -1.
    """

    start: int
    end: int
    one: Phrase | None
    other: Phrase
    first: int
    second: int
    more: int = 0


def _comparisons(
    folded: str, found: Sequence[Mention], lex: Callable[[str], Sequence[Mention]]
) -> list[_Ratio]:
    told: list[_Ratio] = []
    for sentence in _SENTENCE.finditer(folded):
        if sentence.end() - sentence.start() > _LONGEST or not any(
            word.kind in {"coached", "registered"} and sentence.start() <= word.start < sentence.end()
            for word in found
        ):
            continue
        for pattern in _PATTERNS:
            match = pattern.search(folded, *sentence.span())
            if match is not None and (one := _comparison(folded, match, found, lex)):
                told.append(one)
                break
    return told


def _comparison(
    folded: str, match: re.Match[str], found: Sequence[Mention], lex: Callable[[str], Sequence[Mention]]
) -> _Ratio | None:
    groups = match.groupdict()
    one, other = (_side(folded, match.span(side), found, lex) for side in ("one", "other"))
    each = "each" in groups
    if other is None or (one is None and not each):
        return None
    first, second = whole(match["first"]), whole(groups.get("second") or "1")
    if not isinstance(first, int) or not isinstance(second, int) or not first or not second:
        raise NotUnderstoodError(match.group())
    more = {"多": 1, "少": -1}.get(groups.get("more") or "", 0)
    return _Ratio(*match.span(), None if each else one, other, first, second, more)


def _side(
    folded: str, span: tuple[int, int], found: Sequence[Mention], lex: Callable[[str], Sequence[Mention]]
) -> Phrase | None:
    """What one side names, if it names one thing that is said of firms."""
    inside = [word for word in found if span[0] <= word.start and word.end <= span[1]]
    inside = inside or list(lex(folded[slice(*span)]))
    words = [word for word in inside if word.kind in {"coached", "registered", "period"}]
    return Phrase(None, [], words, *span) if len([w for w in words if w.kind != "period"]) == 1 else None


def compare(
    talk: Talk, found: Sequence[Mention], lex: Callable[[str], Sequence[Mention]]
) -> list[tuple[int, int]]:
    """
    Take in the comparisons of a message, at most one in a sentence; returns their places.

    Args:
        talk: takes what they say.
        found: the mentions of its text.
        lex: finds mentions in a piece that one mention had swallowed.

    Raises:
        NotUnderstoodError: something is compared with what no side names.
    """
    told = _comparisons(talk.folded, found, lex)
    for one in told:
        now: Kinds = {"status": NOW}
        sides = [
            both(now, talk.meaning(next(word for word in side.words if word.kind in TRAITS), side)[0])
            for side in (one.one, one.other)
            if side is not None
        ]
        if one.one is None:
            talk.ledger.share(sides[0], now, Fraction(one.second, one.first), one.other)
        elif one.more:
            difference = one.more * one.first
            talk.ledger.census.relate([(1, sides[0]), (-1, sides[1])], difference, difference)
        else:
            talk.ledger.census.relate([(one.second, sides[0]), (-one.first, sides[1])], 0, 0)
        for kinds in sides:
            talk.ledger.tell(kinds, now, one.other)
    return [(one.start, one.end) for one in told]
