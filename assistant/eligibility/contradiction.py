"""Facts that cannot be true together, or at all; they are pointed out, never judged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from assistant.eligibility.facts import AMOUNTS, FactKind, Facts, Range, ShareRange
from assistant.eligibility.notation import amount, counted, percent, roc_span, roc_year
from assistant.eligibility.rules import RuleBook
from assistant.eligibility.stated import Stated
from assistant.eligibility.told_share import parts_of


def contradictions(book: RuleBook, facts: Facts, today: date) -> tuple[str, ...]:
    """Every impossibility, first of each fact in the order of facts.toml, then of several together, in Chinese."""
    stated = Stated(facts, book.facts)
    found: list[str] = []
    for name, kind in book.facts.items():
        if name in facts:
            found += _alone(kind, stated, today) or [*_parts(kind, stated), *_shares(kind, stated)]
    for rule in book.rules:
        found += rule.condition.clashes(stated)
    return tuple(dict.fromkeys((*found, *_events(stated, today))))


def _alone(kind: FactKind, stated: Stated, today: date) -> list[str]:
    """A value that is impossible by itself."""
    bounds, share, day = stated.count(kind.name), stated.share(kind.name), stated.span(kind.name)
    if kind.type == "share" and share is not None and (share.low < 0 or share.high > 1):
        wrong = share.high if share.high > 1 else share.low
        return [f"{kind.label}不可能是 {percent(wrong) if wrong > 0 else f'負 {percent(-wrong)}'}"]
    if kind.type != "year" and bounds.low < 0:
        return [f"{kind.label}不可能是負數({bounds.low})"]
    if bounds.high is not None and bounds.high < bounds.low:
        return [f"{kind.label}的範圍前後顛倒({counted(bounds)})"]
    if kind.high is not None and kind.type != "share" and bounds.low > kind.high:
        return [f"{kind.label}不可能是 {amount(bounds.low, kind.unit)}"]
    if kind.type == "year" and bounds.low > today.year:
        return [f"{kind.label}是 {roc_year(bounds.low)}，還沒有到"]
    # Only an event has happened; a day on which somebody will apply lies ahead.
    ahead = day is not None and day.first > today and kind.event
    return [f"{kind.label}是 {roc_span(day)}，還沒有到"] if day is not None and ahead else []


def _parts(kind: FactKind, stated: Stated) -> Iterator[str]:
    """A part that is more than what it is part of."""
    if kind.type not in AMOUNTS or not kind.part_of or not all(stated.has(name) for name in kind.part_of):
        return
    room, low = stated.most(kind.part_of), stated.count(kind.name).low
    if room is not None and low > room:
        whole = "加".join(stated.kinds[name].label for name in kind.part_of)
        yield f"{kind.label}({amount(low, kind.unit)})比{whole}({amount(room, kind.unit)})還多"


def _shares(kind: FactKind, stated: Stated) -> Iterator[str]:
    """A share that its own counts rule out, however it was rounded."""
    told = stated.share(kind.name)
    if kind.type != "share" or told is None or not kind.part:
        return
    part, whole = stated.exact(kind.part), stated.exact(kind.part_of[0])
    if not whole:
        return
    parts, unit = parts_of(told, whole), stated.kinds[kind.part].unit
    if part is not None and not _within(part, parts):
        exact = percent(Fraction(part, whole))
        yield f"{kind.label}({_shown(told)})與 {part} ÷ {whole} = {exact} 不合"
    elif part is None and parts.high is not None and parts.high < parts.low:
        near = (f"{amount(n, unit)}是 {percent(Fraction(n, whole))}" for n in (parts.high, parts.low))
        of = stated.kinds[kind.part_of[0]].label
        yield f"{kind.label}({_shown(told)})與{of}({amount(whole, unit)})不合：{'，'.join(near)}"


def _events(stated: Stated, today: date) -> Iterator[str]:
    """A day, a year and months that tell different times of one event."""
    for name, kind in stated.kinds.items():
        span = stated.span(name, name if kind.type == "year" else "")
        if not kind.event or span is None or span.first > today:
            continue
        for other in stated.kinds.values():
            if other.event != kind.event or not stated.has(other.name):
                continue
            told = stated.count(other.name)
            years = range(span.first.year, span.last.year + 1)
            if other.type == "year" and not any(_within(year, told) for year in years):
                yield f"{kind.label}({roc_span(span)})與{other.label}不同"
            # A part of a month that has passed may be told as one.
            least = _passed(min(span.last, today), today)
            most = _passed(span.first, today) + (today.day != span.first.day)
            if other.type == "months" and (told.low > most or (told.high is not None and told.high < least)):
                yield f"{kind.label}({roc_span(span)})與{other.label} {counted(told)} 個月不合"


def _passed(day: date, today: date) -> int:
    """The whole months that have passed since a day."""
    return 12 * (today.year - day.year) + today.month - day.month - (today.day < day.day)


def _within(number: int, bounds: Range) -> bool:
    return number >= bounds.low and (bounds.high is None or number <= bounds.high)


def _shown(told: ShareRange) -> str:
    return percent(told.low) if told.low == told.high else f"{percent(told.low)}~{percent(told.high)}"
