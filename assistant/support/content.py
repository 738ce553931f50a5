"""The words of a sentence that neither its clauses nor everyday language know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.support.parts import joining, pairs

_HAN: Final = re.compile(r"[一-鿿]")
_NUMERAL: Final = re.compile(r"[\d%.,一二三四五六七八九十百千萬億兩半＿]")
_LATIN: Final = re.compile(r"[A-Za-z]{2,}")
# Whoever says a thing in other words has one of his own in a sentence; more is something of his own.
_SHORT: Final = 2
_OWN: Final = 0.12


def unknown_words(text: str, said: str, known: frozenset[str], everyday: re.Pattern[str]) -> list[str]:
    """
    The runs of two and more characters that no known pair and no everyday word covers.

    `said` is what the clauses say, `known` are pairs of neighbouring characters, and Latin words; `everyday` words say nothing new.
    """
    covered = [
        not _HAN.match(character) or joining(character) or bool(_NUMERAL.match(character))
        for character in text
    ]
    for at in range(len(text) - 1):
        if text[at : at + 2] in known:
            covered[at] = covered[at + 1] = True
    for found in everyday.finditer(text):
        covered[found.start() : found.end()] = [True] * len(found.group())
    bare = "".join("＿" if done else character for character, done in zip(text, covered, strict=True))
    latin = [word for word in _LATIN.findall(text) if word.lower() not in known]
    # 欠稅 says 未欠繳稅捐 in short.
    return [
        run for run in re.findall(r"[^＿]{2,}", bare) if len(run) > _SHORT or not set(run) <= set(said)
    ] + latin


def made_up(text: str, unknown: list[str], foreign: frozenset[str]) -> Iterator[str]:
    """Of unknown words, those that the guideline says elsewhere or is known to be silent on; all if they are many."""
    strange = [word for word in unknown if pairs(word) & foreign]
    yield from strange or (unknown if sum(map(len, unknown)) > _OWN * len(_HAN.findall(text)) else ())
