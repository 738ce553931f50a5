"""
The questions turned round: what is the most, the least, how many short, until when, who.

`solve(book, asks, facts, today)` with the name of an [[ask]] of rules.toml. Where two rules
bind, the stricter one decides and both are in the working.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from assistant.eligibility.condition import ComparingCondition
from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.equals import OneOf
from assistant.eligibility.evaluate import ask_for, assumptions_of, words_of
from assistant.eligibility.facts import Facts
from assistant.eligibility.notation import amount, bare
from assistant.eligibility.rules import Find, Rule, RuleBook, TurnedQuestion
from assistant.eligibility.share import Share
from assistant.eligibility.solution import Solution, WorkingStep
from assistant.eligibility.stated import Stated
from assistant.eligibility.threshold import Threshold
from assistant.eligibility.until import until
from assistant.eligibility.working import held, part_step, threshold_step, whole_step


def solve(book: RuleBook, asks: str, facts: Facts, today: date) -> Solution:
    """
    Answer a question of the book from the stated facts.

    Raises:
        KeyError: the book has no question called `asks`.
    """
    question = book.asks[asks]
    wrong = contradictions(book, facts, today)
    if wrong:
        return Solution(asks, "", contradictions=wrong)
    in_force = book.on(today)
    solution = replace(_SOLVERS[question.find](in_force, question, facts, today), asks=asks)
    if solution.number is not None and question.head:
        unit = book.facts[question.unknown].unit if question.unknown else ""
        solution = replace(solution, head=question.head.format(number=bare(solution.number, unit)))
    elif solution.steps and solution.number is None and solution.day is None:
        solution = replace(solution, head=question.none)
    counted = any(isinstance(book.by_id[rule].condition, Threshold) for rule in solution.rules)
    if solution.missing or not counted or solution.subject not in book.tracks:
        return solution
    return replace(solution, assumptions=assumptions_of(book, solution.subject, facts, "unknown"))


@dataclass(frozen=True, slots=True)
class _Bound:
    """What one rule says of the unknown: the outermost value that it lets pass, with its working."""

    number: int
    rule: Rule
    step: WorkingStep


def _extreme(book: RuleBook, question: TurnedQuestion, facts: Facts, _: date) -> Solution:
    """「最多可以借幾本」 「全部至少幾本」: the strictest of the bounds that the rules set on the unknown."""
    rules = _rules(book, question, facts)
    if not rules:
        return Solution("", "", missing=(ask_for(book, book.track_fact),) if book.track_fact else ())
    subject, floor = rules[0].subject, question.find != "most"
    bounds, missing = _bounds(book, rules, question.unknown, facts, floor=floor)
    if not bounds or (missing and missing[0] not in _parts(rules)):
        return Solution("", subject, missing=tuple(ask_for(book, name) for name in missing))
    pick = max if floor else min
    binding = pick(bounds, key=lambda bound: bound.number)
    # The decisive rule's working first, then the others' that bind less.
    ordered = sorted(bounds, key=lambda bound: bound is not binding)
    steps = tuple(bound.step for bound in ordered)
    if not floor:
        steps = (*steps, *_too_few(book, rules, facts))
    return Solution("", subject, steps=steps, number=binding.number, binding=binding.rule.id)


def _more(book: RuleBook, question: TurnedQuestion, facts: Facts, today: date) -> Solution:
    """「還差幾家」: how many more of the unknown it takes until every rule lets it pass."""
    least = _extreme(book, question, facts, today)
    if least.number is None:
        return least
    now = Stated(facts, book.facts).exact(question.unknown)
    if now is None:
        return Solution("", least.subject, missing=(ask_for(book, question.unknown),))
    more, unit = max(0, least.number - now), book.facts[question.unknown].unit
    money = unit == "元"
    needed = f"{bare(least.number, unit)} − {bare(now, unit)} = {amount(more, unit)}"
    words = (
        f"{needed}，{'還差' if money else '還要再加入'} {amount(more, unit)}{'' if money else '，而且都要符合各項規定'}"
        if more
        else f"現有 {amount(now, unit)}，至少要 {amount(least.number, unit)}，已經夠了"
    )
    step = WorkingStep(words, (book.by_id[least.binding],))
    return replace(least, number=more, steps=(step, *least.steps))


def _fewer(book: RuleBook, question: TurnedQuestion, facts: Facts, _: date) -> Solution:
    """「要還掉幾本借來的」: how many of a part must leave, the whole shrinking with them."""
    rule = book.by_id.get(question.rule)
    if rule is None or not isinstance(rule.condition, Share) or rule.condition.is_floor:
        return Solution("", "")
    share, stated = rule.condition, Stated(facts, book.facts)
    whole, part = stated.exact(share.whole), stated.exact(share.part)
    if whole is None or part is None:
        names = [name for name in (share.whole, share.part) if stated.exact(name) is None]
        return Solution("", rule.subject, missing=tuple(ask_for(book, name) for name in names))
    number = share.fewest_out(part, whole)
    left = WorkingStep(
        f"{question.after.format(number=bare(number, share.unit))}，{held(share, part - number, whole - number)}"
        if number
        else f"{held(share, part, whole)}，不必減少",
        (rule,),
    )
    after = {**facts, share.whole: replace(facts[share.whole], value=whole - number)}
    steps = (left, *_too_few(book, [rule], after))
    reached = number if len(steps) == 1 else None
    return Solution("", rule.subject, steps=steps, number=reached, binding=rule.id)


def _who(book: RuleBook, question: TurnedQuestion, facts: Facts, today: date) -> Solution:
    """「誰來蓋章」: the rule of the choice that was told; its own words answer."""
    stated = Stated(facts, book.facts)
    rules = [r for r in book.rules if isinstance(r.condition, OneOf) and r.condition.of == question.unknown]
    for rule in rules:
        judgement = rule.condition.judge(stated, today)
        if judgement.result == "met":
            step = WorkingStep(words_of(rule, judgement), (rule,))
            return Solution("", rule.subject, steps=(step,), binding=rule.id)
    return Solution("", rules[0].subject if rules else "", missing=(ask_for(book, question.unknown),))


def _bounds(
    book: RuleBook, rules: list[Rule], unknown: str, facts: Facts, *, floor: bool
) -> tuple[list[_Bound], list[str]]:
    """Each rule's bound on the unknown, and the facts that the others lack."""
    stated, found, missing = Stated(facts, book.facts), list[_Bound](), list[str]()
    for rule in rules:
        condition = rule.condition
        if not isinstance(condition, ComparingCondition) or not condition.bounds(unknown, floor=floor):
            continue
        if isinstance(condition, Threshold):
            out = condition.left_out(stated)
            if out.low == out.high:
                step = threshold_step(rule, condition, out.low)
                found.append(_Bound(condition.last + out.low, rule, step))
            else:
                missing.insert(0, condition.less)
        elif isinstance(condition, Share):
            other = condition.part if unknown == condition.whole else condition.whole
            told = stated.exact(other)
            if told is None:
                missing.append(other)
            elif unknown == condition.whole:
                number = condition.last_whole(told)
                found.append(_Bound(number, rule, whole_step(rule, condition, told, number)))
            else:
                number = condition.last_part(told)
                found.append(_Bound(number, rule, part_step(rule, condition, number, told)))
    return found, missing


def _rules(book: RuleBook, question: TurnedQuestion, facts: Facts) -> list[Rule]:
    """The rules that are meant: the one that the question names, else those on the unknown of one subject."""
    if question.rule:
        return [rule for rule in book.rules if rule.id == question.rule]
    reading = [rule for rule in book.rules if question.unknown in rule.condition.reads]
    subjects = {rule.subject for rule in reading}
    # No track is needed where none of them reads the unknown.
    subject = subjects.pop() if len(subjects) == 1 and subjects.isdisjoint(book.tracks) else None
    subject = subject or _track(book, question.unknown, facts)
    return [rule for rule in reading if rule.subject == subject]


def _track(book: RuleBook, unknown: str, facts: Facts) -> str | None:
    """The track that is named; else the one track whose rules read the unknown and everything told."""
    named = Stated(facts, book.facts).choice(book.track_fact)
    if named in book.tracks:
        return named
    read = {
        track: {name for rule in book.rules if rule.subject == track for name in rule.condition.reads}
        for track in book.tracks
    }
    anywhere = set().union(*read.values())
    told = {unknown, *(name for name in facts if name in anywhere)}
    fitting = [track for track, names in read.items() if told <= names]
    return fitting[0] if len(fitting) == 1 else None


def _parts(rules: list[Rule]) -> set[str]:
    """The parts of the rules' shares: what nobody told of them leaves the other rules' bounds standing."""
    return {rule.condition.part for rule in rules if isinstance(rule.condition, Share)}


def _too_few(book: RuleBook, rules: list[Rule], facts: Facts) -> tuple[WorkingStep, ...]:
    """A step that says so if the whole of a share does not reach its own minimum."""
    stated = Stated(facts, book.facts)
    wholes = {rule.condition.whole for rule in rules if isinstance(rule.condition, Share)}
    for rule in book.rules:
        condition = rule.condition
        if rule.subject != rules[0].subject or not isinstance(condition, Threshold):
            continue
        if condition.of in wholes and condition.is_floor:
            judgement = condition.judge(stated, date.max)
            if judgement.result == "not_met":
                short = f"，{judgement.margin}" if judgement.margin else ""
                limit = condition.shown
                words = f"但{rule.title}是 {judgement.reading}，至少要 {limit.bound}（{limit.edge}）{short}"
                return (WorkingStep(words, (rule,)),)
    return ()


_SOLVERS: Final[Mapping[Find, Callable[[RuleBook, TurnedQuestion, Facts, date], Solution]]] = {
    "most": _extreme,
    "least": _extreme,
    "more": _more,
    "fewer": _fewer,
    "until": until,
    "who": _who,
}
