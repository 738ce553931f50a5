"""
A generated grid of sentences with the facts they must be read as.

Phrasings × numerals × orders × units × script. It shares nothing with the
grammar: the numerals are spelled here, the simplified script is a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from eval.metamorphic.spelling import STYLES, spelled

_SIMPLIFIED = str.maketrans("輔導過間戶攤個幾類沒還則業裡數員開請嗎換種總報當後這為們於與對現從經達億萬額國級協會點數當無剛認證說處舊離",
                            "辅导过间户摊个几类没还则业里数员开请吗换种总报当后这为们于与对现从经达亿万额国级协会点数当无刚认证说处旧离")  # fmt: skip

PAIRS = ((12, 4), (8, 2), (10, 3), (21, 6), (108, 32), (14, 0), (9, 1), (20, 7))
UNITS = ("家", "間", "攤", "戶", "個成員")


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A pattern over {n} all, {k} coached, {r} the rest, {u} the unit; and the names of the facts it states."""

    pattern: str
    facts: tuple[str, ...] = ("members", "coached_within_3y")
    least: int = 0


PHRASINGS = (
    Phrasing("我們{n}{u},其中{k}{u}兩年前輔導過,可以申請A類嗎?", ("members", "coached_within_3y", "track")),
    Phrasing("其中{k}{u}去年輔導過,全部{n}{u}"),
    Phrasing("全部{n}{u},{k}{u}前年輔導過"),
    Phrasing("我們{n}{u}{k}{u}輔導過可以申請A類嗎", ("members", "coached_within_3y", "track")),
    Phrasing("{r}{u}沒輔導過,{k}{u}有"),
    Phrasing("輔導過的有{k}{u},沒輔導過的有{r}{u}"),
    Phrasing("總共{n}{u},輔導過的{k}{u}"),
    Phrasing("我們有{n}{u} 輔導過{k}{u}"),
    Phrasing("{k}{u}受過輔導,我們共{n}{u}"),
    Phrasing("除了{k}{u}以外都沒受過輔導,總共{n}{u}", least=1),
    Phrasing("群聚成員{n}{u},三年內接受過數位群聚輔導的有{k}{u}"),
    Phrasing("我們一共{n}{u},{k}{u}11個月前輔導過,其他都沒有"),
    Phrasing("目前{n}{u},當中{k}{u}近三年有受過輔導"),
    Phrasing("{n}{u}裡面有{k}{u}輔導過"),
    Phrasing("如果有{n}{u},{k}{u}去年輔導過"),
    Phrasing("總共{n}{u}。{r}{u}從來沒有輔導過。{k}{u}半年前輔導過"),
)
OLDER = (
    Phrasing("我們{n}{u},其中{k}{u}五年前輔導過"),
    Phrasing("全部{n}{u},{k}{u}108年輔導過"),
    Phrasing("總共{n}{u},2019年有{k}{u}輔導過"),
)

# Clauses that may stand in any order, with a comma, a space or a full stop between.
TOTALS = (
    "我們12家",
    "全部12家",
    "共12家",
    "總共有12家",
    "成員12家",
    "群聚有12家",
    "一共十二家店",
    "成員數:12",
    "目前12家",
)
COACHED = (
    "4家兩年前輔導過", "其中4家去年輔導過", "輔導過的有4家", "有4家受過輔導", "去年輔導過4家", "三年內受過輔導的有四家",
    "裡面4家曾經接受數位群聚輔導", "4家在前年參加過數位群聚輔導", "受輔導的是4家", "8家沒輔導過", "除了4家以外都沒輔導過",
)  # fmt: skip
REGISTERED = ("", "都有登記", "2家沒登記")
BETWEEN = (",", " ", "。")
JOINED = {"108年第一次參加": 2019, "我們110年才加入": 2021}
OLD = ("原本10家", "原成員10家", "老成員十家", "我們原來有10家")
SWAPPED = ("換掉3家", "更換3家", "汰換三家", "有3家要換掉")
ADDED = ("另外新增5家", "新增5家", "再加五家", "新加入5家", "增加5家新成員")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and what it must be read as."""

    text: str
    facts: dict[str, object]


def simplified(text: str) -> str:
    """The text in simplified script, as far as the phrasings need."""
    return text.translate(_SIMPLIFIED)


def cases() -> Iterator[Case]:
    """All sentences, in a fixed order."""
    yield from _orders()
    yield from _swaps()
    for phrasings, counts in ((PHRASINGS, True), (OLDER, False)):
        for phrasing in phrasings:
            for number, part in PAIRS:
                if part < phrasing.least:
                    continue
                yield from _spellings(phrasing, number, part, counts=counts)


def _spellings(phrasing: Phrasing, number: int, part: int, *, counts: bool) -> Iterator[Case]:
    known = {"members": number, "coached_within_3y": part if counts else 0, "track": "A類"}
    expected: dict[str, object] = {name: known[name] for name in phrasing.facts}
    for style in STYLES:
        for unit in UNITS:
            text = phrasing.pattern.format(
                n=spelled(number, style), k=spelled(part, style), r=spelled(number - part, style), u=unit
            )
            yield Case(text, expected)
            yield Case(simplified(text), expected)


def _orders() -> Iterator[Case]:
    for members, coached, registered, between in product(TOTALS, COACHED, REGISTERED, BETWEEN):
        expected: dict[str, object] = {"members": 12, "coached_within_3y": 4}
        if registered:
            expected["all_registered"] = registered == "都有登記"
        if registered == "2家沒登記":
            expected["unqualified_members"] = 2
        for order in ((members, coached, registered), (registered, coached, members)):
            yield Case(between.join(filter(None, order)), expected)


def _swaps() -> Iterator[Case]:
    for (joined, year), old, swapped, added, between in product(JOINED.items(), OLD, SWAPPED, ADDED, BETWEEN):
        expected: dict[str, object] = {
            "first_joined_year": year,
            "old_members": 10,
            "replaced_old_members": 3,
            "added_members": 5,
            "members": 15,
        }
        yield Case(between.join((joined, old, swapped, added)), expected)
