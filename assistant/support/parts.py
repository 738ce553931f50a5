"""
A text -> its parts, and which part of a clause a part of a sentence speaks of.

Checks hold part against part: what one half of a clause forbids, the other half may permit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

_CUT: Final = re.compile(r"[,;。:!?()\n]")
_NOTE: Final = re.compile(r"\((?:含|註)\)|〔\d+〕|[「」『』]")
# Characters that join words and say nothing by themselves.
_JOINING: Final = frozenset(
    "的了和與及或是在於以對為其該此並且也而但就都會讓把被從到由依按則若如果因等之所可得應須需要能不未無沒有非至少最多個每各們"
    "您我你他她它這那些者時後前中內外上下間才僅只再已曾將亦即否還嗎呢吧喔跟向給來去說看做用即指式位本含"
)
# What asks both ways says neither: 有沒有, 要不要, 具不具體.
_BOTH_WAYS: Final = re.compile(r"([一-鿿]{1,2})不\1|有沒有|是否|能否|可否")
OPEN: Final = "＿"


def plain_of(text: str) -> str:
    """A text in one spelling (NFKC), without marks, quotes, the (含) of 「至少(含)8家」; OPEN for what asks."""
    return _BOTH_WAYS.sub(OPEN, _NOTE.sub("", unicodedata.normalize("NFKC", text)))


def parts_of(text: str) -> tuple[str, ...]:
    """The parts between a text's marks, none of them empty; 、 separates words and no parts."""
    return tuple(part for part in map(str.strip, _CUT.split(text)) if part)


@lru_cache(4096)
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters that say something, numerals and joining characters alone apart."""
    return frozenset(
        text[at : at + 2]
        for at in range(len(text) - 1)
        if text[at : at + 2].isalnum() and not (text[at] in _JOINING and text[at + 1] in _JOINING)
    )


def joining(character: str) -> bool:
    """True for a character that joins words."""
    return character in _JOINING


def nearest(part: str, others: Sequence[str]) -> tuple[str, ...]:
    """Those of the others that share most with a part; several if as much, none if nothing."""
    shared = {other: len(pairs(part) & pairs(other)) for other in others}
    most = max(shared.values(), default=0)
    return tuple(other for other, count in shared.items() if count == most > 0)


def alternatives(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of any of the words, the longest first; of nothing if there are none."""
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: -len(word)))) or r"(?!)")
