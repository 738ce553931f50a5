"""
The user's text -> one spelling for the grammar, character for character.

Traditional script of Taiwan, half width, lower case. Every character stays at
its place, so a span of the folded text is a span of what the user wrote.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

import opencc

# Spellings that mean the same here and that OpenCC leaves alone.
_SAME: Final = str.maketrans("臺裏佔箇○〜−–—【】「」『』", "台裡占個〇~---()()()")
# The sign of a list is no number: 「①總家數16」.
_SIGNS: Final = re.compile(r"[①-⒛⓪-⓿❶-➓]|^[-*•·](?= )", re.MULTILINE)
# Numerals of official letters, told from words (參加, 伍先生) by the measure word behind them.
_FORMAL: Final = re.compile(
    r"(?<![壹貳叁參肆伍陸柒捌玖拾佰仟零])[壹貳叁參肆伍陸柒捌玖拾佰仟零]++(?=\s?(?:[家間攤戶店個位名件人床歲成年月日萬億元]|分之))(?!參加|參年)"
)
_PLAIN: Final = str.maketrans("壹貳叁參肆伍陸柒捌玖拾佰仟", "一二三三四五六七八九十百千")


@cache
def _to_taiwan() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


def fold(text: str) -> str:
    """The text in one spelling; as long as it was, every character at its place."""
    plain = "".join(map(_plain, _SIGNS.sub("\n", text)))
    converted: str = _to_taiwan().convert(plain)
    if len(converted) != len(plain):
        converted = "".join(_one(character) for character in plain)
    spelled = converted.translate(_SAME)
    return _FORMAL.sub(lambda found: found.group().translate(_PLAIN), spelled)


def _plain(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def _one(character: str) -> str:
    converted: str = _to_taiwan().convert(character)
    return converted if len(converted) == 1 else character
