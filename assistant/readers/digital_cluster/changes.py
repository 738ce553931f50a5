"""Members that come, go or are swapped, as a group tells it -> edits."""

from __future__ import annotations

import re
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster.draft import Draft, founded
from assistant.readers.digital_cluster.edits import Edit
from assistant.readers.digital_cluster.lexer import Coaching
from assistant.reading.clauses import Group
from assistant.reading.mentions import Mention
from assistant.reading.ranges import Number, as_number
from assistant.reading.roles import CHANGES

# 「再加3家」 come on top of whoever was counted.
AGAIN: Final = re.compile(r"再|又|另|多|還")
_TAKEN_OFF: Final = re.compile(r"扣|排除|去掉|拿掉|刪掉|剔除")
_BESIDE: Final = 3
_REST: Final = re.compile(r"(?:(?!但|可是|不過|又)[^,。;!?\n、])*")
# Who left did so; what may be, what nobody did and what is done to a contract is none of it.
_LEFT: Final = re.compile(r"了|掉|後來|已經?|剛|上個?月|上週|昨天|去年|今年|退出$|關門$|歇業$|倒閉$")
_NOT_LEFT: Final = re.compile(
    r"沒|未|無|不會|如果|要是|若|萬一|假如|想|可以|能|會|怎|嗎|\?|呢|計畫|契約|合約|簽約|政府|輔導(?!過)|群聚|放棄|規定"
)
_OURS: Final = re.compile(r"我們|咱|補|換")


def read_change(draft: Draft, group: Group, number: Mention, count: Range, following: Group | None) -> None:
    """Take in 「換掉3家」 「再加4家沒輔導過的」 「退出1家」 「新成員5家」."""
    start, end = group.span("add", "remove", "swap", "fill", "newcomers", "coached", "turned_into", "period")
    words = draft.text[start:end]
    said = [word.value for word in group.words if isinstance(word.value, Coaching) and not word.value.weak]
    coached = _coached(draft, group, said, count)
    draft.latest = "edit"
    if group.has("swap", "turned_into"):
        fresh = group.has("turned_into") and bool(said) and not said[-1].positive
        again = AGAIN.search(draft.folded[max(0, start - _BESIDE) : start] + words) is not None
        draft.edits.append(
            Edit("swap", as_number(count), coached, start, end, words, fresh=fresh, again=again)
        )
        draft.focus_new, draft.newcomers.added = True, count
        return
    if group.has("remove") and following is not None and _excepts(group, following):
        if following.number is None and count.low == count.high:
            # 「扣掉3家,剩下的都沒輔導過」
            draft.exempt = Mention("except", start, end, words, count.low)
        else:
            # 「扣掉3家只剩7家沒輔導過」: whether the three leave nobody said; nor how many 大概3家 are.
            draft.unassigned.append((start, end))
        return
    gone = group.first("remove")
    if gone is not None and (draft.folded[gone.end : gone.end + 1] == "的" or count.low != count.high):
        # 「退出的那兩家」: whether the number of members told still holds them nobody said; nor who 可能有1家 is.
        draft.unassigned.append((start, end))
        return
    if gone is not None:
        # Who both comes and goes in one breath was not understood.
        if not group.has("add", "fill"):
            draft.edits.append(Edit("remove", as_number(count), coached, start, end, words))
        return
    named = group.first("newcomers")
    # 「10家裡3家是新的」 are among the ten.
    among = (
        group.has("part")
        or (_named(draft, group) and any(as_number(count) == edit.count for edit in draft.edits))
        or (draft.parted and not AGAIN.search(words))
        or (named is not None and named.start >= number.end and draft.totals.any and not group.has(*CHANGES))
    )
    _newcomers(draft, group, number, count, said, among=among)
    if not among:
        draft.edits.append(
            Edit(
                "add",
                as_number(count),
                coached,
                start,
                end,
                words,
                fills=group.has("fill"),
                named=_named(draft, group),
            )
        )


def read_leaving(draft: Draft, group: Group) -> None:
    """「茶行跟民宿退出了」: how many left is told by what comes, or by nobody."""
    gone = group.first("remove")
    if gone is None or group.has("none", "all", "suppose", "keep", "old", "add", "fill", "swap"):
        return
    start = max(draft.folded.rfind(mark, 0, gone.start) for mark in ",。;!?\n、") + 1
    before, behind = draft.folded[start : gone.start], _REST.match(draft.folded, gone.end)
    clause = before + gone.words + (behind.group() if behind else "")
    if _LEFT.search(clause) and not (_NOT_LEFT.search(clause) or _OURS.search(before)):
        draft.leaving.append((start, gone.end))


def names_leavers(draft: Draft, group: Group, number: Mention, count: Range) -> bool:
    """「這兩家都沒受過輔導」 behind who left without a number: so many they were; True if it is told."""
    those = draft.folded[max(0, number.start - 1) : number.start] in {"這", "那"}
    if not draft.leaving or not those or group.has("us", "total", *CHANGES):
        return False
    start, end = draft.leaving.pop()
    said = [word.value for word in group.words if isinstance(word.value, Coaching) and not word.value.weak]
    draft.edits.append(
        Edit(
            "remove", as_number(count), _coached(draft, group, said, count), start, end, draft.text[start:end]
        )
    )
    return True


def _named(draft: Draft, group: Group) -> bool:
    """Whether newcomers are named, 「新成員」 「剛進來的」, and not said to be coming."""
    coming = [word for word in group.words if word.kind in CHANGES]
    return all(draft.folded[word.end : word.end + 1] == "的" for word in coming)


def _excepts(group: Group, following: Group) -> bool:
    """Whether who is taken off leaves the others of whom the next clause tells, and goes nowhere."""
    off = group.first("remove")
    rest = following.has("rest", "left") and (following.number is None or following.has("coached"))
    return off is not None and _TAKEN_OFF.match(off.words) is not None and rest


def _newcomers(
    draft: Draft, group: Group, number: Mention, count: Range, said: list[Coaching], *, among: bool
) -> None:
    """The newcomers are spoken of from here on, and what the group says of them is taken in."""
    draft.focus_new, draft.newcomers.added = True, count
    named = group.first("newcomers")
    swapped = any(edit.kind == "swap" and edit.count == as_number(count) for edit in draft.edits)
    # 「換了六家,換進來的六家」 are none that come on top.
    if among and not (swapped and named is not None and named.words.startswith(("換", "補"))):
        draft.put("added_members", as_number(count), number.start, number.end)
    span = group.span("add", "newcomers", "coached", "founded", "period")
    if group.has("founded", "startup"):
        draft.newcomers.founded(founded(group), None, span)
    # 沒輔導過 of newcomers may mean 數位群聚 only, unless the talk is of B類.
    if said and (said[0].scheme == "agency" or draft.track_b):
        draft.newcomers.said(
            said[0].positive, count, draft.window(group, newcomers=True), founded(group), span
        )


def _coached(draft: Draft, group: Group, said: list[Coaching], count: Range) -> Number | None:
    """How many of those who come or go were coached within three years, if it is told."""
    if not said or (said[0].positive and said[0].scheme in {"other", "agency"}):
        return None
    if not said[0].positive:
        return 0
    window = draft.window(group)
    if window == "out":
        return 0
    return Range(0, count.high) if window == "unsure" else as_number(count)
