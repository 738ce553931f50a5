"""Numbers, dates and yes/no conditions are computed by the rules, never ranked or generated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from assistant.answer.query import Case, Query, Tools
from assistant.answer.wording import Wording
from assistant.domain import Line, Outcome
from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import FactKinds, Facts
from assistant.eligibility.render import render, render_solution
from assistant.eligibility.rules import RuleBook
from assistant.eligibility.solution import Solution
from assistant.eligibility.solve import solve
from assistant.eligibility.telling import told_back, value_said
from assistant.privacy import mask
from assistant.reading import CORRECTION, WHICH
from assistant.verdict import Understanding, UnderstoodFact, Verdict

# The rules are sure, the reading is not: how often it was what is due, in 255 messages by four writers (155 of 161
# flat verdicts, 47 of 94 questions back).
_TOLD: Final = 0.96
_ASKED_BACK: Final = 0.5


def judge(query: Query, tools: Tools) -> Query:
    """Fill in what the rules compute, if the question is for them."""
    if query.case is None or tools.rules is None:
        return query
    case, kinds = query.case, tools.rules.facts
    if case.reading.asks == CORRECTION:
        lines, is_open, verdict = tuple(_to_correct(case.facts, kinds, tools.wording)), True, None
    else:
        lines, is_open, verdict = _told_back(case, tools.rules, tools.wording, query.message.today)
    return replace(
        query,
        lines=lines,
        outcome=Outcome.NEEDS_INFO if is_open else Outcome.ANSWERED,
        verdict=verdict,
        reading=_understanding(case, tools.rules),
        confidence=_ASKED_BACK if is_open else _TOLD,
    )


def _told_back(
    case: Case, book: RuleBook, wording: Wording, today: date
) -> tuple[tuple[Line, ...], bool, Verdict | None]:
    """What the rules say, behind the figures that they were given."""
    lines, is_open, verdict = _ruling(case, book, today)
    kinds = book.facts
    if any(kind.type != "choice" for name, kind in kinds.items() if name in case.facts):
        told = "，".join(told_back(kinds[name], case.facts[name]) for name in kinds if name in case.facts)
        lines = (Line("understood", wording.say(Outcome.ANSWERED, "understood", told=told)), *lines)
    return lines, is_open, verdict


def _to_correct(facts: Facts, kinds: FactKinds, wording: Wording) -> Iterator[Line]:
    """The facts as they were understood, numbered, and how to put one of them right."""
    told = [(kind, facts[name]) for name, kind in kinds.items() if name in facts]
    yield Line("understood", wording.say(Outcome.NEEDS_INFO, "numbered"))
    for n, (kind, fact) in enumerate(told, 1):
        said = f"（您說「{mask(fact.words)}」）" if fact.words else ""
        yield Line("understood", f"{n}. {kind.label}：{value_said(kind, fact)}{said}")
    n, example = next(
        (
            (n, replace(fact, value=fact.value + 1))
            for n, (_, fact) in enumerate(told, 1)
            if type(fact.value) is int
        ),
        (1, told[0][1]),
    )
    kind = told[n - 1][0]
    values = {"n": str(n), "label": kind.label, "value": value_said(kind, example)}
    yield Line("question", wording.say(Outcome.NEEDS_INFO, "correct", **values))


def _understanding(case: Case, book: RuleBook) -> Understanding:
    facts = [(kind, case.facts[kind.name]) for kind in book.facts.values() if kind.name in case.facts]
    return Understanding(
        tuple(
            UnderstoodFact(
                kind.name, kind.label, value_said(kind, fact), mask(fact.words), fact.start, fact.end
            )
            for kind, fact in facts
        ),
        tuple(mask(words) for words in case.reading.unread),
    )


def computed(case: Case, book: RuleBook, today: date) -> Verdict | Solution:
    """The verdict on a case, or the value that was asked for."""
    asks, facts = case.reading.asks, case.facts
    if asks is not None and asks in book.asks:
        return solve(book, asks, facts, today)
    verdict = evaluate(book, facts, today)
    if any(missing.fact == book.track_fact for missing in verdict.missing):
        # Nobody said for what; too few for every kind is too few.
        every = [evaluate(book, facts, today, subject) for subject in book.tracks]
        if all(found.decision == "ineligible" for found in every):
            return every[0]
    return verdict


def _ruling(case: Case, book: RuleBook, today: date) -> tuple[tuple[Line, ...], bool, Verdict | None]:
    """What to say, whether something is left open, and the verdict if there is one."""
    reading = case.reading
    if (
        reading.asks == WHICH
        and book.compared
        and book.track_fact not in case.facts
        and not (reading.contradictions or reading.unread)
    ):
        # 「A類跟B類哪個可以」: each judged on the same facts, and no verdict for the two together.
        verdicts = [evaluate(book, case.facts, today, subject) for subject in book.compared]
        lines = tuple(line for verdict in verdicts for line in render(verdict))
        return lines, all(verdict.decision == "unknown" for verdict in verdicts), None
    found = computed(case, book, today)
    contradictions = tuple(dict.fromkeys((*found.contradictions, *reading.contradictions)))
    found = replace(
        found,
        contradictions=contradictions,
        unread=reading.unread,
    )
    if isinstance(found, Solution):
        bare = found.number is None and found.day is None and bool(found.missing or contradictions)
        return render_solution(found), bare or bool(reading.unread), None
    if contradictions or reading.unread:
        found = replace(found, decision="unknown", checks=(), missing=(), nearest=())
    lines = (*render(found), *_for_each_case(case, book, today))
    return lines, found.decision == "unknown", found


def _for_each_case(case: Case, book: RuleBook, today: date) -> Iterator[Line]:
    """Who does not know the number that was asked for is told for which ones it would pass."""
    for ask in book.asks.values():
        if case.reading.unknown and ask.unknown == case.reading.unknown and ask.find in {"most", "least"}:
            solution = solve(book, ask.name, case.facts, today)
            if solution.number is not None:
                yield from render_solution(replace(solution, assumptions=()))
