"""
The user's text -> one spelling for the grammar, character for character.

Traditional script of Taiwan, half width, lower case. Every character stays at
its place, so a span of the folded text is a span of what the user wrote.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

import opencc

# Spellings that mean the same here and that OpenCC leaves alone.
_SAME: Final = str.maketrans("臺裏佔〜−–—【】「」『』", "台裡占~---()()()")


@cache
def _to_taiwan() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


def fold(text: str) -> str:
    """The text in one spelling; as long as it was, every character at its place."""
    plain = "".join(map(_plain, text))
    converted: str = _to_taiwan().convert(plain)
    if len(converted) != len(plain):
        converted = "".join(_one(character) for character in plain)
    return converted.translate(_SAME)


def _plain(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def _one(character: str) -> str:
    converted: str = _to_taiwan().convert(character)
    return converted if len(converted) == 1 else character
