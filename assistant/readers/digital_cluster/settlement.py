"""
What was collected of a message -> its facts, once all of it has been read.

Which number is the whole decides what the parts mean, so nothing is settled
before the last clause.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster import membership
from assistant.readers.digital_cluster.changes import AGAIN
from assistant.readers.digital_cluster.draft import Draft
from assistant.readers.digital_cluster.edits import Edit
from assistant.readers.digital_cluster.shares import disagrees
from assistant.readers.digital_cluster.totals import OURS, SURE, Candidate
from assistant.reading.ranges import as_number, as_range, minus, plus, total

_NOW: Final = re.compile(r"現在|目前|現有|共|全部|合計")
_TO_COME: Final = re.compile(r"再|想|要|打算|預計|準備|如果|若|會|可以")
FIRST: Final = "群聚"
_BESIDE: Final = 5
_JOIN: Final = re.compile(r"[^,。;!?\n]{0,6}(?:、|和|跟|及|與|還有|以及|加上?)\s?有?")


def settle(draft: Draft, *, bare: bool, corrected: bool) -> None:
    """State what follows from the whole; `bare` and `corrected` as for read_groups."""
    _gone(draft)
    members = _members(draft, bare=bare, corrected=corrected)
    kept = draft.facts.get("replaced_old_members")
    if members is not None and kept is not None and "old_members" not in draft.facts and not draft.edits:
        # 「群聚有10家,都沒換過」: the ten are the old ones.
        told = draft.facts["members"]
        draft.put("old_members", told.value, told.start, told.end)
    _only_old(draft, members)
    _coached(draft, members)
    draft.unassigned += draft.leaving
    membership.settle(draft, members)
    coached, exempt = draft.newcomers.counted()
    span = draft.newcomers.span
    if coached is not None and span is not None:
        draft.put("newcomers_coached_smea", as_number(coached), *span)
        if exempt is not None:
            draft.put("newcomers_coached_startups", as_number(exempt), *span)


def _gone(draft: Draft) -> None:
    """「原本12家,留下9家」: three went."""
    old = draft.facts.get("old_members")
    for stayed, span in draft.stayed:
        if old is None or not isinstance(old.value, int | Range):
            draft.unassigned.append(span)
            continue
        gone = as_number(minus(as_range(old.value), stayed))
        draft.edits.append(Edit("remove", gone, None, *span, draft.text[slice(*span)]))
    draft.edits.sort(key=lambda edit: edit.start)


def _only_old(draft: Draft, members: Range | None) -> None:
    """Where nobody was added, those who were there at first are all."""
    old, added = draft.facts.get("old_members"), draft.facts.get("added_members")
    gone = any(edit.kind != "swap" for edit in draft.edits)
    if members is None and old is not None and added is not None and added.value == 0 and not gone:
        draft.put("members", old.value, old.start, old.end)


def _coached(draft: Draft, members: Range | None) -> None:
    tally = draft.coached
    if not tally.empty and (share := draft.facts.pop("coached_share", None)) is not None:
        # 「一半受過,…只有4家是三年內的」: a share and a count that nothing holds against each other.
        draft.unassigned.append((share.start, share.end))
    elif not tally.empty:
        value, taken = tally.within(members)
        if value is not None:
            if draft.claimed and members is not None and (told := disagrees(draft.claimed, value, members)):
                draft.contradictions.append(told)
            draft.put("coached_within_3y", as_number(value), *tally.span, *taken)
            track = draft.facts.get("track")
            if track is not None and track.value == FIRST and as_range(value).high:
                # Who applies for the first time has had no coaching: one of the two is something else.
                draft.unassigned.append(tally.span)
        elif tally.everyone is not None and not tally.unclear:
            draft.put("coached_share", Fraction(1), tally.everyone.start, tally.everyone.end)


def _enumerated(draft: Draft) -> bool:
    """True in 「3家餐廳、2家民宿」: kinds of members, whose sum nobody told."""
    places = sorted((one.start, one.end) for one in draft.totals.found)
    return any(_JOIN.fullmatch(draft.folded[before[1] : after[0]]) for before, after in pairwise(places))


def _members(draft: Draft, *, bare: bool, corrected: bool) -> Range | None:
    tally = draft.coached
    if not draft.totals.any and len(tally.all_of) == 1 and not tally.yes and not tally.no:
        said = tally.all_of[0][0]
        draft.totals.found.append(Candidate(said.count, said.start, said.end, OURS))
    best = _whole(draft, bare=bare, corrected=corrected)
    tally.settle(None if best is None else best.bounds)
    if best is None:
        whole = tally.partition()
        if whole is not None and not draft.totals.any:
            draft.put("members", as_number(whole), *tally.span)
            return whole
        return None
    accounted = set() if _fewer_than_at_first(draft, best) else {(best.start, best.end)}
    parts = [one for one in draft.totals.found if one.footing < best.footing]
    if parts and total(one.bounds for one in parts) == best.bounds:
        # 「我這邊7家,朋友也有2家,總共9家」
        accounted |= {(one.start, one.end) for one in parts}
    # 「13家,再加1家就14家了」
    accounted |= {(one.start, one.end) for one in parts if _after(draft, one) == best.bounds}
    draft.unassigned = [place for place in draft.unassigned if place not in accounted]
    draft.put("members", as_number(best.bounds), best.start, best.end)
    draft.leaving = [place for place in draft.leaving if best.start < place[0]]
    _settle_edits(draft, best.start)
    counted = total(one.count for one in (*tally.yes, *tally.no))
    if best.bounds.high is not None and counted.low > best.bounds.high:
        draft.contradictions.append(f"您說全部 {best.bounds.high} 家,分項加起來卻有 {counted.low} 家")
    return best.bounds


def _fewer_than_at_first(draft: Draft, best: Candidate) -> bool:
    """Whether a number of which nobody says that it is the whole is below those there at first, and nobody left."""
    old = draft.facts.get("old_members")
    left = draft.stayed or any(edit.kind != "add" for edit in draft.edits)
    if old is None or not isinstance(old.value, int | Range) or left or best.footing >= OURS:
        return False
    return best.bounds.high is not None and best.bounds.high < as_range(old.value).low


def _after(draft: Draft, one: Candidate) -> Range:
    """How many a number becomes by the changes told after it."""
    later = [edit for edit in draft.edits if edit.start >= one.end]
    more, fewer = (
        total(as_range(edit.count) for edit in later if edit.kind == kind) for kind in ("add", "remove")
    )
    return minus(plus(one.bounds, more), fewer)


def _whole(draft: Draft, *, bare: bool, corrected: bool) -> Candidate | None:
    told = (
        bool(draft.facts or draft.contradictions)
        or not draft.coached.empty
        or bool(draft.out or draft.registered or draft.small)
    )
    best = draft.totals.best(corrected=corrected, bare=bare or corrected or told)
    if best is not None and best.footing < SURE and _enumerated(draft):
        draft.note_vague((best.start, best.end))
        return None
    return best


def _settle_edits(draft: Draft, place: int) -> None:
    """A total told after a change includes it; so does one told beside the old members, unless more are to come."""
    old = "old_members" in draft.facts
    now = draft.track_b and _NOW.search(draft.folded[max(0, place - _BESIDE) : place]) is not None
    draft.edits = [
        replace(
            edit,
            settled=edit.end <= place
            or (old and not AGAIN.search(edit.words))
            or (now and not _TO_COME.search(draft.folded[max(0, edit.start - _BESIDE) : edit.end])),
        )
        for edit in draft.edits
    ]
