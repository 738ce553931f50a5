"""Until when: the end of a ban, the end of a duty, a last day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from assistant.eligibility.deadline import LastsUntil, NotAfter
from assistant.eligibility.evaluate import ask_for, assumptions_of, words_of
from assistant.eligibility.facts import Days, Facts
from assistant.eligibility.notation import roc_date
from assistant.eligibility.period import Within
from assistant.eligibility.rules import Rule, RuleBook, TurnedQuestion
from assistant.eligibility.solution import Solution, WorkingStep
from assistant.eligibility.stated import Stated
from assistant.verdict import Result

_DUTY: Final[Mapping[Result, str]] = {
    "met": "現在還在期間內",
    "not_met": "期間已過",
    "unknown": "要看從哪一天起算，現在可能還在期間內，也可能已過",
}


def until(book: RuleBook, question: TurnedQuestion, facts: Facts, today: date) -> Solution:
    """「什麼時候可以再申請」 「要交到什麼時候」 「什麼時候截止」: by the rule that the question names."""
    rule = book.by_id.get(question.rule)
    if rule is None:  # not in force today
        return Solution("")
    if isinstance(rule.condition, Within):
        return _period_end(book, question, rule, rule.condition, facts, today)
    if isinstance(rule.condition, LastsUntil):
        return _duty_end(book, rule, rule.condition, facts, today)
    if isinstance(rule.condition, NotAfter):
        last = rule.condition
        ahead = f"今天是 {roc_date(today)}，還有 {(last.day - today).days} 天"
        step = WorkingStep(
            f"{last.shown.bound}為止（{last.shown.edge}），{_state(last.day, today, ahead)}", (rule,)
        )
        return Solution(rule.subject, steps=(step,), number=None, day=last.day)
    return Solution("")


def _period_end(
    book: RuleBook, question: TurnedQuestion, rule: Rule, period: Within, facts: Facts, today: date
) -> Solution:
    """The day on which the time is full, counted from the deed."""
    stated = Stated(facts, book.facts)
    judgement = period.judge(stated, today)
    told = assumptions_of(book, rule.subject, facts, "unknown")
    if stated.yes(period.deed) is False or stated.yes(period.excuse):
        step = WorkingStep(words_of(rule, judgement), (rule,))
        return Solution(rule.subject, steps=(step,), assumptions=told)
    ends, months = period.ends(stated, today), stated.exact(period.months)
    if ends is None and (months is None or period.full_months is None):
        return Solution(rule.subject, missing=(ask_for(book, period.times[0]),))
    words, day = _end(question, period, ends, months or 0, today)
    step = WorkingStep(f"{rule.title}；{words}", (rule,))
    return Solution(rule.subject, steps=(step,), day=day, assumptions=told)


def _end(
    question: TurnedQuestion, period: Within, ends: Days | None, months: int, today: date
) -> tuple[str, date | None]:
    """The words of an end, and the day if it is one."""
    if ends is None:
        left = (period.full_months or 0) - months
        if left > 0:
            return f"至今約 {months} 個月，約再 {left} 個月後屆滿", None
        return f"至今約 {months} 個月，{'已經過了' if left else '正好屆滿，要以實際日期為準'}", None
    last = ends.last
    if ends.first != last:
        over = "，已經過了" if today > last else ""
        return f"最早 {roc_date(ends.first)}、最晚 {roc_date(last)}屆滿{over}", None
    state = _state(last, today, question.after)
    return "，".join(filter(None, (question.since, f"{roc_date(last)}屆滿", state))), last


def _state(last: date, today: date, ahead: str) -> str:
    return "已經過了" if today > last else "就是今天" if today == last else ahead


def _duty_end(book: RuleBook, rule: Rule, duty: LastsUntil, facts: Facts, today: date) -> Solution:
    """A day, or the month or year if no more is known of the start."""
    stated = Stated(facts, book.facts)
    end, judgement = duty.end(stated), duty.judge(stated, today)
    missing = tuple(ask_for(book, name) for name in judgement.missing)
    if end is None:
        return Solution(rule.subject, missing=missing)
    title = words_of(rule, replace(judgement, result="unknown", reading=""))
    step = WorkingStep(f"{title}：{judgement.reading}，{_DUTY[judgement.result]}", (rule,))
    day = end.last if end.first == end.last else None
    return Solution(
        rule.subject,
        steps=(step,),
        number=end.last.year,
        day=day,
        missing=missing,
    )
