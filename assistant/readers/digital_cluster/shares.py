"""What a group says of shares -> how many of a hundred were coached, or swapped."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Range, ShareRange
from assistant.readers.digital_cluster.draft import Draft
from assistant.readers.digital_cluster.lexer import Coaching
from assistant.readers.digital_cluster.tally import OTHERS_NEVER
from assistant.reading.clauses import Group
from assistant.reading.mentions import Mention

# 「如果是三成五呢」
_WHAT_IF: Final = re.compile(r"(?:那|如果|要是|假如|改成?|變成?|是|若)+(?:呢|的話|可以嗎|\?|咧)+")

_BOUND: Final = re.compile(r"以|不到|超過|內")
# What stands between a count and the share that it is: 「4家,占25%」.
_CLAIMS: Final = re.compile(
    r"[家間攤個\s]*(?:了|而已)?[,、(]?\s?(?:占比?|約占?|比例|即|等於|也就|剛好|恰|是|為|有|[:=])*\s?"
)


def read_ratio(draft: Draft, group: Group, times: Fraction) -> bool:
    """「沒輔導過的是輔導過的兩倍」: how many times those of the second kind those of the first are; True if it says so."""
    kinds = [w.value.positive for w in group.words if isinstance(w.value, Coaching) and not w.value.weak]
    window = draft.window(group)
    if kinds not in ([True, False], [False, True]) or window in {"out", "unsure"} or times <= 0:
        return False
    share = times / (1 + times)
    draft.put("coached_share", share if kinds[0] else 1 - share, *group.span("coached", "times", "period"))
    return True


def read_share(draft: Draft, group: Group, number: Mention) -> None:
    """「三成輔導過」 「七成沒輔導過」 「舊成員換了三成」."""
    value = number.value
    if not isinstance(value, (Fraction, ShareRange)) or (
        isinstance(value, Fraction) and read_ratio(draft, group, value)
    ):
        return
    if isinstance(value, Fraction) and value > 1:
        draft.contradictions.append(f"比例不可能超過 100%:「{number.words}」")
        return
    span = group.span("coached", "swap", "period", "has")
    if group.has("swap", "stay"):
        if group.has("swap"):
            draft.put("replaced_share", value, *span)
        elif isinstance(value, Fraction):
            draft.put("replaced_share", 1 - value, *span)
        return
    if _WHAT_IF.fullmatch(draft.folded[: number.start] + draft.folded[number.end :]):
        draft.put("coached_share", value, number.start, number.end)
    _coached_share(draft, group, value, span)


def disagrees(claimed: tuple[str, Fraction], coached: Range, members: Range) -> str:
    """What is wrong with 「12家裡4家,占25%」; empty if the share can be that of those counted."""
    words, share = claimed
    if coached.low != coached.high or members.low != members.high or not members.low:
        return ""
    rough = Fraction(1, 20) if "成" in words or "半" in words else Fraction(1, 100)
    if abs(Fraction(coached.low, members.low) - share) < rough:
        return ""
    return f"您說 {members.low} 家中有 {coached.low} 家受輔導,又說占 {words}"


def _coached_share(draft: Draft, group: Group, value: Fraction | ShareRange, span: tuple[int, int]) -> None:
    said = draft.saying(group)
    if said is None and isinstance(value, Fraction) and draft.latest == "yes":
        start = draft.coached.yes[-1].end
        if _CLAIMS.fullmatch(draft.folded, start, span[0]) and not _BOUND.search(
            draft.folded, span[0], span[1] + 1
        ):
            draft.claimed = draft.folded[slice(*span)], value
    if said is None or not isinstance(said.value, Coaching) or draft.of_newcomers(group, said.value):
        return
    draft.last = said
    window = draft.window(group)
    if said.value.scheme in {"other", "agency"} or window == "unsure":
        draft.note_vague(span)
    elif window == "out" and said.value.positive:
        draft.put("coached_within_3y", 0, *span, OTHERS_NEVER)
    elif said.value.positive:
        draft.put("coached_share", value, *span)
    elif isinstance(value, Fraction) and "coached_share" not in draft.facts:
        draft.put("coached_share", 1 - value, *span)
