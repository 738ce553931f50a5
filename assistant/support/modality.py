"""A part of a text -> what it does: forbids, obliges, needs, permits (得 alone: leaves to discretion), exempts."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Final


class Mode(Enum):
    """What a clause or a sentence does to whom it concerns; SURE says that it will happen."""

    FORBID = "不得"
    OBLIGE = "應"
    NEED = "要"
    PERMIT = "可以"
    EXEMPT = "不必"
    SURE = "會"


# Words with a modal's syllable in them, and the syllables in which it is none.
_NOT_MODAL: Final = re.compile(
    r"[取獲值覺使所心記難懂顯捨曉認贏免省]得(?!再)|得[到知分獎]|得以|[供反因對效適相回響感]應|應[用徵變付酬答援]|答應|不可抗力"
    r"|可能|可行|許可|認可|可觀|[功效性職技量才]能|能[力量見源]|可以?分為|可持續|必要|[主重概只首]要(?!是有|能)|[所必]需|要[求件點素約看到]"
    r"|須知|需求|[開社協大商委機領統彙公學財議]會|會[議員計社所場]|只要|限制|有限|限於|期限|限度|不一樣|要是|想要"
)
_UNABLE: Final = re.compile(
    r"不能(?=[出到來去夠親])|(?:不|沒辦法|無法|未)能?(?=出席|到場|參加)|沒辦法|無法|不會"
)
# Comparators have a check of their own.
_LIMIT: Final = re.compile(
    r"不得?(?:超過|高於|低於|少於)|不(?:能|可以?)(?:超過|高於|低於|少於|多於)|只能(?=[^,。]{0,8}[\d%一二三四五六七八九十]+[家成%年個])"
)
_EXEMPT: Final = (
    r"不得不(?!\w)|不必|不須|不需要?|不用|無須|無需|毋須|毋需|免(?=[附備繳除提])|可以不(?![超低少])"
    r"|自由(?:選擇|參加|決定)|自(?:行|己)決定|不受[^,。]{0,14}限制?|不限|不在此限|不論|不一定|不是一定|未必"
    r"|沒有?(?:強制|硬性|規定)|不強制|例外|除外"
)
_MODES: Final = (
    (Mode.EXEMPT, _EXEMPT),
    (Mode.FORBID, r"不得|不可以?|不能|不准|不行|禁止|不應該?|不許|嚴禁|不會讓|不給"),
    (
        Mode.OBLIGE,
        r"必須|一定[要會得]|必定|必然|應該?|務必|只能|僅能|強制|有義務|不得不|硬性|才(?:能|可以?)|(?<![必無])須|限(?=\d|第)|只限|僅限",
    ),
    (Mode.NEED, r"需要?|要|得(?=是|有|由|把|先)"),
    (
        Mode.PERMIT,
        r"可以|亦可|也可|可(?=[^以觀]|$)|得|能夠?(?=[當擔申找搭再]|自己)|[就也還]能|有權|允許|開放",
    ),
    (Mode.SURE, r"(?<!不)會(?=[被取追解終撤處])"),
)
_COMPILED: Final = tuple((mode, re.compile(pattern)) for mode, pattern in _MODES)


def modes_of(part: str) -> frozenset[Mode]:
    """What a part of a text does; of nothing that another word only sounds like."""
    rest = _NOT_MODAL.sub("＿", _UNABLE.sub("＿", _LIMIT.sub("＿", part)))
    found = set()
    for mode, pattern in _COMPILED:
        rest, times = pattern.subn("＿", rest)
        if times:
            found.add(mode)
    return frozenset(found)


def wrong_mode(said: AbstractSet[Mode], stands: AbstractSet[Mode], *, negated: bool) -> Mode | None:
    """
    The mode of a part of a sentence that the clause's part does not carry, None if it carries all.

    `said` and `stands` are the modes of that part and of the part of the clause that it speaks of;
    `negated` tells whether the latter negates something, which a sentence may say as a prohibition.
    """
    binds = {Mode.OBLIGE, Mode.NEED, Mode.FORBID} & stands
    if Mode.FORBID in said and Mode.FORBID not in stands and not negated:
        return Mode.FORBID
    frees = {Mode.PERMIT, Mode.EXEMPT} & stands
    for mode in (Mode.OBLIGE, Mode.NEED, Mode.SURE):
        if mode in said and frees and not binds and Mode.EXEMPT not in said and Mode.PERMIT not in said:
            return mode
    if (
        Mode.PERMIT in said
        and Mode.FORBID in stands
        and Mode.PERMIT not in stands
        and Mode.FORBID not in said
    ):
        return Mode.PERMIT
    if Mode.EXEMPT in said and not frees and not negated:
        return Mode.EXEMPT
    return None


def without_modes(part: str) -> str:
    """A part without what exempts, where a negation negates no other word."""
    return _COMPILED[0][1].sub("＿", part)
