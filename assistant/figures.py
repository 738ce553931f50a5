"""The figures and the modal verbs of a text: what may not be added to a clause."""

from __future__ import annotations

import re
from typing import Final

# A figure, or a Chinese numeral that counts something.
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?%?|[一二兩三四五六七八九十百千]+(?=[家年個次月日天倍成類種萬元])")
# 得 alone grants discretion; in these words it does not.
_NOT_MODAL: Final = re.compile(r"取得|獲得|值得|覺得|記得|得以|使得|不得|得到")
_MODALS: Final = ("不得", "應")


def numbers_of(text: str) -> set[str]:
    """The figures of a text: arabic ones, and Chinese numerals that count something."""
    return set(_NUMBER.findall(text))


def modals_of(text: str) -> set[str]:
    """Which of 不得, 應 and the discretionary 得 a text has."""
    found = {modal for modal in _MODALS if modal in text}
    return found | ({"得"} if "得" in _NOT_MODAL.sub("", text) else set())
