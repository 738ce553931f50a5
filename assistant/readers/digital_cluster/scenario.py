"""
Groups -> the facts and edits of a message, in one walk in the order they were written.

What a number counts is decided by the words bound to it; a number whose words
do not tell is left out, for a wrong fact is worse than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster import coaching, membership
from assistant.readers.digital_cluster.changes import read_change
from assistant.readers.digital_cluster.draft import Draft, everyone, founded
from assistant.readers.digital_cluster.lexer import Coaching
from assistant.readers.digital_cluster.settlement import settle
from assistant.readers.digital_cluster.tally import Said
from assistant.reading.clauses import Group
from assistant.reading.mentions import Mention
from assistant.reading.quantities import Count
from assistant.reading.ranges import as_number
from assistant.reading.roles import CHANGES

_RULE_AFTER: Final = re.compile(
    r"\s?(?:以上)?\s?(?:就(?:可以|行|好|能|夠|符合)|才(?:可以|能|行|夠|符合|算|有))"
)
_TAIL: Final = re.compile(r"[的了吧喔是時候那次\s]*(?:$|[,、。;!?)\n])")
_GAP: Final = re.compile(r"(?:是|在|有)?.{0,9}")
_ONE: Final = Range(1, 1)


def read_groups(draft: Draft, groups: Sequence[Group], *, bare: bool, corrected: bool) -> None:
    """
    Walk the groups, then settle what depends on the whole.

    Args:
        draft: is filled.
        groups: in the order of the text.
        bare: the message asks about eligibility, so a number alone may be the total.
        corrected: the message takes something back; the later of two numbers counts.
    """
    for place, group in enumerate(groups):
        following = groups[place + 1] if place + 1 < len(groups) else None
        earlier = draft.time
        _read(draft, group, following)
        if draft.time is earlier:
            # A time alone is of the very next clause or of none.
            draft.time = None
    settle(draft, bare=bare, corrected=corrected)


def _read(draft: Draft, group: Group, following: Group | None) -> None:
    if group.has("guard"):
        # 「隔壁有5家輔導過,我們都沒有」: 沒有 still repeats what was said.
        draft.last = group.first("coached") or draft.last
        return
    if group.has("us", "total") and not group.has("add", "newcomers"):
        draft.focus_new = False
    if group.has("among_new"):
        draft.focus_new, draft.newcomers.added = True, None
    number = group.number
    if number is None:
        _unnumbered(draft, group)
    elif number.kind in {"negative", "decimal"}:
        what = "家數不可能是負數" if number.kind == "negative" else "家數應為整數"
        draft.contradictions.append(f"{what}:「{draft.text[number.start : number.end]}」")
    elif number.kind == "vague_share":
        draft.note_vague((number.start, number.end))
    elif number.kind == "share" and not group.has("rule"):
        coaching.read_share(draft, group, number)
    elif number.kind == "asked":
        _unknown_few(draft, group)
    elif isinstance(number.value, Count) and _states(draft, group, number, number.value):
        _counted(draft, group, number, number.value, following)


def _unknown_few(draft: Draft, group: Group) -> None:
    """「有幾家沒登記」 that asks nothing: some are not."""
    said = draft.saying(group)
    if said is not None and said.kind == "registered" and not draft.is_question(said.start):
        membership.read_unnumbered(draft, group, said)


def _states(draft: Draft, group: Group, number: Mention, value: Count) -> bool:
    """Whether the number is said of this cluster, not asked or quoted."""
    if group.has("rule", "not_count", "except_me") or (group.has("plus_me") and not group.has("total")):
        return False
    if group.has("us", "total", "old", *CHANGES):
        return True
    if _RULE_AFTER.match(draft.folded, number.end):
        return False
    bound = value.kind in {"at least", "at most"}
    return not (bound and not group.has("coached") and draft.is_question(number.start))


def _counted(draft: Draft, group: Group, number: Mention, value: Count, following: Group | None) -> None:
    said = draft.saying(group)
    repeats = draft.last is not None and draft.last.kind == "coached" and _ends(draft, group, number)
    if _all_new(group, number):
        draft.totals.add(number, value, sure=group.has("total"), ours=True)
    elif group.has("turned_into", "newcomers", *CHANGES):
        read_change(draft, group, number, value.bounds)
    elif group.has("sme_no") or (
        group.has("sme_yes") and not everyone(group) and not group.has("us", "total")
    ):
        membership.read_size(draft, group, value)
    elif said is not None and said.kind == "registered":
        membership.read_counted(draft, group, number, value, said)
    elif said is not None and group.has("old") and group.has("all"):
        draft.put("old_members", as_number(value.bounds), number.start, number.end)
        coaching.read_counted(draft, group, number, value, said)
    elif said is not None or (repeats and group.has("period") and not group.has("us", "total", "old")):
        coaching.read_counted(draft, group, number, value, said)
    elif group.has("old"):
        _old(draft, group, number, value)
    elif group.has("founded", "startup"):
        draft.newcomers.founded(founded(group), value.bounds, group.span("founded", "startup"))
    elif group.has("other_programme"):
        draft.note_vague(group.span("other_programme"))
    else:
        _plain(draft, group, number, value, following)


def _all_new(group: Group, number: Mention) -> bool:
    """True in 「12家都是新的」, which is of the whole cluster."""
    fresh = group.first("newcomers")
    behind = fresh is not None and fresh.start >= number.end
    return behind and group.has("all") and not group.has("part", "turned_into", *CHANGES)


def _old(draft: Draft, group: Group, number: Mention, value: Count) -> None:
    if group.has("part") or draft.totals.opened:
        # 「10家裡7家是舊的」 tells who stayed, not how many there were.
        draft.note_vague(group.span("old"))
        draft.parted = True
        return
    draft.put("old_members", as_number(value.bounds), number.start, number.end)
    _kept(draft, group)


def _ends(draft: Draft, group: Group, number: Mention) -> bool:
    """True in 「2家去年」 「2家是五年前的」: the clause says no more than when."""
    end = max(number.end, *(word.end for word in group.words), 0)
    tail = _TAIL.match(draft.folded, end)
    return tail is not None and _GAP.fullmatch(draft.folded[number.end : end]) is not None


def _plain(draft: Draft, group: Group, number: Mention, value: Count, following: Group | None) -> None:
    """A number of which nothing is said: the whole, or a part of which more follows."""
    membership.read_size(draft, group, value)
    keep, time, ours = group.first("keep"), group.first("period"), group.has("us", "total")
    if keep is not None and (draft.track_b or "first_joined_year" in draft.facts):
        draft.put("old_members", as_number(value.bounds), number.start, number.end)
        draft.put("replaced_old_members", 0, keep.start, keep.end)
    timed = time is not None and not ours and not time.words.startswith("今年")
    if group.has("past") and not group.has("total"):
        return
    if timed:
        _timed(draft, group, number, value)
    elif group.has("part", "rest") and not ours:
        draft.pending = value.bounds
        draft.unassigned.append((number.start, number.end))
    elif not _idiom(draft, group, number, value):
        _total(draft, group, number, value, following)


def _timed(draft: Draft, group: Group, number: Mention, value: Count) -> None:
    """A part with a time: 「4家裡面有2家是五年前的」 is of their coaching."""
    if draft.totals.opened and _ends(draft, group, number):
        whole = draft.totals.found.pop()
        draft.coached.yes.append(Said(whole.bounds, None, whole.start, whole.end))
        draft.coached.split(Said(value.bounds, draft.window(group), number.start, number.end))
        return
    # 「去年2家前年2家輔導過」: what is left out here may be missing there.
    draft.coached.unclear = True
    draft.note_vague((number.start, number.end))


def _idiom(draft: Draft, group: Group, number: Mention, value: Count) -> bool:
    """「我們是一家小公司」 counts nothing, 「只有一家」 does; 「剩10家都OK」 is of the others."""
    if value.bounds == _ONE and not group.has("total"):
        return "只" not in draft.folded[max(0, number.start - 3) : number.start]
    gone = any(edit.kind == "remove" for edit in draft.edits)
    return group.has("left") and draft.totals.opened and not gone


def _total(draft: Draft, group: Group, number: Mention, value: Count, following: Group | None) -> None:
    if not group.has("us", "total"):
        draft.unassigned.append((number.start, number.end))
    opens = following is not None and following.clause == group.clause + 1 and following.has("part")
    ours = group.has("us") or number.inside or opens
    draft.totals.add(number, value, sure=group.has("total", "left"), ours=ours)


def _unnumbered(draft: Draft, group: Group) -> None:
    if exempt := group.first("except"):
        coaching.read_except(draft, group, exempt)
        return
    membership.read_size(draft, group, None)
    _kept(draft, group)
    if none := group.first("none_added"):
        draft.put("added_members", 0, none.start, none.end)
    if group.has("founded", "startup"):
        draft.newcomers.founded(founded(group), None, group.span("founded", "startup"))
    said = draft.saying(group)
    if said is None:
        if group.has("other_programme") and draft.coached.yes and not group.has("us"):
            draft.coached.yes.pop()
        draft.lone_time(group)
    elif isinstance(said.value, Coaching):
        coaching.read_unnumbered(draft, group, said, said.value)
    else:
        membership.read_unnumbered(draft, group, said)


def _kept(draft: Draft, group: Group) -> None:
    """「舊成員都還在」: nobody was swapped."""
    keep = group.first("keep")
    if keep is not None and (
        group.has("old") or draft.track_b or {"old_members", "first_joined_year"} & set(draft.facts)
    ):
        draft.put("replaced_old_members", 0, keep.start, keep.end)
