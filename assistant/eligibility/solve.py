"""
The questions turned round: what is the most, the least, how many short, until when.

`solve(book, asks, facts, today)` with one of ASKS. Where two rules bind, the
stricter one decides and both are in the working.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.counting import AtLeast
from assistant.eligibility.evaluate import assumptions_of
from assistant.eligibility.facts import TRACKS, Facts
from assistant.eligibility.rules import Rule, RuleBook
from assistant.eligibility.share import ShareAtMost
from assistant.eligibility.solution import Solution, Step, ask_for
from assistant.eligibility.stated import Stated
from assistant.eligibility.until import ban_end, presenter, tracking_end
from assistant.eligibility.working import held, most_step, whole_step


def solve(book: RuleBook, asks: str, facts: Facts, today: date) -> Solution:
    """
    Answer one of ASKS from the stated facts.

    Raises:
        KeyError: `asks` is none of ASKS.
    """
    solver = ASKS[asks]
    wrong = contradictions(facts, today)
    if wrong:
        return Solution(asks, "", contradictions=wrong)
    in_force = RuleBook(book.programme, tuple(r for r in book.rules if r.in_force(today)), book.assumptions)
    solution = replace(solver(in_force, facts, today), asks=asks)
    counted = any(isinstance(book.by_id[rule].condition, AtLeast) for rule in solution.rules)
    if solution.missing or not counted or solution.subject not in TRACKS:
        return solution
    return replace(solution, assumptions=assumptions_of(book, solution.subject, facts, "unknown"))


def _most_of(part: str) -> Callable[[RuleBook, Facts, date], Solution]:
    """「12家最多可以有幾家輔導過」: the largest part of a known whole."""

    def most(book: RuleBook, facts: Facts, _: date) -> Solution:
        rule, share = _share_rule(book, part)
        whole = Stated(facts).exact(share.whole)
        if whole is None:
            return ask_for("", rule.subject, share.whole)
        number = share.most(whole)
        steps = (most_step(rule, share, number, whole), *_too_few(book, rule.subject, share.whole, facts))
        return Solution("", rule.subject, steps, number, binding=rule.id)

    return most


def _least_whole(part: str) -> Callable[[RuleBook, Facts, date], Solution]:
    """「換2家,原來至少要幾家」: the smallest whole for a known part."""

    def least(book: RuleBook, facts: Facts, _: date) -> Solution:
        rule, share = _share_rule(book, part)
        count = Stated(facts).exact(part)
        if count is None:
            return ask_for("", rule.subject, part)
        number = share.fewest(count)
        return Solution("", rule.subject, (whole_step(rule, share, count, number),), number, binding=rule.id)

    return least


def _min_members(book: RuleBook, facts: Facts, _: date) -> Solution:
    """「有4家輔導過,全部至少幾家」: the smallest number that every rule on it lets pass."""
    subject = _track(book, facts)
    if subject is None:
        return ask_for("", "", "track")
    floors = _floors(book, subject, facts)
    if floors is None:
        return ask_for("", subject, "unqualified_members")
    number, binding = max((floor, -at, rule) for at, (floor, rule, _) in enumerate(floors))[::2]
    # The decisive rule's working first, then the others' that bind less.
    ordered = sorted(floors, key=lambda item: item[1].id != binding.id)
    return Solution("", subject, tuple(step for _, _, step in ordered), number, binding=binding.id)


def _more_members(book: RuleBook, facts: Facts, today: date) -> Solution:
    """「還差幾家」, 「再加幾家沒輔導過的才符合」: how many who meet every rule must join."""
    least = _min_members(book, facts, today)
    if least.number is None:
        return least
    members = Stated(facts).exact("members")
    if members is None:
        return ask_for("", least.subject, "members")
    more = max(0, least.number - members)
    rule = book.by_id[least.binding]
    words = (
        f"{least.number} − {members} = {more} 家，還要再加入 {more} 家，而且這 {more} 家都要符合各項規定"
        if more
        else f"現有 {members} 家，至少要 {least.number} 家，已經夠了"
    )
    return replace(least, number=more, steps=(Step(words, (rule,)), *least.steps))


def _drop_coached(book: RuleBook, facts: Facts, _: date) -> Solution:
    """「要拿掉幾家輔導過的」: how many of the part must leave, the whole shrinking with them."""
    rule, share = _share_rule(book, "coached_within_3y")
    stated = Stated(facts)
    whole, part = stated.exact(share.whole), stated.exact(share.part)
    if whole is None or part is None:
        names = [name for name in (share.whole, share.part) if stated.exact(name) is None]
        return ask_for("", rule.subject, *names)
    number = share.fewest_out(part, whole)
    left = Step(
        f"退出 {number} 家受輔導的企業後，{held(share, part - number, whole - number)}"
        if number
        else f"{held(share, part, whole)}，不必退出",
        (rule,),
    )
    after = {**facts, share.whole: replace(facts[share.whole], value=whole - number)}
    steps = (left, *_too_few(book, rule.subject, share.whole, after))
    return Solution("", rule.subject, steps, number if len(steps) == 1 else None, binding=rule.id)


def _floors(book: RuleBook, subject: str, facts: Facts) -> list[tuple[int, Rule, Step]] | None:
    """Each rule's least number of members; None if it is not known how many do not count."""
    stated, found = Stated(facts), []
    for rule in book.rules:
        condition = rule.condition
        if rule.subject != subject:
            continue
        if isinstance(condition, AtLeast) and condition.of == "members":
            out = condition.left_out(stated)
            if out.high is None or out.low != out.high:
                return None
            words = f"至少要 {condition.bound}（{condition.edge}）"
            if out.low:
                words += f"，另有 {out.low} 家不計入，{condition.needed} + {out.low} = {condition.needed + out.low} 家"
            found.append((condition.needed + out.low, rule, Step(words, (rule,))))
        if isinstance(condition, ShareAtMost) and condition.whole == "members":
            part = stated.exact(condition.part)
            if part is not None:
                floor = condition.fewest(part)
                found.append((floor, rule, whole_step(rule, condition, part, floor)))
    return found


def _too_few(book: RuleBook, subject: str, whole: str, facts: Facts) -> tuple[Step, ...]:
    """A step that says so if the whole does not reach its own minimum."""
    stated = Stated(facts)
    for rule in book.rules:
        condition = rule.condition
        if rule.subject == subject and isinstance(condition, AtLeast) and condition.of == whole:
            judgement = condition.judge(stated, date.max)
            if judgement.result == "not_met":
                short = f",{judgement.margin}" if judgement.margin else ""
                return (
                    Step(
                        f"但{rule.title}是 {judgement.reading}，至少要 {condition.bound}（{condition.edge}）{short}",
                        (rule,),
                    ),
                )
    return ()


def _share_rule(book: RuleBook, part: str) -> tuple[Rule, ShareAtMost]:
    for rule in book.rules:
        if isinstance(rule.condition, ShareAtMost) and rule.condition.part == part:
            return rule, rule.condition
    raise KeyError(part)


def _track(book: RuleBook, facts: Facts) -> str | None:
    """The track that is named; else the one whose rules alone read what was coached, if that was told."""
    track = Stated(facts).choice("track")
    if track in TRACKS:
        return track
    told = any(name in facts for name in ("coached_within_3y", "coached_share"))
    return _share_rule(book, "coached_within_3y")[0].subject if told else None


ASKS: Final[Mapping[str, Callable[[RuleBook, Facts, date], Solution]]] = {
    "max_coached": _most_of("coached_within_3y"),
    "max_replaced": _most_of("replaced_old_members"),
    "min_old_members": _least_whole("replaced_old_members"),
    "min_members": _min_members,
    "missing_members": _more_members,
    "newcomers_needed": _more_members,
    "drop_coached": _drop_coached,
    "ban_end": ban_end,
    "tracking_end": tracking_end,
    "presenter": presenter,
}
