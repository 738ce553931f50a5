"""
A count or a share as written -> its bounds.

「大概12個」 「8到10本」 「十幾張」 「三成五」 「百分之三十一」 「4/12」. The patterns
are searched by the lexer (mentions); here the matched words are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from assistant.eligibility.facts import Range, ShareRange
from assistant.reading import vague
from assistant.reading.numerals import NUMERAL, WORD, bounds, whole

INSIDE: Final = r"(?:的?裡面|的?裡頭|裡|當中|之中|中(?!小|心|午|部|型|等|央|意|途|間|斷|止))"

_HEDGE: Final = (
    rf"(?:{vague.AT_MOST}|{vague.AT_LEAST}|{vague.UNDER}|{vague.OVER}|{vague.NEARLY}|{vague.ABOUT})"
)
_BODY: Final = rf"(?:{NUMERAL}\s?\({NUMERAL}\)|[半{'一兩二三四五'}]打|好幾十?|[{'一二兩三四五六七八九'}]?十[幾多來餘]|\d+[多餘幾]|[一二兩三四五六七八九]?百[多來餘]|幾十|{NUMERAL}\s?(?:[~\-至到、或]|或者|or|to)\s?{NUMERAL}|{NUMERAL})"
# 「3家還是4家」 is either.
_OR: Final = r"(?:還是|或是|或者|或)"
_EITHER: Final = re.compile(rf"({NUMERAL})\s?\D{{1,2}}{_OR}({NUMERAL})\D*")
_AFTER: Final = r"(?:左右|上下|以上|以下|以內|多(?!少)|出頭)"

_PARTS: Final = re.compile(
    rf"(?P<hedge>(?:(?:{_HEDGE})(?:有|只有|是|在)?\s?){{0,2}})(?P<body>{_BODY}|{WORD})\s?(?P<mid>{_AFTER})?.*?(?P<end>{_AFTER})?"
)
# 「十二(12)家」, as official letters have it.
_TWICE: Final = re.compile(rf"({NUMERAL})\s?\(({NUMERAL})\)")
_SOME: Final = {"好幾": Range(3, 9), "幾十": Range(20, 99), "好幾十": Range(20, 99), "半打": Range(6, 6)}
_SPAN: Final = re.compile(rf"(?P<low>{NUMERAL})\s?(?:[~\-至到、或]|或者|or|to)\s?(?P<high>{NUMERAL})")

DECIMAL: Final = r"\d+(?:\.\d+)?"
SHARE: Final = (
    rf"(?:{_HEDGE}\s?)?(?:(?<![做行走]到)(?:一半|半數)(?:以上|以下|多|左右)?|過半數?|[一二兩三四五六七八九1-9]成(?!員|立|為|本|長|果|功|效|交|熟)[一二三四五六七八九半]?(?:以上|以下|多|左右)?"
    rf"|{NUMERAL}分之{NUMERAL}(?!\s?[年個月])|百分之{NUMERAL}(?:以上|以下|左右)?|{DECIMAL}\s?(?:%|趴|percent\b)(?:以上|以下|左右)?"
    r"|(?<![\d/])\d{1,3}/\d{1,3}(?![\d/])|\bhalf\b(?: of)?)"
)
_SHARE_BODY: Final = re.compile(
    rf"(?P<half>一半|半數|過半數?|half)|(?P<tenths>[一二兩三四五六七八九1-9])成(?P<hundredths>[一二三四五六七八九半])?"
    rf"|(?P<under>百|{NUMERAL})分之(?P<over>{NUMERAL})|(?P<top>\d+)/(?P<bottom>\d+)|(?P<percent>{DECIMAL})\s?(?:%|趴|percent)"
)

Kind = Literal["exact", "vague", "at least", "at most"]


@dataclass(frozen=True)
class CountNouns:
    """
    What a programme counts, as pieces of patterns over folded text.

    `units` are the measure words behind a number, `nouns` what may follow them, `english`
    the English nouns; `said` are English verbs that may stand right behind a number,
    `others` what follows a measure word that counts something else. 個 counts anything, so
    alone it says nothing of what was counted.
    """

    units: str
    nouns: str
    english: str
    said: str
    others: str

    @cached_property
    def count(self) -> str:
        """The pattern of a count."""
        return (
            rf"{NUMERAL}\s?{self.units}{_OR}{NUMERAL}\s?{self.units}(?!{self.others}){self.nouns}?|(?:(?:{_HEDGE})(?:有|只有|是|在)?\s?){{0,2}}{_BODY}\s?(?:{_AFTER}\s?)?{self.units}(?!{self.others}){self.nouns}?(?:\s?{_AFTER})?"
            rf"|{WORD}\s(?:of (?:them|us|which|our)\s?)?(?:new |more |other |old |original )*{self.english}\b"
            rf"|{WORD}(?=\s(?:of (?:them|us|which|whom|our|the)|were|was|are|is|have been|has been|had|got|received|have|{self.said})\b)"
        )

    def generic(self, words: str) -> bool:
        """Whether the words of a count name nothing that is counted."""
        unit = re.search(rf"{self.units}{self.nouns}?", words)
        return unit is not None and unit.group() == "個"


@dataclass(frozen=True, slots=True)
class Count:
    """How many; `kind` tells how it was said, `generic` that the words do not say of what, `summed` that parts add up to it."""

    bounds: Range
    kind: Kind
    generic: bool
    summed: bool = False

    @property
    def vague(self) -> bool:
        """True if more than one number is meant."""
        return self.bounds.low != self.bounds.high


def count(words: str, nouns: CountNouns) -> Count | None:
    """A match of `nouns.count` read; None if its numeral is none."""
    if either := _EITHER.fullmatch(words):
        told = [one for one in (bounds(either[1]), bounds(either[2])) if one is not None]
        return Count(
            Range(min(one.low for one in told), max(one.high or one.low for one in told)),
            "vague",
            nouns.generic(words),
        )
    parts = _PARTS.fullmatch(words.strip())
    if parts is None:
        return None
    read = _body(parts["body"])
    if read is None:
        return None
    kind: Kind = "exact" if read.low == read.high else "vague"
    hedges = f"{parts['hedge']} {parts['mid'] or ''} {parts['end'] or ''}"
    for pattern, change, as_said in _CHANGES:
        rough = change in {vague.about, vague.nearly}
        if re.search(pattern, hedges) and not (rough and kind == "vague"):
            read, kind = change(read), as_said
            break
    return Count(read, kind, nouns.generic(words))


def share(words: str) -> Fraction | ShareRange | None:
    """A match of SHARE read; None if it is only about so much, as its bounds are anyone's guess."""
    found = _SHARE_BODY.search(words)
    if found is None:
        return None
    exact = _fraction(found)
    if exact is None:
        return None
    hedges = words[: found.start()] + words[found.end() :]
    if found.group().startswith("過半"):
        return ShareRange(low=exact, low_open=True)
    for pattern, bounded in _SHARE_BOUNDS:
        if re.search(pattern, hedges):
            return bounded(exact)
    return None if hedges.strip(" of") else exact


def _fraction(found: re.Match[str]) -> Fraction | None:
    if found["half"]:
        return Fraction(1, 2)
    if found["tenths"]:
        return Fraction(_digit(found["tenths"]) * 10 + _digit(found["hundredths"] or "零"), 100)
    if found["percent"]:
        return Fraction(found["percent"]) / 100
    over, under = (bounds(found[a] or found[b]) for a, b in (("over", "top"), ("under", "bottom")))
    if over is None or under is None or under.low == 0:
        return None
    return Fraction(over.low, under.low)


def _digit(word: str) -> int:
    """The digits of 三成五; 三成半 is 三成五."""
    value = 5 if word == "半" else whole(word)
    return value if isinstance(value, int) else 0


def _body(words: str) -> Range | None:
    if words in _SOME:
        return _SOME[words]
    if words.endswith("打"):
        dozens = bounds(words[:-1])
        return None if dozens is None else Range(12 * dozens.low, 12 * (dozens.high or dozens.low))
    if twice := _TWICE.fullmatch(words):
        once = bounds(twice[1])
        return once if once == bounds(twice[2]) else None
    if words[-1] in "幾多來餘":
        base = bounds("一" + words[:-1] if words[0] == "百" else words[:-1])
        return None if base is None else vague.odd(base, words[-1])
    if found := _SPAN.fullmatch(words):
        low, high = bounds(found["low"]), bounds(found["high"])
        ordered = low is not None and high is not None and high.high is not None and low.low <= high.high
        return Range(low.low, high.high) if low is not None and high is not None and ordered else None
    return bounds(words)


_TENTH: Final = Fraction(1, 10)
# In order: 不超過 holds 超過.
_SHARE_BOUNDS: Final[tuple[tuple[str, Callable[[Fraction], ShareRange]], ...]] = (
    (rf"{vague.AT_MOST}|以下", lambda exact: ShareRange(high=exact)),
    (vague.UNDER, lambda exact: ShareRange(high=exact, high_open=True)),
    (vague.OVER, lambda exact: ShareRange(low=exact, low_open=True)),
    (rf"{vague.AT_LEAST}|以上", lambda exact: ShareRange(low=exact)),
    # 「三成多」 is less than four tenths.
    (r"多", lambda exact: ShareRange(exact, exact + _TENTH, low_open=True, high_open=True)),
)
_CHANGES: Final[tuple[tuple[str, Callable[[Range], Range], Kind], ...]] = (
    (rf"{vague.AT_MOST}|以下|以內", vague.at_most, "at most"),
    (rf"{vague.AT_LEAST}|以上", vague.at_least, "at least"),
    (vague.UNDER, vague.under, "vague"),
    (vague.OVER, vague.over, "vague"),
    (vague.NEARLY, vague.nearly, "vague"),
    (r"(?<![不至頂最])多|出頭", vague.over, "vague"),
    (vague.ABOUT, vague.about, "vague"),
)
