"""What a group says of coaching -> the tally of all members, or of the newcomers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster.draft import Draft, everyone, founded
from assistant.readers.digital_cluster.edits import Edit
from assistant.readers.digital_cluster.lexer import Coaching
from assistant.readers.digital_cluster.tally import Said
from assistant.reading.clauses import Group
from assistant.reading.mentions import Mention
from assistant.reading.period import Window
from assistant.reading.quantities import Count
from assistant.reading.ranges import ONE, ZERO, as_number, plus

_AND: Final = frozenset("跟和與及加、")


def read_counted(
    draft: Draft, group: Group, number: Mention, value: Count, said: Mention | None, following: Group | None
) -> None:
    """「4家兩年前輔導過」 「8家沒輔導過」 「4家有」; without `said`, a time alone: 「2家去年」."""
    source = said or draft.last
    if source is None or not isinstance(source.value, Coaching):
        return
    asked = following is not None and following.number is not None and following.number.kind == "asked"
    if following is not None and not asked and following.has("turned_into", "swap") and group.has("part"):
        # 「把其中2家輔導過的換成…」: they are no more than those counted before.
        draft.unassigned.append(group.span("part", "coached"))
    coaching, count = source.value, value.bounds
    if group.has("besides_me", "except_me"):
        count = plus(count, ONE)
    if said is not None and said.kind == "coached" and group.first("coached") is not None:
        draft.last = said
    of_newcomers = draft.of_newcomers(group, coaching)
    window = draft.window(group, newcomers=of_newcomers)
    if group.has("each"):
        # 「去年跟前年各有2家」: how many times two is not read.
        draft.coached.unclear = True
        draft.unassigned.append(group.span("each", "coached", "period"))
    if group.has("unsure"):
        # 「3家不知道有沒有輔導過」: none of them or all.
        coaching, window = Coaching(True, coaching.scheme, weak=False), "unsure"
    if of_newcomers:
        _newcomers(
            draft, group, number, Said(count, window, *group.span("coached", "period", "founded")), coaching
        )
    elif coaching.scheme in {"other", "agency"}:
        draft.note_vague(group.span("coached"))
    else:
        item = Said(count, window, *group.span("coached", "period", "has"))
        _members(draft, group, number, item, positive=coaching.positive)


def _newcomers(draft: Draft, group: Group, number: Mention, item: Said, coaching: Coaching) -> None:
    """So many of the newcomers were coached or not; or so many more come, who were or were not."""
    inside = item.inside if coaching.positive else ZERO
    if _joined(draft, group, number):
        # 「再加2家沒輔導過的跟1家輔導過的」
        words = draft.text[item.start : item.end]
        draft.edits.append(Edit("add", as_number(item.count), as_number(inside), item.start, item.end, words))
        return
    if coaching.positive or item.count == draft.newcomers.added:
        _of_change(draft, coaching, inside)
    if _for_b(draft, group, coaching):
        span = (item.start, item.end)
        draft.newcomers.said(coaching.positive, item.count, item.window, founded(group), span)


def _members(draft: Draft, group: Group, number: Mention, item: Said, *, positive: bool) -> None:
    """So many of all members were coached or not."""
    tally, part = draft.coached, group.has("part", "rest", "left")
    if draft.corrects(tally.yes if positive else tally.no, item):
        draft.latest = "yes" if positive else "no"
        return
    dated = item.window is not None and (part or not group.has("coached"))
    if everyone(group) and not part:
        if group.has("total", "us") and isinstance(number.value, Count):
            draft.totals.add(number, number.value, sure=group.has("total"), ours=True)
        tally.all_of.append((item, positive))
    elif not positive:
        tally.no.append(item)
        draft.latest = "no"
    elif dated and tally.breaks_down(item.count):
        tally.split(item, only="只" in draft.folded[max(0, number.start - 3) : number.start])
    elif not _once_more(draft, number):
        tally.yes.append(item)
        draft.latest = "yes"


def _excepted(draft: Draft, group: Group, said: Mention, item: Said, *, positive: bool, whole: bool) -> bool:
    """「除了3家以外都沒有」: the three were; 「除了3家都輔導過」: the three were not; 「除了3家輔導過」 goes on with 「其他都沒有」."""
    exempt = draft.exempt
    if exempt is None or not isinstance(exempt.value, int):
        return False
    count = Range(exempt.value, exempt.value)
    told = Said(count, item.window, min(exempt.start, said.start), max(said.end, exempt.end))
    spoken_of_others = whole or group.has("rest", "left")
    if not spoken_of_others and not positive:
        return False
    draft.exempt = None
    if spoken_of_others:
        draft.coached.rest = positive
    if positive and spoken_of_others:
        draft.coached.no.append(told)
    else:
        draft.coached.yes.append(told)
    return True


def read_unnumbered(draft: Draft, group: Group, said: Mention, coaching: Coaching) -> None:
    """「都沒輔導過」 「沒有一家受過輔導」 「其他都有」, or what was coached of those just counted."""
    if group.first("coached") is not None:
        draft.last = said
    # 「沒有一家是沒輔導過的」: all of them were.
    positive = coaching.positive != group.has("none")
    # 「107年跟108年都參加過」 speaks of all years, not of all members.
    years = sum(word.kind == "period" for word in group.words)
    whole = (everyone(group) and years <= 1) or group.has("none")
    span = _span(group, said)
    of_newcomers = draft.of_newcomers(group, coaching)
    window = draft.window(group, newcomers=of_newcomers)
    if group.has("not_all", "unsure", "some"):
        # 「大部分都沒輔導過」 「並非都沒有」: how many is not told.
        draft.coached.unclear = True
        draft.note_vague(span)
    elif _excepted(draft, group, said, Said(ZERO, window, *span), positive=positive, whole=whole):
        return
    elif of_newcomers and not group.has("rest", "left"):
        _newcomers_of_all(draft, group, Said(ZERO, window, *span), coaching, positive=positive, whole=whole)
    elif coaching.scheme in {"other", "agency"}:
        # 「4家輔導過,是別的計畫」: those just counted had none of this one.
        if positive and not whole and draft.coached.yes:
            draft.coached.yes.pop()
        draft.note_vague(span)
    elif group.has("rest", "left"):
        draft.coached.rest = positive
    elif positive and whole and window == "in" and "coached_share" in draft.facts:
        # 「三成輔導過,都是去年的」
        return
    else:
        _of_all(draft, group, Said(ZERO, window, *span), positive=positive, whole=whole, weak=coaching.weak)


def _newcomers_of_all(
    draft: Draft, group: Group, item: Said, coaching: Coaching, *, positive: bool, whole: bool
) -> None:
    """「新增的都沒受過專案輔導」 「其中1家…,去年受過專案輔導」 「新增的成員去年受過專案輔導」."""
    pending = draft.pending if not whole else None
    count = pending or (draft.newcomers.added if positive else None)
    named = group.has("newcomers")
    if positive and not whole and count is None and named:
        count = Range(1, None)
    if not (named or whole or not positive or pending is not None or draft.newcomers.waiting is not None):
        return
    if not positive or item.window == "out":
        _of_change(draft, coaching, ZERO)
    elif count is not None and item.window != "unsure":
        _of_change(draft, coaching, count)
    if _for_b(draft, group, coaching):
        draft.newcomers.said(positive, count, item.window, founded(group), (item.start, item.end))


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


def _of_all(draft: Draft, group: Group, item: Said, *, positive: bool, whole: bool, weak: bool) -> None:
    if positive and draft.pending is not None and not whole:
        draft.coached.yes.append(Said(draft.pending, item.window, item.start, item.end))
        draft.pending = None
    elif positive and whole:
        # 「4家輔導過,都是兩年前」 is of the four.
        if item.window is None or not draft.coached.dated(item.window):
            draft.coached.everyone = item
    elif positive and item.window is not None and weak:
        # 「輔導年度:110」 may date what was counted before.
        draft.dated -= {word.start for word in group.words if word.kind == "period"}
    elif positive and item.window is not None and not _dates(draft, group, item.window):
        # 「甲家去年受過輔導」: one that nobody counted.
        draft.unassigned.append((item.start, item.end))
    elif not positive and item.window != "out" and (whole or draft.totals.any or group.has("us")):
        draft.coached.nobody = item


def _dates(draft: Draft, group: Group, window: Window) -> bool:
    """Whether a time is of those counted before, or of what the cluster did when it first took part."""
    times = {word.start for word in group.words if word.kind == "period"}
    if times & {fact.start for fact in draft.facts.values()}:
        return True
    return not draft.coached.all_of and draft.coached.dated(window)


def _span(group: Group, said: Mention) -> tuple[int, int]:
    words = [word for word in group.words if word.kind in {"all", "none", "period"}] + [said]
    return min(word.start for word in words), max(word.end for word in words)


def _joined(draft: Draft, group: Group, number: Mention) -> bool:
    """跟, 和 or 加 before a number goes on with the newcomers just counted."""
    before = draft.folded[max(0, number.start - 2) : number.start]
    return (
        bool(draft.edits)
        and draft.edits[-1].kind == "add"
        and not group.has("part")
        and before.strip()[-1:] in _AND
    )


def _once_more(draft: Draft, number: Mention) -> bool:
    """那4家, 這4家: those counted before."""
    return draft.coached.yes != [] and draft.folded[max(0, number.start - 1) : number.start] in {"那", "這"}
