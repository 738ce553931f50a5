"""
What is known so far + one message read -> what is known now.

Later facts correct earlier ones; edits change the counts as said. A change of
track keeps everything else: what the new track does not read does no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Fact, FactKinds, Facts, Range, Value
from assistant.readers.digital_cluster.edits import Edit
from assistant.reading.correction import corrected
from assistant.reading.ranges import ZERO, Number, as_number, as_range, minus, plus, total
from assistant.reading.reading import Reading

# Facts that alone make no question of eligibility.
_FIRST: Final = "群聚"
_SLIGHT: Final = frozenset({"track", "presenter_type"})


def apply(known: Facts, reading: Reading, kinds: FactKinds) -> Facts:
    """The facts after a message: its own facts first, then its edits in the order they were written."""
    if reading.anew:
        known = {name: fact for name, fact in known.items() if name in _SLIGHT}
    facts = corrected(known, reading.facts, kinds)
    _recant(facts, reading)
    edits = [edit for edit in reading.edits if isinstance(edit, Edit)]
    # Who was added to a whole that is told is none of those who could be swapped.
    edits.sort(key=lambda edit: not (edit.kind == "add" and edit.settled and "old_members" not in facts))
    for place, edit in enumerate(edits):
        _edit(facts, edit, edits[:place], reading.facts)
    first = (
        "track" in facts and facts["track"].value == _FIRST and not {"members", "old_members"} & set(facts)
    )
    if first and (joining := [edit for edit in edits if edit.kind == "add"]):
        # 「9家店願意加入」 a cluster that is only being formed are all of it.
        _put(facts, "members", as_number(total(as_range(edit.count) for edit in joining)), joining[-1])
    return facts


def takes(reading: Reading, known: Facts, *, active: bool) -> bool:
    """Whether the rules should take a message; 「那再加3家呢」 goes on with figures told before another topic."""
    active = active or (bool(reading.edits) and "members" in known)
    told = bool(set(reading.facts) - _SLIGHT or reading.edits or reading.contradictions)
    if reading.other_question:
        return False
    if active:
        return (
            told
            or bool(reading.unknown)
            or reading.asks is not None
            or "track" in reading.facts
            or bool(reading.vague or reading.unread)
        )
    return told and (
        reading.asks is not None
        or bool(_CLUSTER & set(reading.facts))
        or bool(reading.contradictions)
        or "track" in known
    )


def suffices(facts: Facts) -> bool:
    """「可以拉一家飯店進來嗎」 has a figure and no cluster that it could be judged with."""
    figures = {name for name, fact in facts.items() if not isinstance(fact.value, bool | str)}
    return not figures <= {"added_members"}


_CLUSTER: Final = frozenset({"members", "coached_within_3y", "coached_share", "old_members", "added_members"})


def _recant(facts: dict[str, Fact], reading: Reading) -> None:
    """「其實都有登記」 takes back that two have not; a new total no longer fits a count beyond it."""
    told = reading.facts
    if "unqualified_members" not in told and any(
        name in told and told[name].value is True for name in ("all_registered", "all_sme")
    ):
        still_denied = any(
            name in facts and facts[name].value is False for name in ("all_registered", "all_sme")
        )
        if not still_denied:
            facts.pop("unqualified_members", None)


def _edit(facts: dict[str, Fact], edit: Edit, before: Sequence[Edit], told: Facts) -> None:
    count = as_range(edit.count)
    of_old = "old_members" in facts or _is_b(facts)
    filled = any(other.kind == "add" and other.fills for other in before)
    gone = [] if filled else [other for other in before if other.kind == "remove"]
    if edit.kind == "swap" and gone and gone[-1].count == edit.count:
        # 「3家收起來了,換了3家新的」: the same places.
        edit = replace(edit, kind="add", coached=None, fills=True)
    if edit.kind == "swap":
        _swap(facts, edit, count, swapped=any(other.kind == "swap" for other in before))
    elif edit.kind == "become":
        _become(facts, edit, count)
    elif edit.kind == "add":
        _change_members(facts, edit, count, ZERO, told)
        _change_coached(facts, edit, count, told, gained=True)
        _added(facts, edit, count, as_range(gone[-1].count) if gone and (of_old or edit.fills) else ZERO)
        if _is_b(facts) and edit.coached is not None:
            _newcomers(facts, edit, told)
    else:
        members = _count(facts, "members")
        if _is_b(facts) and "old_members" not in facts and members is not None and not edit.settled:
            _put(facts, "old_members", as_number(members), edit)
        _change_members(facts, edit, ZERO, count, told)
        _change_coached(facts, edit, count, told, gained=False)


def _become(facts: dict[str, Fact], edit: Edit, count: Range) -> None:
    """「如果改成2家呢」: of whom it can be, else of the whole or of its part, nobody knows which."""
    members, coached = _count(facts, "members"), _count(facts, "coached_within_3y")
    if coached is None or members is None or members.high is None or count.low > members.high:
        _put(facts, "members", as_number(count), edit)
    elif coached.high is not None and count.low < coached.high:
        _put(facts, "coached_within_3y", as_number(count), edit)
    else:
        _put(facts, "members", as_number(Range(count.low, members.high)), edit)
        _put(facts, "coached_within_3y", as_number(Range(coached.low, count.high)), edit)


def _newcomers(facts: dict[str, Fact], edit: Edit, told: Facts) -> None:
    """For B類, what was said of those who come counts, unless the message itself says it more exactly."""
    if "newcomers_coached_smea" in told:
        return
    if edit.coached == 0:
        _put(facts, "newcomers_coached_startups", 0, edit)
    _put(facts, "newcomers_coached_smea", edit.coached or 0, edit)


def _added(facts: dict[str, Fact], edit: Edit, count: Range, gone: Range) -> None:
    """
    Newcomers on top; those who fill the places of members that left replace them.

    「走了2家補了3家」 replaces two and adds one. Without 補 nobody said that they
    take those places, so it may be none.
    """
    if gone != ZERO:
        low = min(gone.low, count.low) if edit.fills else 0
        _put(facts, "replaced_old_members", as_number(Range(low, gone.high)), edit)
        on_top = minus(count, gone)
        count = on_top if edit.fills else Range(on_top.low, count.high)
    earlier = facts.get("added_members")
    if earlier is not None and edit.settled is False and isinstance(earlier.value, (int, Range)):
        count = plus(as_range(earlier.value), count)
    _put(facts, "added_members", as_number(count), edit)


def _swap(facts: dict[str, Fact], edit: Edit, count: Range, *, swapped: bool) -> None:
    """Some leave and as many come: the total stays."""
    if edit.coached is not None and not _is_b(facts) and "old_members" not in facts:
        _swap_coached(facts, edit)
        return
    members = _count(facts, "members")
    if "old_members" not in facts and members is not None:
        # Those added are not old; those swapped in stand where old ones stood.
        _put(facts, "old_members", as_number(minus(members, _count(facts, "added_members") or ZERO)), edit)
    old = _count(facts, "old_members")
    if old is not None and members is None:
        _put(facts, "members", as_number(old), edit)
    facts.pop("replaced_share", None)
    earlier = _count(facts, "replaced_old_members") if edit.again and swapped else None
    _put(facts, "replaced_old_members", as_number(plus(count, earlier or ZERO)), edit)
    coached = _count(facts, "coached_within_3y")
    if edit.coached is not None:
        _swap_coached(facts, edit)
    elif coached is not None:
        high = None if coached.high is None or count.high is None else coached.high + count.high
        _put(facts, "coached_within_3y", as_number(Range(minus(coached, count).low, high)), edit)


def _swap_coached(facts: dict[str, Fact], edit: Edit) -> None:
    coached = _count(facts, "coached_within_3y")
    if coached is None or edit.coached is None:
        return
    left = minus(coached, as_range(edit.coached))
    # Nobody said whether those who come were coached.
    value = left if edit.fresh else plus(left, Range(0, as_range(edit.count).high))
    _put(facts, "coached_within_3y", as_number(value), edit)


def _change_members(facts: dict[str, Fact], edit: Edit, more: Range, fewer: Range, told: Facts) -> None:
    members = _count(facts, "members") or _count(facts, "old_members")
    if members is not None and edit.named and "members" in facts and "members" not in told:
        # 「新來的2家」 of whom nobody said before may have been counted already.
        high = None if members.high is None or more.high is None else members.high + more.high
        _put(facts, "members", as_number(Range(members.low, high)), edit)
    elif members is not None and not edit.settled:
        _put(facts, "members", as_number(minus(plus(members, more), fewer)), edit)


def _change_coached(facts: dict[str, Fact], edit: Edit, count: Range, told: Facts, *, gained: bool) -> None:
    """Coached members come or go; if nobody said whether they were, it may be none or all of them."""
    _count_share(facts, edit)
    coached = _count(facts, "coached_within_3y")
    after = told.get("coached_within_3y")
    if coached is None or (after is not None and after.start >= edit.end):
        return
    if gained and edit.settled and edit.coached is None and after is not None:
        # Told together with who was coached: who is not mentioned was not, as is said aloud.
        return
    moved = Range(0, count.high) if edit.coached is None else as_range(edit.coached)
    value = plus(coached, moved) if gained else minus(coached, moved)
    if value != coached:
        _put(facts, "coached_within_3y", as_number(value), edit)


def _count_share(facts: dict[str, Fact], edit: Edit) -> None:
    """A share of a cluster that changes size no longer holds."""
    share = facts.get("coached_share")
    if share is not None and not edit.settled and isinstance(share.value, Fraction):
        facts.pop("coached_share")


def _is_b(facts: Facts) -> bool:
    track = facts.get("track")
    return track is not None and track.value == "B類"


def _count(facts: Facts, name: str) -> Range | None:
    value = facts[name].value if name in facts else None
    if isinstance(value, Range):
        return value
    return Range(value, value) if isinstance(value, int) and not isinstance(value, bool) else None


def _put(facts: dict[str, Fact], name: str, value: Value | Number, edit: Edit) -> None:
    before = facts[name].premises if name in facts else ()
    facts[name] = Fact(name, value, edit.start, edit.end, edit.words, before)
