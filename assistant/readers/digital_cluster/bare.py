"""A count of which nothing is said -> the whole, a part of which more follows, or what takes back another."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from assistant.readers.digital_cluster import membership
from assistant.readers.digital_cluster.draft import Draft
from assistant.readers.digital_cluster.edits import Edit
from assistant.readers.digital_cluster.tally import Said
from assistant.reading.clauses import Group
from assistant.reading.mentions import Mention
from assistant.reading.quantities import Count
from assistant.reading.ranges import ONE, as_number, plus

_ANSWERS: Final = re.compile(r"(?:^|[,。;!?\s])(?:就|應該|確定)?是\s?$")
_IN_BRACKETS: Final = re.compile(r"\((?:一?共|計|合計|總共)?(?:是|有)?\s?$")
_BESIDE: Final = re.compile(r"另外|此外|還有|外加|以及|底下|下面")
# 「我是領導企業,底下還有9家」 are ten.
_I_AM: Final = re.compile(
    r"(?:我|我們|我家|我這家|本店|本公司|敝公司|敝店)(?:們?家|公司)?(?:就?是|當|擔任|作為)(?:這個?|群聚|本群聚)?的?(?:領導企業|領頭|帶頭|召集人|龍頭|頭)"
)
_BECOMES: Final = re.compile(r"(?:改成|改為|改到|如果是|要是|若是|假如是|如果只有|要是只有|如果有)\s?$")
_OF_THE_WHOLE: Final = re.compile(r"總家?數|家數|成員數")
_TOO: Final = re.compile(r"[^,。;!?\n]{0,4}也(?:是|有|算)")
_TAIL: Final = re.compile(r"[的了吧喔是時候那次事情做完\s]*(?:$|[,、。;!?)\n])")
_GAP: Final = re.compile(r"(?:是|在|有)?.{0,9}")


def read_bare(draft: Draft, group: Group, number: Mention, value: Count, following: Group | None) -> None:
    """Take in a number of which its own clause says nothing but when, or whose."""
    if _refers(draft, group, number, value):
        return
    if _IN_BRACKETS.search(draft.folded[: number.start]):
        # 「我家和左右兩鄰(共三家)」 are those named before the bracket.
        draft.unassigned.append((number.start, number.end))
        return
    ours = group.has("us", "total")
    if not ours and _corrected(draft, number, value):
        return
    if not draft.totals.any and not draft.edits and _BECOMES.search(draft.folded[: number.start]):
        _become(draft, number, value)
        return
    if group.has("past") and not group.has("total"):
        if number.inside:
            # 「上次那10家裡有3家輔導過」 tells of who was there then.
            draft.unassigned.append((number.start, number.end))
        return
    membership.read_size(draft, group, value)
    _stayed(draft, group, number, value)
    draft.kept(group)
    time = group.first("period")
    if time is not None and not ours and not time.words.startswith("今年"):
        _timed(draft, group, number, value)
    elif group.has("part", "rest") and not ours:
        draft.pending = value.bounds
        draft.unassigned.append((number.start, number.end))
    elif not _idiom(draft, group, number, value):
        _total(draft, group, number, value, following)


def _refers(draft: Draft, group: Group, number: Mention, value: Count) -> bool:
    """Whether a count is of those told before: 「這6家當中」 「10家裡2家」, or 「那7家裡」 of an earlier message."""
    those = draft.folded[max(0, number.start - 1) : number.start] in {"這", "那"}
    again = draft.totals.opened and {word.kind for word in group.words} <= {"part"}
    if draft.counted(value.bounds) and (those or again):
        return True
    told = draft.totals.any or set(draft.facts) - {"track"} or not draft.coached.empty
    answers = not group.has("us", "total") and draft.correcting is None
    if (those and number.inside and not told) or (answers and _ANSWERS.search(draft.folded[: number.start])):
        # Which of an earlier message nobody said, nor of what 「問清楚了,是2家」 is.
        draft.unassigned.append((number.start, number.end))
        return True
    return False


def read_old(draft: Draft, group: Group, number: Mention, value: Count) -> None:
    """「原本10家」 were those at first; 「10家裡7家是舊的」 tells who stayed, not how many there were."""
    old = group.first("old")
    if old is not None and old.start >= number.end and "old_members" in draft.facts:
        # 「還有14家是原來的」
        draft.stayed.append((value.bounds, group.span("old")))
        return
    if group.has("part") or draft.totals.opened:
        draft.note_vague(group.span("old"))
        draft.parted = True
        return
    draft.put("old_members", as_number(value.bounds), number.start, number.end)
    draft.kept(group)


def says_only_when(draft: Draft, group: Group, number: Mention) -> bool:
    """True in 「2家去年」 「2家是五年前的」."""
    end = max(number.end, *(word.end for word in group.words), 0)
    tail = _TAIL.match(draft.folded, end)
    return tail is not None and _GAP.fullmatch(draft.folded[number.end : end]) is not None


def _stayed(draft: Draft, group: Group, number: Mention, value: Count) -> None:
    keep = group.first("keep")
    if keep is not None and (draft.track_b or "first_joined_year" in draft.facts):
        draft.put("old_members", as_number(value.bounds), number.start, number.end)
        draft.put("replaced_old_members", 0, keep.start, keep.end)


def _become(draft: Draft, number: Mention, value: Count) -> None:
    """「改成2家」 is of what an earlier message told."""
    span = (number.start, number.end)
    draft.edits.append(Edit("become", as_number(value.bounds), None, *span, draft.text[slice(*span)]))
    draft.correcting = None


def _corrected(draft: Draft, number: Mention, value: Count) -> bool:
    """「……,喔不對,是3家」 puts right what was counted last."""
    span = (number.start, number.end)
    if draft.correcting is None:
        return False
    if draft.latest in {"yes", "no"}:
        said = draft.coached.yes if draft.latest == "yes" else draft.coached.no
        return draft.corrects(said, Said(value.bounds, None, *span))
    if draft.latest == "edit" and draft.edits and draft.edits[-1].start < draft.correcting.start:
        draft.edits[-1] = replace(draft.edits[-1], count=as_number(value.bounds))
        draft.correcting = None
        return True
    if not draft.latest and not draft.totals.any and not _OF_THE_WHOLE.search(draft.folded, 0, number.start):
        _become(draft, number, value)
        return True
    return False


def _timed(draft: Draft, group: Group, number: Mention, value: Count) -> None:
    """A part with a time: 「4家裡面有2家是五年前的」 is of their coaching."""
    if draft.totals.opened and says_only_when(draft, group, number):
        whole = draft.totals.found.pop()
        draft.coached.yes.append(Said(whole.bounds, None, whole.start, whole.end))
        draft.coached.split(Said(value.bounds, draft.window(group), number.start, number.end))
        return
    # 「去年2家前年2家輔導過」: what is left out here may be missing there.
    draft.coached.unclear = True
    draft.note_vague((number.start, number.end))


def _idiom(draft: Draft, group: Group, number: Mention, value: Count) -> bool:
    """「我們是一家小公司」 counts nothing, 「只有一家」 does; 「剩10家都OK」 is of the others."""
    if value.bounds == ONE and not group.has("total"):
        if group.has("other") and _TOO.match(draft.folded, number.end):
            # 「還有1家也是」: of what, nobody said beside it.
            draft.unassigned.append((number.start, number.end))
        return "只" not in draft.folded[max(0, number.start - 3) : number.start]
    gone = any(edit.kind == "remove" for edit in draft.edits)
    return group.has("left") and draft.totals.opened and not gone


def _total(draft: Draft, group: Group, number: Mention, value: Count, following: Group | None) -> None:
    beside = group.first("other")
    if (
        beside is not None
        and _BESIDE.search(beside.words)
        and not draft.totals.any
        and not group.has("total")
    ):
        if _I_AM.search(draft.folded, 0, number.start):
            draft.totals.add(number, replace(value, bounds=plus(value.bounds, ONE)), sure=False, ours=True)
        else:
            # 「另外還有9家」: how many they come on top of is not told.
            draft.unassigned.append((number.start, number.end))
        return
    if not group.has("us", "total"):
        draft.unassigned.append((number.start, number.end))
    opens = following is not None and following.clause == group.clause + 1 and following.has("part")
    ours = group.has("us") or number.inside or opens
    if draft.correcting is not None:
        taken_back = {(one.start, one.end) for one in draft.totals.found}
        draft.unassigned = [place for place in draft.unassigned if place not in taken_back]
        draft.totals.found.clear()
        draft.correcting, ours = None, True
    draft.totals.add(number, value, sure=group.has("total", "left"), ours=ours)
    draft.latest = "total"
