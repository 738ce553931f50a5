"""
The ways in which a count is read, each with the kinds of words that it knows.

The first way whose words a count has reads it. A word that this way does not know is
left over, and the count with it: what was not wholly understood decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from assistant.readers.digital_cluster import coaching, membership
from assistant.readers.digital_cluster.bare import read_bare, read_old, says_only_when
from assistant.readers.digital_cluster.changes import read_change
from assistant.readers.digital_cluster.draft import Draft, everyone, founded
from assistant.readers.digital_cluster.tally import Said
from assistant.reading.clauses import Group
from assistant.reading.mentions import Mention
from assistant.reading.quantities import Count
from assistant.reading.ranges import ONE, as_number, plus
from assistant.reading.roles import CHANGES

_RULE_AFTER: Final = re.compile(
    r"\s?(?:以上)?\s?(?:就(?:可以|行|好|能|夠|符合)|才(?:可以|能|行|夠|符合|算|有))"
)
# What would be so is not so: 「2家不來的話我們就剩7家」.
_WOULD_BE: Final = re.compile(
    r"(?:如果|要是|若|假如|的話|萬一)[^。!?\n]{0,20}就(?:只|會)?(?:有|剩下?|變成?|是)\s?$"
)
_ENDED: Final = re.compile(r"[,。;!?\n]|$")
_OF_THE_NEW: Final = frozenset({"newcomers", "founded", "startup"})
OF_COACHING: Final = _OF_THE_NEW | {
    "all", "besides", "coached", "each", "keep", "old", "other_programme", "period", "rest", "unsure",
}  # fmt: skip
_OF_A_CHANGE: Final = _OF_THE_NEW | {
    "all", "coached", "keep", "old", "other_programme", "period", "registered", "rest", "sme_yes", "turned_into", *CHANGES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """A count with its group, what is said of it, and the group behind it."""

    draft: Draft
    group: Group
    number: Mention
    value: Count
    following: Group | None
    said: Mention | None

    @property
    def ours(self) -> bool:
        """Whether it is said to be of us, or of all."""
        return self.group.has("us", "total")


@dataclass(frozen=True, slots=True)
class Way:
    """When a count is read in this way, the kinds of words that it knows, and the reading."""

    fits: Callable[[Counted], bool]
    knows: frozenset[str]
    read: Callable[[Counted], None]


def read_count(draft: Draft, group: Group, number: Mention, value: Count, following: Group | None) -> None:
    """Read a count that is said of this cluster, in the first way that fits."""
    if not _states(draft, group, number, value):
        return
    counted = Counted(draft, group, number, value, following, draft.saying(group))
    way = next(way for way in WAYS if way.fits(counted))
    if draft.accounts(group, way.knows):
        way.read(counted)


def _states(draft: Draft, group: Group, number: Mention, value: Count) -> bool:
    """Whether the number is said of this cluster, not asked or quoted."""
    if _WOULD_BE.search(draft.folded[: number.start]):
        draft.unassigned.append((number.start, number.end))
        return False
    if group.has("rule", "not_count") or (group.has("plus_me") and not group.has("total")):
        return False
    if group.has("us", "total", "old", *CHANGES):
        return True
    if _RULE_AFTER.match(draft.folded, number.end):
        return False
    bound = value.kind in {"at least", "at most"}
    return not (bound and not group.has("coached") and draft.is_question(number.start))


def _all_new(one: Counted) -> bool:
    """True in 「12家都是新的」 and 「這次是新的12家」, which are of the whole cluster."""
    fresh, folded = one.group.first("newcomers"), one.draft.folded
    if fresh is not None and fresh.end == one.number.start and one.group.has("us"):
        return (
            folded[fresh.start - 1 : fresh.start] == "是" and _ENDED.match(folded, one.number.end) is not None
        )
    behind = fresh is not None and fresh.start >= one.number.end
    return behind and one.group.has("all") and not one.group.has("part", "turned_into", *CHANGES)


def _of_size(one: Counted) -> bool:
    some = one.group.has("sme_yes") and not everyone(one.group) and not one.ours
    return one.group.has("sme_no") or some


def _of_coaching(one: Counted) -> bool:
    """「4家輔導過」, and 「2家是五年前的」 of those whose coaching was just told."""
    last = one.draft.last
    repeats = last is not None and last.kind == "coached" and says_only_when(one.draft, one.group, one.number)
    return one.said is not None or (
        repeats and one.group.has("period") and not one.group.has("us", "total", "old")
    )


def _read_total(one: Counted) -> None:
    one.draft.totals.add(one.number, one.value, sure=one.group.has("total"), ours=True)


def _read_with_me(one: Counted) -> None:
    """「我跟另外9家」 are ten."""
    _read_total(replace(one, value=replace(one.value, bounds=plus(one.value.bounds, ONE))))


def _read_registered(one: Counted) -> None:
    if one.said is not None:
        membership.read_counted(one.draft, one.group, one.number, one.value, one.said)


def _read_coached(one: Counted) -> None:
    coaching.read_counted(one.draft, one.group, one.number, one.value, one.said, one.following)


def _read_old_coached(one: Counted) -> None:
    one.draft.put("old_members", as_number(one.value.bounds), one.number.start, one.number.end)
    _read_coached(one)


def _read_founded(one: Counted) -> None:
    span = one.group.span("founded", "startup")
    one.draft.newcomers.founded(founded(one.group), one.value.bounds, span)


def _read_elsewhere(one: Counted) -> None:
    """「那5家裡有2家是勞動部的」 takes two of those told before away; alone it tells nothing of this programme."""
    span = one.group.span("other_programme")
    one.draft.note_vague(span)
    if (one.draft.totals.opened or one.group.has("part")) and one.draft.coached.empty:
        one.draft.unassigned.append(span)


def _read_started(one: Counted) -> None:
    """「4家去年開始輔導」: coaching that began before the years that count may have gone on into them."""
    window = one.draft.window(one.group)
    span = one.group.span("started", "period")
    one.draft.coached.yes.append(Said(one.value.bounds, "unsure" if window == "out" else window, *span))


def _read_overlap(one: Counted) -> None:
    """「去年2家、前年3家,其中1家重複」"""
    if one.draft.coached.overlaps(one.value.bounds):
        one.draft.dated |= {word.start for word in one.group.words if word.kind == "period"}
    else:
        one.draft.unassigned.append(one.group.span("overlap"))


WAYS: Final = (
    Way(_all_new, frozenset({"all", "newcomers"}), _read_total),
    Way(
        lambda one: one.group.has("turned_into", "newcomers", *CHANGES),
        _OF_A_CHANGE,
        lambda one: read_change(one.draft, one.group, one.number, one.value.bounds, one.following),
    ),
    Way(
        lambda one: one.group.has("started") and one.group.has("period") and not one.ours,
        OF_COACHING - _OF_THE_NEW,
        _read_started,
    ),
    Way(lambda one: one.group.has("overlap"), frozenset({"overlap", "all", "period"}), _read_overlap),
    Way(
        lambda one: one.group.has("stay"),
        frozenset({"stay", "old", "rest"}),
        lambda one: one.draft.stayed.append((one.value.bounds, one.group.span("stay"))),
    ),
    Way(
        _of_size,
        frozenset({"sme_no", "sme_yes", "unsure", "all", "registered"}),
        lambda one: membership.read_size(one.draft, one.group, one.value),
    ),
    Way(
        lambda one: one.said is not None and one.said.kind == "registered",
        frozenset({"registered", "unsure", "all", "sme_yes", "rest", "old"}),
        _read_registered,
    ),
    Way(
        lambda one: one.said is not None and one.group.has("old") and one.group.has("all"),
        frozenset({"old", "all", "coached", "period"}),
        _read_old_coached,
    ),
    Way(_of_coaching, OF_COACHING, _read_coached),
    Way(
        lambda one: one.group.has("old"),
        frozenset({"old", "all", "keep", "none_added", "period"}),
        lambda one: read_old(one.draft, one.group, one.number, one.value),
    ),
    Way(
        lambda one: one.group.has("founded", "startup"),
        frozenset({"founded", "startup", "rest"}),
        _read_founded,
    ),
    Way(
        lambda one: one.group.has("other_programme"),
        OF_COACHING,
        _read_elsewhere,
    ),
    Way(lambda one: one.group.has("except_me", "besides_me"), frozenset({"all"}), _read_with_me),
    Way(
        # 「12家沒換沒加」; 「有1家沒加入」 is another matter.
        lambda one: one.group.has("keep") and one.group.has("none_added"),
        frozenset({"all", "keep", "none_added"}),
        lambda one: read_bare(one.draft, one.group, one.number, one.value, one.following),
    ),
    Way(
        lambda _one: True,
        frozenset({"all", "rest", "keep", "period", "sme_yes"}),
        lambda one: read_bare(one.draft, one.group, one.number, one.value, one.following),
    ),
)
