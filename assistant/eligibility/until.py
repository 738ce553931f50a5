"""Until when: the end of a ban, the end of a duty; and who is appointed."""

from __future__ import annotations

from datetime import date

from assistant.eligibility.appointed import Appointed
from assistant.eligibility.calendar import LastsUntil, NotWithin
from assistant.eligibility.evaluate import assumptions_of
from assistant.eligibility.facts import Facts
from assistant.eligibility.notation import roc_date
from assistant.eligibility.rules import RuleBook
from assistant.eligibility.solution import Solution, Step, ask_for
from assistant.eligibility.stated import Stated


def ban_end(book: RuleBook, facts: Facts, today: date) -> Solution:
    """「什麼時候可以再申請」: the day on which the time is full, counted from the deed."""
    stated = Stated(facts)
    for rule in book.rules:
        ban = rule.condition
        if not isinstance(ban, NotWithin):
            continue
        judgement = ban.judge(stated, today)
        told = assumptions_of(book, rule.subject, facts, "unknown")
        if judgement.contradictions:
            return Solution("", rule.subject, contradictions=judgement.contradictions)
        if stated.yes(ban.deed) is False or stated.yes(ban.excuse):
            step = Step(f"{judgement.reading}，不受{ban.bound}不得再申請的限制", (rule,))
            return Solution("", rule.subject, (step,), binding=rule.id, assumptions=told)
        ends, months = ban.ends(stated, today), stated.exact(ban.months)
        if ends is None and months is None:
            return ask_for("", rule.subject, ban.day)
        words, day = _until(ban, ends, months, today)
        return Solution("", rule.subject, (Step(words, (rule,)),), day=day, binding=rule.id, assumptions=told)
    raise KeyError("not_within")


def _until(
    ban: NotWithin, ends: tuple[date, date] | None, months: int | None, today: date
) -> tuple[str, date | None]:
    """The words of an end, and the day if it is one."""
    if ends is None:
        left = 12 * ban.period.number - (months or 0)
        if left > 0:
            return f"{ban.bound}不得再申請；至今約 {months} 個月，約再 {left} 個月後屆滿", None
        return (
            f"{ban.bound}不得再申請；至今約 {months} 個月，{'已經過了' if left else '正好屆滿，要以實際日期為準'}",
            None,
        )
    first, last = ends
    if first != last:
        return f"{ban.bound}不得再申請；最早 {roc_date(first)}、最晚 {roc_date(last)}屆滿", None
    state = "已經過了" if today > last else "就是今天" if today == last else "在那之後才能再申請"
    return f"{ban.bound}不得再申請；從放棄或未結案之日起算，{roc_date(last)}屆滿，{state}", last


def tracking_end(book: RuleBook, facts: Facts, today: date) -> Solution:
    """「追蹤資料要交到什麼時候」: a day, or the year if only the year of the start is known."""
    stated = Stated(facts)
    for rule in book.rules:
        duty = rule.condition
        if not isinstance(duty, LastsUntil):
            continue
        end = duty.end(stated)
        if end is None:
            return ask_for("", rule.subject, duty.year)
        lasts = duty.judge(stated, today).result == "met"
        step = Step(
            f"{rule.unknown}：{duty.working(stated)}，{'現在還在期間內' if lasts else '期間已過'}", (rule,)
        )
        if isinstance(end, date):
            return Solution("", rule.subject, (step,), end.year, end, binding=rule.id)
        return Solution("", rule.subject, (step,), end, binding=rule.id)
    raise KeyError("lasts_until")


def presenter(book: RuleBook, facts: Facts, today: date) -> Solution:
    """「誰負責簡報」: the rule of the type asked about."""
    stated, kinds = Stated(facts), [rule for rule in book.rules if isinstance(rule.condition, Appointed)]
    for rule in kinds:
        if rule.condition.judge(stated, today).result == "met":
            return Solution("", rule.subject, (Step(rule.met, (rule,)),), binding=rule.id)
    if stated.has("presenter_type") or not kinds:
        raise KeyError("presenter_type")
    return ask_for("", kinds[0].subject, "presenter_type")
