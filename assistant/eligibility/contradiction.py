"""Facts that cannot be true together, or at all; they are pointed out, never judged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from assistant.eligibility.facts import FACTS, FactKind, Facts, Range, ShareRange
from assistant.eligibility.notation import counted, percent, roc_date, roc_year
from assistant.eligibility.share import parts_of
from assistant.eligibility.stated import Stated


def contradictions(facts: Facts, today: date) -> tuple[str, ...]:
    """Every impossibility, in the order of the facts' list, in Chinese."""
    stated = Stated(facts)
    found: list[str] = []
    for name, kind in FACTS.items():
        if name in facts:
            found += _alone(kind, stated, today) or [*_parts(kind, stated), *_shares(kind, stated)]
    return (*found, *_together(stated, today))


def _alone(kind: FactKind, stated: Stated, today: date) -> list[str]:
    """A value that is impossible by itself."""
    bounds, share, day = stated.count(kind.name), stated.share(kind.name), stated.day(kind.name)
    if kind.type == "share" and share is not None and (share.low < 0 or share.high > 1):
        wrong = share.high if share.high > 1 else share.low
        return [f"{kind.label}不可能是 {percent(wrong) if wrong > 0 else f'負 {percent(-wrong)}'}"]
    if kind.type in {"count", "months"} and bounds.low < 0:
        return [f"{kind.label}不可能是負數({bounds.low})"]
    if bounds.high is not None and bounds.high < bounds.low:
        return [f"{kind.label}的範圍前後顛倒({counted(bounds)})"]
    if kind.type == "year" and bounds.low > today.year:
        return [f"{kind.label}是 {roc_year(bounds.low)}，還沒有到"]
    if day is not None and day > today:
        return [f"{kind.label}是 {roc_date(day)}，還沒有到"]
    return []


def _parts(kind: FactKind, stated: Stated) -> Iterator[str]:
    """A part that is more than what it is part of."""
    if kind.type != "count" or not kind.part_of or not all(stated.has(name) for name in kind.part_of):
        return
    highs = [stated.count(name).high for name in kind.part_of]
    known = [high for high in highs if high is not None]
    low = stated.count(kind.name).low
    if len(known) == len(highs) and low > sum(known):
        whole = "加".join(FACTS[name].label for name in kind.part_of)
        yield f"{kind.label}({low} {kind.unit})比{whole}({sum(known)} {kind.unit})還多"


def _shares(kind: FactKind, stated: Stated) -> Iterator[str]:
    """A share that its own counts rule out, however it was rounded."""
    told = stated.share(kind.name)
    if kind.type != "share" or told is None:
        return
    part, whole = stated.exact(kind.part), stated.exact(kind.part_of[0])
    if part is not None and whole and not _within(part, parts_of(told, whole)):
        exact = percent(Fraction(part, whole))
        yield f"{kind.label}({_shown(told)})與 {part} ÷ {whole} = {exact} 不合"


def _together(stated: Stated, today: date) -> Iterator[str]:
    """Yes/no facts and dates that rule each other out."""
    out = stated.count("unqualified_members")
    answers = [stated.yes("all_registered"), stated.yes("all_sme")]
    if all(answers) and out.low > 0:
        yield f"既說各成員皆依法登記並符合中小企業認定標準，又說有 {counted(out)} 家不符合"
    if False in answers and out.high == 0:
        yield "既說有成員未登記或不符合中小企業認定標準，又說這樣的成員是 0 家"
    newcomers = stated.count("newcomers_coached_smea").low + stated.count("newcomers_coached_startups").low
    among = [stated.count(name).high for name in ("added_members", "replaced_old_members")]
    room = [high for high in among if high is not None]
    both = stated.has("newcomers_coached_smea") and stated.has("newcomers_coached_startups")
    if both and len(room) == len(among) and newcomers > sum(room):
        yield f"受過專案輔導的新成員共 {newcomers} 家，比新成員的家數({sum(room)} 家)還多"
    if stated.yes("gave_up_or_unfinished") is False and any(map(stated.has, _BREACH)):
        yield "既說沒有放棄或未結案，又說了放棄或未結案的時間"
    for day, year in (("breach_date", "breach_year"), ("coaching_started", "coaching_started_year")):
        exact, years = stated.day(day), stated.count(year)
        if exact is not None and not _within(exact.year, years):
            yield f"{FACTS[day].label}({roc_date(exact)})與{FACTS[year].label}不同"
    yield from _months(stated, today)


_BREACH = ("breach_date", "breach_year", "months_since_breach")


def _months(stated: Stated, today: date) -> Iterator[str]:
    """Months told beside a date: those that have passed, or one more where a part of one has."""
    day, months = stated.day("breach_date"), stated.count("months_since_breach")
    if day is None or day > today or not stated.has("months_since_breach"):
        return
    passed = 12 * (today.year - day.year) + today.month - day.month - (today.day < day.day)
    most = passed + (today.day != day.day)
    if months.low > most or (months.high is not None and months.high < passed):
        yield f"放棄或未結案的日期({roc_date(day)})與至今 {counted(months)} 個月不合"


def _within(number: int, bounds: Range) -> bool:
    return number >= bounds.low and (bounds.high is None or number <= bounds.high)


def _shown(told: ShareRange) -> str:
    return percent(told.low) if told.low == told.high else f"{percent(told.low)}~{percent(told.high)}"
