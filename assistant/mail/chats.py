"""A chat that LINE exported -> what was said in it, without times, names, stickers and dates."""

from __future__ import annotations

import re
from typing import Final

_TITLE: Final = re.compile(
    r"\s*\[LINE\]\s*(?:與.{0,80}的聊天記錄|.{0,80}的聊天記錄|Chat history)", re.IGNORECASE
)
_SAVED: Final = re.compile(r"\s*(?:儲存日期|Saved on)\s*[:：]")
_DAY: Final = re.compile(
    r"\s*\d{4}[./年]\s?\d{1,2}[./月]\s?\d{1,2}日?\s*(?:[（(].{1,3}[)）]|(?:星期|週)[一二三四五六日])?\s*\Z"
)
_TIME: Final = r"(?:(?:上午|下午|凌晨|早上|中午|晚上)\s?\d{1,2}:\d{2}|\d{1,2}:\d{2}(?:\s?[AP]M)?)"
_SAID: Final = re.compile(rf"\s*{_TIME}\t(?P<name>[^\t]{{0,60}})(?:\t(?P<words>.*))?\Z", re.IGNORECASE)
_SAID_SPACED: Final = re.compile(rf"\s*{_TIME}\s(?P<name>\S{{1,30}})\s(?P<words>.*)\Z", re.IGNORECASE)
_SHOWN: Final = re.compile(
    r"\s*(?:\[?(?:貼圖|照片|影片|檔案|語音訊息|相簿|聯絡資訊|位置資訊|記事本|Sticker|Photo|Video|File)\]?\s*\Z|☎|.{0,30}已收回訊息|.{0,30}加入聊天)"
)
_FEWEST: Final = 2


def told(text: str) -> str:
    """The messages of an exported chat, a paragraph each; the same text if it is none."""
    lines = text.split("\n")
    titled = any(_TITLE.match(line) for line in lines[:8])
    if not titled and sum(_SAID.match(line) is not None for line in lines) < _FEWEST:
        return text
    shape = _SAID if any(_SAID.match(line) for line in lines) else _SAID_SPACED
    paragraphs: list[str] = []
    for line in lines:
        found = shape.match(line)
        if found:
            paragraphs += ["", (found["words"] or "").strip('"')]
        elif not (_TITLE.match(line) or _SAVED.match(line) or _DAY.match(line)):
            paragraphs.append(line.strip('"'))
    return "\n".join(line for line in paragraphs if not _SHOWN.match(line)).strip("\n")
