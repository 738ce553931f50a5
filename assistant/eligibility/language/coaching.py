"""What a group says of coaching -> the tally of all members, or of the newcomers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Range, ShareRange
from assistant.eligibility.language.clauses import Group
from assistant.eligibility.language.draft import Draft, everyone, founded
from assistant.eligibility.language.mentions import Coaching, Mention
from assistant.eligibility.language.quantities import Count
from assistant.eligibility.language.reading import Edit
from assistant.eligibility.language.tally import ZERO, Said, as_number

_AND: Final = frozenset("跟和與及加、")
OTHERS_NEVER = "未提到的成員視為三年內未受過數位群聚相關輔導"


def read_counted(draft: Draft, group: Group, number: Mention, value: Count, said: Mention | None) -> None:
    """「4家兩年前輔導過」 「8家沒輔導過」 「4家有」; without `said`, a time alone: 「2家去年」."""
    source = said or draft.last
    if source is None or not isinstance(source.value, Coaching):
        return
    coaching, count = source.value, value.bounds
    if said is not None and said.kind == "coached" and group.first("coached") is not None:
        draft.last = said
    window = draft.window(group)
    if group.has("each"):
        # 「去年跟前年各有2家」: how many times two is not read.
        draft.coached.unclear = True
        draft.note_vague(group.span("each", "coached", "period"))
    if group.has("unsure"):
        # 「3家不知道有沒有輔導過」: none of them or all.
        coaching, window = Coaching(True, coaching.scheme, weak=False), "unsure"
    if draft.of_newcomers(group, coaching) and _joined(draft, group, number):
        # 「再加2家沒輔導過的跟1家輔導過的」: one more comes.
        span = group.span("coached", "period")
        coached = as_number(count) if coaching.positive and window != "out" else 0
        draft.edits.append(Edit("add", as_number(count), coached, *span, draft.text[slice(*span)]))
        return
    if draft.of_newcomers(group, coaching):
        amount = ZERO if not coaching.positive or window == "out" else count
        if coaching.positive or count == draft.newcomers.added:
            _of_change(draft, coaching, Range(0, amount.high) if window == "unsure" else amount)
        if _for_b(draft, group, coaching):
            span = group.span("coached", "period", "founded")
            draft.newcomers.said(coaching.positive, count, window, founded(group), span)
        return
    if coaching.scheme in {"other", "agency"}:
        draft.note_vague(group.span("coached"))
        return
    item = Said(count, window, *group.span("coached", "period", "has"))
    if everyone(group) and not group.has("part", "rest", "left"):
        if group.has("total", "us"):
            draft.totals.add(number, value, sure=group.has("total"), ours=True)
        draft.coached.all_of.append((item, coaching.positive))
    elif not coaching.positive:
        draft.coached.no.append(item)
    elif window is not None and draft.coached.breaks_down(count) and (not group.has("coached") or group.has("part", "rest", "left")):
        draft.coached.split(item)
    elif not _once_more(draft, number):
        draft.coached.yes.append(item)


def read_share(draft: Draft, group: Group, number: Mention) -> None:
    """「三成輔導過」 「七成沒輔導過」 「舊成員換了三成」."""
    value = number.value
    if not isinstance(value, (Fraction, ShareRange)):
        return
    if isinstance(value, Fraction) and value > 1:
        draft.contradictions.append(f"比例不可能超過 100%:「{number.words}」")
        return
    span = group.span("coached", "swap", "period", "has")
    if group.has("swap"):
        draft.put("replaced_share", value, *span)
        return
    said = draft.saying(group)
    if said is None or not isinstance(said.value, Coaching) or draft.of_newcomers(group, said.value):
        return
    draft.last = said
    window = draft.window(group)
    if said.value.scheme in {"other", "agency"} or window == "unsure":
        draft.note_vague(span)
    elif window == "out" and said.value.positive:
        draft.put("coached_within_3y", 0, *span)
        draft.assumptions.append(OTHERS_NEVER)
    elif said.value.positive:
        draft.put("coached_share", value, *span)
    elif isinstance(value, Fraction) and "coached_share" not in draft.facts:
        draft.put("coached_share", 1 - value, *span)


def read_except(draft: Draft, group: Group, exempt: Mention) -> None:
    """「除了3家以外都沒有」: the three were; 「除了3家都輔導過」: the three were not."""
    said = draft.saying(group)
    if not isinstance(exempt.value, int) or said is None or not isinstance(said.value, Coaching):
        return
    draft.last = said
    nobody = group.has("none") or not said.value.positive
    item = Said(
        Range(exempt.value, exempt.value), None if nobody else draft.window(group), exempt.start, max(said.end, exempt.end)
    )
    if nobody or not everyone(group):
        # 「除了3家輔導過」 goes on with 「其他都沒有」.
        draft.coached.yes.append(item)
    else:
        draft.coached.no.append(item)
    if nobody or everyone(group):
        draft.coached.rest = not nobody


def read_unnumbered(draft: Draft, group: Group, said: Mention, coaching: Coaching) -> None:
    """「都沒輔導過」 「沒有一家受過輔導」 「其他都有」, or what was coached of those just counted."""
    if group.first("coached") is not None:
        draft.last = said
    positive = coaching.positive and not group.has("none")
    # 「107年跟108年都參加過」 speaks of all years, not of all members.
    years = sum(word.kind == "period" for word in group.words)
    whole = (everyone(group) and years <= 1) or group.has("none")
    span = _span(group, said)
    window = draft.window(group)
    if group.has("not_all", "unsure"):
        draft.note_vague(span)
    elif draft.of_newcomers(group, coaching) and not group.has("rest", "left"):
        count = draft.pending if draft.pending is not None and not whole else draft.newcomers.added if positive else None
        told = whole or not positive or draft.pending is not None or draft.newcomers.waiting is not None
        if told and count is not None and window is None:
            _of_change(draft, coaching, count)
        elif told and not positive:
            _of_change(draft, coaching, ZERO)
        if told and _for_b(draft, group, coaching):
            draft.newcomers.said(positive, count, window, founded(group), span)
    elif coaching.scheme in {"other", "agency"}:
        # 「4家輔導過,是別的計畫」: those just counted had none of this one.
        if positive and not whole and draft.coached.yes:
            draft.coached.yes.pop()
        draft.note_vague(span)
    elif group.has("rest", "left"):
        draft.coached.rest = positive
    else:
        _of_all(draft, group, Said(ZERO, window, *span), positive=positive, whole=whole)


def _for_b(draft: Draft, group: Group, coaching: Coaching) -> bool:
    """Whether coaching of newcomers is told for B類; 輔導過 alone means 數位群聚 while the talk is of A類."""
    return coaching.scheme == "agency" or draft.track_b or not draft.edits or group.has("founded", "startup")


def _of_change(draft: Draft, coaching: Coaching, count: Range) -> None:
    """「再加4家,都沒輔導過」: what is said of those who come belongs to the edit."""
    if not draft.edits or (coaching.scheme in {"other", "agency"} and coaching.positive):
        return
    last = draft.edits[-1]
    if last.kind == "add" and last.coached is None:
        draft.edits[-1] = replace(last, coached=as_number(count))
    elif last.kind == "swap" and last.coached is not None:
        draft.edits[-1] = replace(last, fresh=count == ZERO)


def _of_all(draft: Draft, group: Group, item: Said, *, positive: bool, whole: bool) -> None:
    if positive and draft.pending is not None and not whole:
        draft.coached.yes.append(Said(draft.pending, item.window, item.start, item.end))
        draft.pending = None
    elif positive and whole:
        # 「4家輔導過,都是兩年前」 is of the four.
        if item.window is None or not draft.coached.dated(item.window):
            draft.coached.everyone = item
    elif positive and item.window is not None:
        draft.coached.dated(item.window)
    elif not positive and item.window != "out" and (whole or draft.totals.any or group.has("us")):
        draft.coached.nobody = item


def _span(group: Group, said: Mention) -> tuple[int, int]:
    words = [word for word in group.words if word.kind in {"all", "none", "period"}] + [said]
    return min(word.start for word in words), max(word.end for word in words)


def _joined(draft: Draft, group: Group, number: Mention) -> bool:
    """跟, 和 or 加 before a number goes on with the newcomers just counted."""
    before = draft.folded[max(0, number.start - 2) : number.start]
    return bool(draft.edits) and draft.edits[-1].kind == "add" and not group.has("part") and before.strip()[-1:] in _AND


def _once_more(draft: Draft, number: Mention) -> bool:
    """那4家, 這4家: those counted before."""
    return draft.coached.yes != [] and draft.folded[max(0, number.start - 1) : number.start] in {"那", "這"}
