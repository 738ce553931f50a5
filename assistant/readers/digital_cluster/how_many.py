"""
「幾家」 and the words around it -> which number is asked for.

The rules are tried in order: what is swapped, added or missing is told right
before 幾家, what it may be at most or at least further off.
"""

from __future__ import annotations

import re
from typing import Final

from assistant.reading.clauses import Group
from assistant.reading.mentions import Mention

_CLAUSE: Final = re.compile(r"[,。;!?\n]")
_NEVER: Final = re.compile(r"(?:沒有?|未|不曾)(?:受|接受|被|參加)?過?.{0,6}輔導")
_WHOLE: Final = re.compile(r"總共|全部|一共|總數|總家數")
_OLD_LEAST: Final = re.compile(r"(?:原來|原本|原有|原先|原成員|舊成員|老成員).{0,6}(?:至少|最少|起碼|要)")
_SHORT: Final = re.compile(r"(?:差|缺|(?<![至最])少|不夠|短)了?\s?$")
_SWAPPED: Final = re.compile(r"(?:換掉?|更換|汰換|替換|抽換|更替)(?:了|成員|舊成員|到|的|有)*\s?$")
_SWAPPED_AFTER: Final = re.compile(r".{0,6}(?:換|更換|汰換|替換)")
_GONE: Final = re.compile(r"(?:拿掉|退掉?|退出|扣掉?|減少?|剔除|移除|踢掉?|去掉|砍掉?|請走)(?:了)?\s?$")
_GONE_AFTER: Final = re.compile(r".{0,6}(?:退出|拿掉|退掉)")
_MORE: Final = re.compile(
    r"(?:再|(?<![最至頂])多|新增|增加|加入?|加|找|補|拉|邀|收|納)(?:入|進來|上|到|找)*\s?$"
)
_COACHED: Final = r"(?:輔導過|(?:受|接受|參加)過[^,。;!?\n]{0,6}輔導)"
_COACHED_COME: Final = re.compile(
    rf"(?:加入?|增加|找|補|拉|邀|收|納入?|讓)[^,。;!?\n沒未不幾]{{0,4}}{_COACHED}的"
)
_OF_COACHED: Final = re.compile(rf"[^,沒未不]{{0,4}}{_COACHED}")
_COME_AFTER: Final = re.compile(r".{0,12}(?:加入|進來)|的?(?:空間|額度|名額)")
_NEED: Final = re.compile(r"(?:要|需要?|得)(?:有|到)?\s?$")
_NEED_AFTER: Final = re.compile(r"[^,]{0,3}才")
_MOST: Final = re.compile(r"最多|至多|上限|容許|允許|可以|能|可|不超過|限")
_LEAST: Final = re.compile(r"至少|最少|起碼|門檻|才夠|才行")
_LEAST_WITH_PART: Final = re.compile(r"至少|最少|起碼|要|需|得|才")


def how_many(folded: str, group: Group, number: Mention, *, coached: bool) -> str | None:
    """
    Which number is asked for, or None.

    Args:
        folded: the message.
        group: 幾家 with its words.
        number: 幾家 itself.
        coached: the message tells how many were coached, so that is not what is asked.
    """
    before = _CLAUSE.split(folded[: number.start])[-1]
    after = _CLAUSE.split(folded[number.end :])[0]
    swapped = _SWAPPED.search(before) is not None
    more = "newcomers_needed" if coached or _NEVER.search(after) else "missing_members"
    of_coaching = "輔導" in after or ("輔導" in before and not coached)
    joins = _MORE.search(before) or group.has("add") or _COME_AFTER.match(after)
    coached_come = _OF_COACHED.match(after) or (_COACHED_COME.search(folded) and not _NEVER.search(after))
    out = swapped or _SWAPPED_AFTER.match(after)
    needs = _NEED.search(before) is not None and _NEED_AFTER.match(after) is not None
    rules: tuple[tuple[object, str], ...] = (
        (_OLD_LEAST.search(before), "min_old_members"),
        (coached and _WHOLE.search(before), "min_members"),
        (_SHORT.search(before), more),
        (out and (coached or _NEVER.search(after)), "swap_coached"),
        (out, "max_replaced"),
        (_GONE.search(before) or _GONE_AFTER.match(after), "drop_coached"),
        (joins and coached_come, "coached_joining"),
        (_MORE.search(before) or group.has("add"), more),
        (coached and needs, "min_members"),
        (of_coaching and _MOST.search(before + after), "max_coached"),
        (coached and _LEAST_WITH_PART.search(before), "min_members"),
        (_LEAST.search(before + after), "min_members"),
    )
    return next((ask for holds, ask in rules if holds), None)
