"""
List numbers, footnotes and the marks of our letters: signs beside a text, never figures in it.

They are taken off before normalisation makes digits of them: ⒈12家 would be 1.12, 12²家 122.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import numeric

# ① ⑴ ⒈ ❶ ➀ ㈠ ㊀ and their like.
_DRAWN: Final = "\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289"
_DIGITS: Final = "[0-9０-９]{1,2}"
_HAN: Final = "[一二三四五六七八九十]{1,3}"
_DIGIT: Final = "[0-9０-９]"
_SPACE: Final = r"[ \t\u3000]*"
_SIGN: Final = re.compile(
    rf"{_SPACE}(?:(?P<drawn>[{_DRAWN}])|[(（](?P<inside>{_DIGITS}|{_HAN})[)）]"
    rf"|(?P<number>{_DIGITS}|{_HAN})(?P<stop>[、)）.．]))(?P<gap>{_SPACE})"
)
_BULLET: Final = re.compile(rf"{_SPACE}(?:[-*+•・●○◎■□◆◇▪▶►※☆★✓✔]|[A-Za-z][.、)）])[ \t\u3000]")
_FIGURE: Final = re.compile(rf"{_DIGIT}|[一二兩三四五六七八九十百]{{1,4}}[家間店戶位人個年]")
_LEADING: Final = re.compile(rf"(?P<value>{_DIGIT}+|{_HAN})\s*(?P<counted>[家間店戶位人個所隊組])?")
_DRAWN_SIGN: Final = re.compile(rf"(?<!{_DIGIT})[{_DRAWN}]")
_RAISED: Final = re.compile(
    r"(?<=[0-9０-９\u3400-\u9fff，。、；：？！」』），.;:?!)])[\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089]+"
)
_FOOTNOTE: Final = re.compile(
    rf"(?<={_DIGIT})[{_DRAWN}](?=[\u3400-\u9fff])|[\[（(【]註\s?{_DIGIT}{{1,2}}[\])）】]"
)
_MARK: Final = re.compile(rf"〔\s?{_DIGIT}{{1,3}}\s?〕")
# A mark that is spoken of: 「信末的〔3〕是哪一條」.
_SPOKEN: Final = re.compile(rf"(?:(?<=[的是第見看依按照與和及跟])|(?<=\A)){_MARK.pattern}(?=[\u3400-\u9fff])")
_ASKS: Final = re.compile(
    r"[?？]|[嗎呢]|請問|請教|想問|想知道|是否|[能可得會應需]否|如何|怎|哪|幾|多少|[什甚]麼|何|誰|惠請|敬請|釋示|釋疑"
    r"|請[^。，,]{0,12}(?:說明|告知|回覆|惠|列)"
)
_ENDED: Final = re.compile(r"[。；;]\s*\Z")
_MOST: Final = 50
_LARGEST_TENTH: Final = 9
_VALUES: Final = {han: value for value, han in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class ListSign:
    """The sign of an item of a list: its number, its style, and where the item begins."""

    number: int
    style: str
    end: int
    spaced: bool


def opens_item(line: str) -> bool:
    """Whether a line begins with the sign of a list."""
    found = _sign(line)
    if found is None:
        return _BULLET.match(line) is not None
    # 「1.5倍」 and 「2、3家」 may as well go on with a sentence.
    return found.spaced or not re.match(_DIGIT, line[found.end :]) or found.style == "drawn"


def without_signs(lines: Sequence[str]) -> list[str]:
    """The lines without footnotes and marks; a list number stays only where it cannot be taken for a figure."""
    bare = [_FOOTNOTE.sub("", _RAISED.sub("", _MARK.sub("", _SPOKEN.sub("那一條", line)))) for line in lines]
    split = [piece for line in bare for piece in _items(line)]
    signs = [_sign(line) for line in split]
    known = {(sign.style, sign.number) for sign in signs if sign is not None}
    several = sum(sign is not None for sign in signs) > 1
    return [
        line if sign is None else _unsigned(line, sign, known, several=several)
        for line, sign in zip(split, signs, strict=True)
    ]


def speaks_of_mark(line: str) -> bool:
    """Whether a line asks about a clause by the mark that it had in an old letter."""
    return _SPOKEN.search(line) is not None


def _sign(line: str) -> ListSign | None:
    found = _SIGN.match(line)
    if found is None:
        return None
    spaced = bool(found["gap"])
    if found["drawn"]:
        return ListSign(int(numeric(found["drawn"])), "drawn", found.end(), spaced)
    written = found["number"] or found["inside"]
    style = f"{found['stop'] or '()'}{'' if written.isdigit() else '一'}"
    return ListSign(_value(written), style, found.end(), spaced)


def _unsigned(line: str, sign: ListSign, known: set[tuple[str, int]], *, several: bool) -> str:
    item = line[sign.end :]
    beside = {(sign.style, sign.number - 1), (sign.style, sign.number + 1)} & known
    if _FIGURE.match(item):
        return item if sign.style in {"drawn", "()", "()一"} or beside or _surely(sign, item) else line
    if several and _ENDED.search(item) and not _ASKS.search(item):
        return item
    if sign.style == "drawn":
        return f"({sign.number}){item}"
    return line


def _surely(sign: ListSign, item: str) -> bool:
    """Whether 「2、8家」 or 「1.12家」 is an item, not a range or a decimal: no range leaps, and no half firm is counted."""
    found = _LEADING.match(item)
    if found is None:
        return False
    if sign.style.startswith(("、", ")", "）")):
        return not _is_range(sign.number, _value(found["value"]))
    return bool(found["counted"]) and (sign.spaced or _value(found["value"]) > _LARGEST_TENTH)


def _is_range(low: int, high: int) -> bool:
    """Whether people say two numbers on end for one that they do not know: 「2、3家」, 「3、5家」, 「10、20家」."""
    return high == low + 1 or (low, high) == (3, 5) or (low % 10 == high % 10 == 0)


def _items(line: str) -> list[str]:
    """A line of several items, each a line: 「①最少幾家②成員資格」, 「1、12家店 2、4家輔導過」."""
    drawn = list(_DRAWN_SIGN.finditer(line))
    if 1 < len(drawn) <= _MOST and int(numeric(drawn[0][0])) == 1:
        starts = [found.start() for found in drawn]
        return [piece for piece in _cut(line, starts) if piece.strip()]
    first = _sign(line)
    if first is None or first.number != 1 or not re.match(_DIGIT, line[first.end :]):
        return [line]
    stop = re.escape(first.style[:1])
    starts = [
        found.start("number")
        for found in re.finditer(rf"[\s。？！；;?!](?P<number>[2-9]){stop}(?={_DIGIT})", line[first.end :])
    ]
    return _cut(line, [first.end + start for start in starts])


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    edges = [0, *starts, len(line)]
    return [line[a:b] for a, b in itertools.pairwise(edges)]


def _value(written: str) -> int:
    """The number of a sign: １２ and 十二 are 12."""
    if written.isdigit():
        return int(written)
    tens, _, ones = written.rpartition("十")
    head = (_VALUES.get(tens[:1], 1) * 10) if "十" in written else 0
    return head + _VALUES.get(ones[:1], 0)
