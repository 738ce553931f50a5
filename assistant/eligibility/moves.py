"""How many of a part must go, be swapped for others, or may still come, the whole going along or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, cast

from assistant.eligibility.evaluate import ask_for
from assistant.eligibility.facts import Facts
from assistant.eligibility.notation import bare
from assistant.eligibility.rules import Find, Rule, RuleBook, TurnedQuestion
from assistant.eligibility.share import Move, Share
from assistant.eligibility.solution import Solution, WorkingStep
from assistant.eligibility.stated import Stated, with_counts
from assistant.eligibility.threshold import Threshold
from assistant.eligibility.working import held

MOVES: Final[Mapping[Find, Move]] = {"fewer": Move(-1, -1), "swap": Move(-1, 0), "join": Move(1, 1)}


def moved(book: RuleBook, question: TurnedQuestion, facts: Facts, _: date) -> Solution:
    """「要還掉幾本借來的」 「要把幾本換成買的」 「還能再借幾本」: by the maximum that the question names."""
    rule = book.by_id.get(question.rule)
    if rule is None:  # not in force today
        return Solution("")
    share, stated = cast("Share", rule.condition), Stated(facts, book.facts)
    whole, part = stated.exact(share.whole), stated.exact(share.part)
    if whole is None or part is None:
        names = [name for name in (share.whole, share.part) if stated.exact(name) is None]
        return Solution(rule.subject, missing=tuple(ask_for(book, name) for name in names))
    move, out = MOVES[question.find], min(share.left_out(stated).low, whole - part)
    whole -= out
    number = share.farthest(part, whole, move)
    passes = share.passes(part, whole)

    def after(count: int) -> str:
        told = question.after.format(number=bare(count, share.unit)) if count else "現在"
        return f"{told}{'，' if count else ' '}{held(share, *move.counts(part, whole, count))}"

    # The next one is the one too many, unless it is too many now.
    words = [after(number)] + ([after(number + 1)] if move.part > 0 and passes and share.unit != "元" else [])
    grown = with_counts(facts, {share.whole: move.counts(part, whole, number)[1] + out}, book.facts)
    few = too_few(book, [rule], grown)
    helps = move.part > 0 or not few
    steps = (WorkingStep("；".join(words), (rule,)), *few)
    return Solution(rule.subject, steps=steps, number=number if helps else None)


def too_few(book: RuleBook, rules: list[Rule], facts: Facts) -> tuple[WorkingStep, ...]:
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
