"""
Groups -> the facts and edits of a message, in one walk in the order they were written.

What a number counts is decided by the words bound to it; a number whose words
do not tell is left out, for a wrong fact is worse than a missing one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster import coaching, membership, shares
from assistant.readers.digital_cluster.changes import names_leavers, read_leaving
from assistant.readers.digital_cluster.draft import Draft, founded
from assistant.readers.digital_cluster.lexer import Coaching
from assistant.readers.digital_cluster.settlement import settle
from assistant.readers.digital_cluster.ways import OF_COACHING, read_count
from assistant.reading.clauses import Group
from assistant.reading.mentions import Mention
from assistant.reading.quantities import Count
from assistant.reading.roles import CHANGES

_OF_ALL: Final = OF_COACHING | {
    "except", "none", "none_added", "not_all", "registered", "sme_no", "sme_yes", "some", "turned_into", *CHANGES,
}  # fmt: skip
_OF_A_RATIO: Final = frozenset({"coached", "period", "times"})
_OF_A_SHARE: Final = frozenset({"coached", "period", "old", "swap", "all", "rest", "other_programme", "stay"})


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
    if group.has("unsure") and group.has("period") and group.number is None and not group.has("coached"):
        # 「4家輔導過,不確定是不是三年內」
        draft.coached.dated("unsure")
        return
    guard = group.first("guard")
    if guard is not None and (group.number is None or guard.start < group.number.end):
        # 「隔壁有5家輔導過,我們都沒有」: 沒有 still repeats what was said.
        draft.last = group.first("coached") or draft.last
        return
    if group.has("us", "total", "left") and not group.has("add", "newcomers"):
        draft.focus_new = False
    if group.has("among_new"):
        draft.focus_new, draft.newcomers.added = True, None
    correct, number = group.first("correct"), group.number
    # 「12家更正,…」 takes back the twelve by what comes.
    ahead = correct is not None and number is not None and correct.start > number.start
    if ahead and correct is not None and correct.words == "才對":
        # 「是3家才對」 says once more that something is put right.
        correct, ahead = None, False
    if not ahead:
        draft.correcting = correct or draft.correcting
    if number is None:
        _unnumbered(draft, group)
    else:
        _numbered(draft, group, number, following)
    if ahead:
        draft.correcting = correct


def _numbered(draft: Draft, group: Group, number: Mention, following: Group | None) -> None:
    if number.kind in {"negative", "decimal"}:
        what = "家數不可能是負數" if number.kind == "negative" else "家數應為整數"
        draft.contradictions.append(f"{what}:「{draft.text[number.start : number.end]}」")
    elif number.kind == "vague_share":
        draft.note_vague((number.start, number.end))
    elif number.kind == "share" and not group.has("rule"):
        if draft.accounts(group, _OF_A_SHARE):
            shares.read_share(draft, group, number)
    elif number.kind == "asked":
        _unknown_few(draft, group)
    elif isinstance(number.value, Count) and names_leavers(draft, group, number, number.value.bounds):
        return
    elif isinstance(number.value, Count):
        read_count(draft, group, number, number.value, following)


def _unknown_few(draft: Draft, group: Group) -> None:
    """「有幾家沒登記」 that asks nothing: some are not."""
    said = draft.saying(group)
    if said is not None and said.kind == "registered" and not draft.is_question(said.start):
        membership.read_unnumbered(draft, group, said)


def _unnumbered(draft: Draft, group: Group) -> None:
    times = group.first("times")
    if times is not None and isinstance(times.value, Range) and times.value.low == times.value.high:
        known = draft.accounts(group, _OF_A_RATIO)
        if known and not shares.read_ratio(draft, group, Fraction(times.value.low)):
            draft.unassigned.append(
                group.span("times", "coached") if group.number else (times.start, times.end)
            )
        return
    if not draft.accounts(group, _OF_ALL):
        return
    draft.exempt = group.first("except") or draft.exempt
    read_leaving(draft, group)
    membership.read_size(draft, group, None)
    draft.kept(group)
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
