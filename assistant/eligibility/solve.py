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
from assistant.eligibility.facts import Facts, Range
from assistant.eligibility.moves import MOVES, moved, too_few
from assistant.eligibility.notation import amount, bare
from assistant.eligibility.rules import Find, Rule, RuleBook, TurnedQuestion
from assistant.eligibility.share import Share
from assistant.eligibility.solution import Solution, WorkingStep
from assistant.eligibility.stated import Stated
from assistant.eligibility.threshold import Threshold
from assistant.eligibility.until import until
from assistant.eligibility.working import part_step, threshold_step, whole_step


def solve(book: RuleBook, asks: str, facts: Facts, today: date) -> Solution:
    """
    Answer a question of the book from the stated facts.

    Raises:
        KeyError: the book has no question called `asks`.
    """
    question = book.asks[asks]
    wrong = contradictions(book, facts, today)
    if wrong:
        return Solution("", contradictions=wrong)
    in_force = book.on(today)
    solution = _SOLVERS[question.find](in_force, question, facts, today)
    if solution.number is not None:
        unit = book.facts[question.unknown].unit if question.unknown else ""
        template = question.zero if not solution.number and question.zero else question.head
        number = bare(solution.number, unit)
        solution = replace(solution, head=solution.head or template.format(number=number, most=number))
    elif solution.steps and solution.day is None:
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
        return Solution("", missing=(ask_for(book, book.track_fact),) if book.track_fact else ())
    subject, floor = rules[0].subject, question.find != "most"
    bounds, missing = _bounds(book, rules, question.unknown, facts, floor=floor)
    if not bounds or (missing and missing[0] not in _parts(rules)):
        return Solution(subject, missing=tuple(ask_for(book, name) for name in missing))
    pick = max if floor else min
    binding = pick(bounds, key=lambda bound: bound.number)
    # The decisive rule's working first, then the others' that bind less.
    ordered = sorted(bounds, key=lambda bound: bound is not binding)
    steps = tuple(bound.step for bound in ordered)
    if not floor:
        steps = (*steps, *too_few(book, rules, facts))
    return Solution(subject, steps=steps, number=binding.number, binding=binding.rule.id)


def _most(book: RuleBook, question: TurnedQuestion, facts: Facts, today: date) -> Solution:
    """「最多可以借幾本」, or what is left of it where some are told already: 「還可以再借幾本」."""
    most = _extreme(book, question, facts, today)
    now = Stated(facts, book.facts).exact(question.unknown)
    if most.number is None or now is None or not question.left:
        return most
    unit, left = book.facts[question.unknown].unit, most.number - now
    told = f"{bare(most.number, unit)} − {bare(now, unit)} = {amount(left, unit)}"
    words = told if left >= 0 else f"現有 {amount(now, unit)}，已經超過 {amount(-left, unit)}"
    template = question.left if left > 0 else question.zero or question.left
    head = template.format(number=bare(max(0, left), unit), most=bare(most.number, unit))
    step = WorkingStep(words, (book.by_id[most.binding],))
    return replace(most, head=head, number=max(0, left), steps=(*most.steps, step))


def _more(book: RuleBook, question: TurnedQuestion, facts: Facts, today: date) -> Solution:
    """「還差幾家」: how many more of the unknown it takes until every rule lets it pass."""
    least = _extreme(book, question, facts, today)
    if least.number is None:
        return least
    now = Stated(facts, book.facts).exact(question.unknown)
    if now is None:
        return Solution(least.subject, missing=(ask_for(book, question.unknown),))
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


def _who(book: RuleBook, question: TurnedQuestion, facts: Facts, today: date) -> Solution:
    """「誰來蓋章」: the rule of the choice that was told; its own words answer."""
    stated = Stated(facts, book.facts)
    rules = [r for r in book.rules if isinstance(r.condition, OneOf) and r.condition.of == question.unknown]
    for rule in rules:
        judgement = rule.condition.judge(stated, today)
        if judgement.result == "met":
            step = WorkingStep(words_of(rule, judgement), (rule,))
            return Solution(rule.subject, steps=(step,))
    return Solution(rules[0].subject if rules else "", missing=(ask_for(book, question.unknown),))


def _bounds(
    book: RuleBook, rules: list[Rule], unknown: str, facts: Facts, *, floor: bool
) -> tuple[list[_Bound], list[str]]:
    """Each rule's bound on the unknown, and the facts that the others lack."""
    stated, found, missing = Stated(facts, book.facts), list[_Bound](), list[str]()
    for rule in rules:
        condition = rule.condition
        if not isinstance(condition, ComparingCondition) or not condition.bounds(unknown, floor=floor):
            continue
        out = condition.left_out(stated) if isinstance(condition, Threshold | Share) else Range(0, 0)
        if isinstance(condition, Threshold | Share) and out.low != out.high:
            missing.insert(0, condition.less)
        elif isinstance(condition, Threshold):
            step = threshold_step(rule, condition, out.low)
            found.append(_Bound(condition.last + out.low, rule, step))
        elif isinstance(condition, Share):
            other = condition.part if unknown == condition.whole else condition.whole
            told = stated.exact(other)
            if told is None:
                missing.append(other)
            elif unknown == condition.whole:
                number = condition.last_whole(told)
                step = whole_step(rule, condition, told, number, out.low)
                found.append(_Bound(number + out.low, rule, step))
            else:
                counted = max(0, told - out.low)
                number = condition.last_part(counted)
                found.append(_Bound(number, rule, part_step(rule, condition, number, counted)))
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


_SOLVERS: Final[Mapping[Find, Callable[[RuleBook, TurnedQuestion, Facts, date], Solution]]] = {
    "most": _most,
    "least": _extreme,
    "more": _more,
    **dict.fromkeys(MOVES, moved),
    "until": until,
    "who": _who,
}
