"""A part of a text -> what it does: forbids, obliges, needs, permits (得 alone: leaves to discretion), exempts."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from assistant.support.parts import pairs


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
    r"[取獲值覺使所心記難懂顯捨曉認贏免省]得(?!再)|得[到知分獎]|得以|[供反因對效適相回響感呼]應|應[用徵變付酬答援對]|答應|不可抗"
    r"|可能會?|可行|許可|認可|可觀|[功效性職技量才]能|能[力量見源]|可以?分為|可持續|必要|[主重概只首]要(?!是有|能)|[所必]需|要[求件點素約看到]"
    r"|須知|需求|[開社協大商委機領統彙公學財議]會|會[議員計社所場]|只要|限制|有限|期限|上限|下限|限度|不一樣|^要是|想要|不(?:是|一定|見得)(?:完全|絕對|都)?不(?:行|可以?|能)"
)
_UNABLE: Final = re.compile(
    r"不能(?=[出到來去夠親])|(?:不|沒辦法|無法|未)能?(?=出席|到場|參加)|沒辦法|無法|不會"
)
# Comparators have a check of their own.
_LIMIT: Final = re.compile(
    r"不得?(?:超過|高於|低於|少於)|不(?:能|可以?)(?:超過|高於|低於|少於|多於)|只能(?=[^,。]{0,8}[\d%一二三四五六七八九十]+[家成%年個])"
)
_EXEMPT: Final = (
    r"不得不(?!\w)|不必|不須|不需要?|不用|無須|無需|毋須|毋需|免(?![費不疫得])|可以不(?![超低少])"
    r"|自由(?:選擇|參加|決定)|自(?:行|己)決定|不受[^,。]{0,14}限制?|不限|不在此限|不論|不一定|不是一定|未必"
    r"|沒有?(?:強制|硬性|規定)|不強制|例外|除外"
)
_MODES: Final = (
    (Mode.EXEMPT, _EXEMPT),
    (Mode.FORBID, r"不得|不可以?|不能|不准|不行|禁止|不應該?|不許|嚴禁|不會讓|不給"),
    (
        Mode.OBLIGE,
        r"必須|一定[要會得]|必定|必然|應該?|務必|只能|僅能|強制|有義務|不得不|硬性|才(?:能|可以?)|(?<![必無])須|限(?=[\d第定於])|只限|僅限|(?<!不)受[^,。]{0,6}限",
    ),
    (Mode.NEED, r"需要?|要(?!能)|得(?=是|有|由|把|先)"),
    (
        Mode.PERMIT,
        r"可以|亦可|也可|可(?=[^以觀]|$)|得|能夠?(?=[當擔申找搭再]|自己)|[就也還]能|有權|允許|開放",
    ),
    (Mode.SURE, r"(?<![不才能])會(?=[被取追解終撤處])"),
)
_PATTERNS: Final = {mode: re.compile(pattern) for mode, pattern in _MODES}
_BINDING: Final = frozenset({Mode.FORBID, Mode.OBLIGE, Mode.NEED})
# What need not be may be so all the same: more than this is claimed of what is permitted or needed alone.
_WEAK: Final = re.compile(r"不一定|不是一定|未必")
_FREEING: Final = frozenset({Mode.PERMIT, Mode.EXEMPT})


def modes_of(part: str) -> frozenset[Mode]:
    """What a part of a text does; of nothing that another word only sounds like."""
    rest = _NOT_MODAL.sub("＿", _UNABLE.sub("＿", _LIMIT.sub("＿", part)))
    found = set()
    for mode, pattern in _PATTERNS.items():
        rest, times = pattern.subn("＿", rest)
        if times:
            found.add(mode)
    return frozenset(found)


def modals_of(text: str) -> set[str]:
    """Which of 不得, 應 and the discretionary 得 a text has, to the letter: what may not be put into a clause's mouth."""
    rest = _NOT_MODAL.sub("＿", text)
    found = {"不得"} if "不得" in rest else set()
    return found | {modal for modal in ("應", "得") if modal in rest.replace("不得", "＿")}


def wrong_mode(part: str, stands: str, *, negated: bool) -> Mode | None:
    """
    What a part of a sentence does that the clause's part does not, None if it does no more.

    `stands` is what the clause says of it; `negated` tells whether that negates something, which a
    sentence may say as a prohibition.
    """
    said, does = modes_of(part), modes_of(stands)
    binds, frees = _BINDING & does, _FREEING & does
    if Mode.FORBID in said and Mode.FORBID not in does and not negated:
        return Mode.FORBID
    if frees and not binds and not said & _FREEING:
        needed = {Mode.NEED} if _same_thing(part, stands, Mode.NEED) else set()
        for mode in (Mode.OBLIGE, Mode.SURE, *needed):
            if mode in said:
                return mode
    if Mode.PERMIT in said and Mode.FORBID in does - said and not frees:
        return Mode.PERMIT
    if Mode.EXEMPT in said and Mode.EXEMPT not in does and not _WEAK.search(part) and not negated:
        return None if frees and _same_thing(part, stands, Mode.EXEMPT) else Mode.EXEMPT
    return None


def contradicts(bare: str, whole: str, *, negated: bool) -> bool:
    """True if a bare answer (「不可以」, 「不用」), whose predicate is not said, goes against all that clauses do."""
    said, does = modes_of(bare), modes_of(whole)
    binds, frees = _BINDING & does, _FREEING & does
    if Mode.FORBID in said:
        return bool(frees) and Mode.FORBID not in does and not negated
    return (Mode.PERMIT in said and Mode.FORBID in does and not frees) or (
        Mode.EXEMPT in said and bool(binds) and not frees and not negated
    )


def _same_thing(part: str, stands: str, mode: Mode) -> bool:
    """True if a part needs or spares the very thing that a clause permits: 要搭配, 不必搭配 where one 可搭配."""
    free, other = (
        _PATTERNS[one].search(_NOT_MODAL.sub("＿", text))
        for one, text in ((Mode.PERMIT, stands), (mode, part))
    )
    return bool(free and other and pairs(free.string[free.end() :][:3]) & pairs(other.string[other.end() :]))


def without_modes(part: str) -> str:
    """A part without what exempts, where a negation negates no other word."""
    return _PATTERNS[Mode.EXEMPT].sub("＿", part)
