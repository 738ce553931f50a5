"""What a message asks: a verdict, a question turned round, or something that no rule decides."""

from __future__ import annotations

import re
from typing import Final

from assistant.eligibility.rules import Find, RuleBook, TurnedQuestion
from assistant.reading.naming import Naming
from assistant.reading.reading import VERDICT

_MOST: Final = r"最多|至多|上限|最高|頂多"
_LEAST: Final = r"最少|至少|最低|起碼|下限"
_MORE: Final = r"還差|還缺|還要|不足|再(?:增?加|補|多|湊|出)|少了?(?=多少|幾)"
_FEWER: Final = r"減少|要減|退掉|拿掉|降(?:到|低)?"
_HOW_MUCH: Final = r"多少|(?<!好)幾|百分之幾"
_WHEN: Final = r"什麼時候|何時|哪一?天|幾月|幾號|多久|截止|期限|最晚|最慢|期間"
_FINDS: Final[tuple[tuple[Find, str], ...]] = (
    ("more", _MORE),
    ("fewer", _FEWER),
    ("most", _MOST),
    ("least", _LEAST),
)
_VERDICT: Final = re.compile(
    r"(?:可不可以|可以|能不能|能否|可否|能|得以|是否可?)(?:直接|一起|也|還|再|來|去|照|就|順利){0,2}(?:申請|提案|報名|報|送件|送|參加|領|拿|住|停|租|用|過|嗎|吧)"
    r"|可以[嗎吧]|行嗎|行不行|可不可以|符不符合|符合[^,。;!?\n]{0,8}(?:嗎|吧|\?)|是否符合|合不合|有沒有資格|有資格[嗎?]|夠不夠格|夠格|夠資格|資格嗎|會不會過|會過嗎|過得了|達標|有機會嗎|ok嗎|ok\?"
)
_QUESTION: Final = re.compile(
    r"嗎|什麼|怎麼|如何|哪|誰|多少|(?<![\d十百好])幾(?!乎)|何時|是否|為何|\?|呢|能不能|可不可以|要不要|有沒有"
)


def asks(folded: str, namings: tuple[Naming, ...], book: RuleBook) -> str | None:
    """VERDICT, the name of a question that the rules turn round, or None."""
    turned = _turned(folded, namings, book)
    if turned is not None:
        return turned.name
    return VERDICT if _VERDICT.search(folded) else None


def asks_something_else(folded: str, asked: str | None) -> bool:
    """Whether the message asks, but nothing that a rule decides."""
    return asked is None and _QUESTION.search(folded) is not None


def _turned(folded: str, namings: tuple[Naming, ...], book: RuleBook) -> TurnedQuestion | None:
    """The question whose own words stand in the text; else the one that finds what is asked of a fact named there."""
    if re.search(_WHEN, folded):
        when = [ask for ask in book.asks.values() if ask.find == "until"]
        said = [ask for ask in when if any(word in folded for word in ask.words)]
        if said or (len(when) == 1 and re.search(r"截止|期限|最晚|最慢", folded)):
            return (said or when)[0]
    if not re.search(_HOW_MUCH, folded):
        return None
    named = {kind.name for naming in namings for kind in naming.kinds}
    for find, cue in _FINDS:
        if not re.search(cue, folded):
            continue
        fitting = [ask for ask in book.asks.values() if ask.find == find]
        fitting = [
            ask for ask in fitting if ask.unknown in named or any(word in folded for word in ask.words)
        ]
        said = [ask for ask in fitting if any(word in folded for word in ask.words)]
        if said or fitting:
            return (said or fitting)[0]
    return None
