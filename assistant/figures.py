"""The figures and the modal verbs of a text: what may not be added to a clause."""

from __future__ import annotations

import re
from typing import Final

# A figure, or a Chinese numeral that counts something; 第一次, 哪一年 and 一家都不能 count nothing.
_NUMBER: Final = re.compile(
    r"\d+(?:\.\d+)?%?|(?<![第哪])(?!一.都[不沒])[一二兩三四五六七八九十百千]+(?=[家年個次月日天倍成類種萬億元人])"
)
# 得 alone grants discretion and 應 alone binds; in these words they do neither.
_NOT_MODAL: Final = re.compile(
    r"取得|獲得|值得|覺得|記得|得以|使得|得到|所得|心得|得知|得分|得獎|難得|懂得|顯得|捨得|曉得|認得|贏得|免得|省得"
    r"|應用|供應|反應|因應|對應|效應|適應|響應|感應|相應|應對|應徵|應變|應付|應酬|答應|回應|呼應"
)


def figures_of(text: str) -> set[tuple[str, str]]:
    """The figures of a text, each with the character behind it: 8家 and 8 家 are ("8", "家")."""
    return {(found[0], text[found.end() :].lstrip()[:1]) for found in _NUMBER.finditer(text)}


def modals_of(text: str) -> set[str]:
    """Which of 不得, 應 and the discretionary 得 a text has."""
    rest = _NOT_MODAL.sub(" ", text)
    found = {"不得"} if "不得" in rest else set()
    rest = rest.replace("不得", " ")
    return found | {modal for modal in ("應", "得") if modal in rest}
