"""
The label grammar of Taiwanese guidelines: text -> the marks that open its items.

條、點 (第三條, 第五點), 壹、 一、 (一) 1. (1) 甲、 for the ladder that official
documents use, A類 for classes, 備註 and ※註 for notes, and 角色: for paragraphs
named by whom they speak of. Marks often stand in running text with no line
break before them, so a candidate counts only where it goes on with an open
list or opens a new one: 「...等2.平台」 is item 2 after item 1, 「108年度」 and
「3.5倍」 are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cn2an

NUMERALS: Final = "〇零一二三四五六七八九十百"
STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_CLOSES_LINE: Final = r"(?:^|(?<=\n))[ \t　]*"
# Before a list mark: 「第(1)款」「依1.」 speak of an item, they do not open one.
_NOT_A_REFERENCE: Final = r"(?<![第前依見如及或至])"
_NOT_REFERRED: Final = r"(?![點款項目條])"


@dataclass(frozen=True, slots=True)
class Style:
    """One way of numbering: its name, its pattern (group `n` holds the ordinal), whether it names."""

    name: str
    pattern: re.Pattern[str]
    named: bool = False


# Order decides where two styles match at one place.
STYLES: Final = (
    *(
        Style(word, re.compile(rf"{_CLOSES_LINE}第\s*(?P<n>[{NUMERALS}\d]+)\s*{word}(?:之\d+)?[ \t　、:：]*"))
        for word in "條點"
    ),
    Style("壹、", re.compile(r"(?:^|(?<=[\s。;；:：]))(?P<n>[壹貳參肆伍陸柒捌玖拾]{1,3})、")),
    Style("一、", re.compile(rf"(?:^|(?<=[\s。;；:：]))(?P<n>[{NUMERALS}]{{1,3}})、")),
    Style("(一)", re.compile(rf"{_NOT_A_REFERENCE}[(（](?P<n>[{NUMERALS}]{{1,3}})[)）]{_NOT_REFERRED}")),
    Style("甲、", re.compile(rf"(?:^|(?<=[\s。;；:：]))(?P<n>[{STEMS}])、")),
    Style(
        "A類", re.compile(r"(?<![A-Za-z])(?P<n>[A-Z])類(?=\s*(?:[:：、\n]|[(（]?\d{1,2}[.．)）、]))[:：、]?")
    ),
    Style("(1)", re.compile(rf"{_NOT_A_REFERENCE}[(（](?P<n>\d{{1,2}})[)）]{_NOT_REFERRED}")),
    Style("1.", re.compile(rf"(?<![\d.第依見如])(?P<n>\d{{1,2}})[.．、](?!\d){_NOT_REFERRED}")),
    Style(
        "註", re.compile(r"(?:^|(?<=[\s。;；]))※?(?P<n>備註|附註|註)\d*[:：]|※(?P<m>註)\d*[:：]?"), named=True
    ),
    Style(
        "角色", re.compile(r"(?:^|(?<=[\s。;；]))(?P<n>[一-鿿]{2,10})(?<!如下)(?<!下列)(?=[:：])"), named=True
    ),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """
    A label in the text, at `start:end` (characters of the source).

    `segment` is its part of a clause id, `depth` how many marks it lies under.
    The title of a 角色 paragraph opens its sentence, so that such a mark is empty.
    """

    style: str
    segment: str
    start: int
    end: int
    depth: int


def find_marks(text: str, start: int, end: int) -> list[Mark]:
    """
    The marks of text[start:end] in order, each with its depth.

    A mark is accepted when its ordinal follows the last one of an open list of
    its style (deeper lists then close), or is the first of a new list. Notes and
    named paragraphs stand at the top and close every list but the outermost.
    """
    marks: list[Mark] = []
    open_lists: list[tuple[str, int]] = []
    for style, match in _candidates(text, start, end):
        segment = next(value for value in match.groupdict().values() if value)
        if style.named:
            # Words right behind a mark, as in 「(3) 預期效益:」, are the title of that item.
            if style.name == "角色" and marks and not text[marks[-1].end : match.start()].strip():
                continue
            del open_lists[1:]
            if not open_lists:  # a list that comes now lies below this paragraph, not beside it
                open_lists.append((style.name, 0))
            stop = match.start() if style.name == "角色" else match.end()
            marks.append(Mark(style.name, segment, match.start(), stop, 0))
            continue
        ordinal = ordinal_of(segment)
        depth = next((i for i, (name, _) in enumerate(open_lists) if name == style.name), len(open_lists))
        expected = open_lists[depth][1] + 1 if depth < len(open_lists) else 1
        if ordinal != expected:
            continue
        del open_lists[depth:]
        open_lists.append((style.name, ordinal))
        shown = segment if style.name == "A類" else str(ordinal)
        marks.append(Mark(style.name, shown, match.start(), match.end(), depth))
    return marks


def ordinal_of(numeral: str) -> int:
    """三 -> 3, 貳 -> 2, 12 -> 12, 乙 -> 2, B -> 2; 0 for what is no number, such as 十十."""
    if numeral.isdecimal():
        return int(numeral)
    if numeral in STEMS:
        return STEMS.index(numeral) + 1
    if numeral.isascii():
        return ord(numeral) - ord("A") + 1
    try:
        return int(cn2an.cn2an(numeral.replace("參", "叁"), "smart"))  # it knows 叁 only
    except ValueError:
        return 0


def _candidates(text: str, start: int, end: int) -> Iterator[tuple[Style, re.Match[str]]]:
    """Every place where a style matches, left to right, without overlap."""
    found = [
        (match.start(), rank, style, match)
        for rank, style in enumerate(STYLES)
        for match in style.pattern.finditer(text, start, end)
    ]
    reach = start
    for at, _, style, match in sorted(found, key=lambda item: item[:2]):
        if at >= reach:
            reach = match.end()
            yield style, match
