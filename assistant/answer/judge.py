"""
Numbers, dates and yes/no conditions are computed by the rules, never ranked or generated.

The facts of a conversation are read anew from its messages each time: later ones
correct earlier ones, a change of topic leaves the tool and may return to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from assistant.answer.context import Context, Judged, Tools, ranked
from assistant.answer.split import SubQuestion, asked_in
from assistant.domain import Outcome
from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import Facts
from assistant.eligibility.render import render, render_solution
from assistant.eligibility.rules import RuleBook
from assistant.eligibility.solution import Solution
from assistant.eligibility.solve import solve
from assistant.index.targets import TargetKind
from assistant.rank import Ranking
from assistant.reading import OURS, VERDICT, WHICH, Reader, Reading
from assistant.verdict import Verdict

# What the ranker must be sure of to take a message with figures away from the rules.
_ELSEWHERE: Final = 0.5
_BRIEF: Final = 20
_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What is known after some messages, and whether the rules took the last one; `asked` is the fact asked for."""

    facts: Facts = field(default_factory=dict)
    active: bool = False
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What of a message the rules were given, how it was read, and which of its questions they take."""

    text: str
    reading: Reading
    taken: tuple[SubQuestion, ...]


def judge(context: Context, tools: Tools) -> Context:
    """Fill in `judged` if the message states or asks figures that a rule decides."""
    book, reader = tools.rules, tools.reader
    if book is None or reader is None:
        return context
    told = Told()
    for turn in context.history:
        told = _after(told, turn.text, reader, book, context.today)
    heard = _heard(context.text, context.asked, told, reader, book, context.today)
    reading, text = heard.reading, heard.text
    if not _takes(book, reader, reading, told, text):
        return context
    if not told.facts and not _own_verdict(book, reading, text) and text == context.text:
        # Beside another question the ranker has said nothing of the figures alone.
        context = ranked(context, tools)
        if not reader.suffices(reader.apply({}, reading)) or _elsewhere(context.ranking, book):
            return context
    facts = reader.apply(told.facts, reading)
    judged = replace(_judged(reading, facts, book, context.today), answers=heard.taken)
    return replace(context, judged=judged, verdict=judged.verdict)


def _heard(
    text: str, asked: tuple[SubQuestion, ...], told: Told, reader: Reader, book: RuleBook, today: date
) -> Heard:
    """Read what of a message is for the rules: of several questions those that they take, and all that was told."""
    alone = [(one, reader.read(one.text, today)) for one in asked]
    taken = tuple(one for one, reading in alone if _takes(book, reader, reading, Told(), one.text))
    several = len(asked) >= _SEVERAL and 0 < len(taken) < len(asked)
    about = " ".join(one.text if one in taken else one.story for one in asked).strip() if several else text
    known = [reading for one, reading in alone if one.text == about and told.asked is None]
    return Heard(about, known[0] if known else reader.read(about, today, told.asked), taken)


def _after(told: Told, message: str, reader: Reader, book: RuleBook, today: date) -> Told:
    heard = _heard(message, asked_in(message), told, reader, book, today)
    reading, message = heard.reading, heard.text
    if not _takes(book, reader, reading, told, message):
        return replace(told, active=False, asked=None)
    facts = reader.apply(told.facts, reading)
    missing = _computed(reading, facts, book, today).missing
    return Told(facts, active=True, asked=missing[0].fact if missing else None)


def _takes(book: RuleBook, reader: Reader, reading: Reading, told: Told, message: str) -> bool:
    """Whether the rules take a message, given what was told before."""
    return reader.takes(reading, told.facts, active=told.active) or _own_verdict(book, reading, message)


def _own_verdict(book: RuleBook, reading: Reading, message: str) -> bool:
    """「我們符合A類嗎」 asks for a verdict before any figure is told; longer messages ask of a detail."""
    named = not book.track_fact or book.track_fact in reading.facts
    asks = reading.asks == VERDICT and named and not reading.other_question
    return asks and len(message) <= _BRIEF and OURS.search(message) is not None


def _elsewhere(ranking: Ranking | None, book: RuleBook) -> bool:
    """Whether the message only mentions figures while it asks of a clause that no rule stands on."""
    best = None if ranking is None else ranking.best(TargetKind.CLAUSE)
    if best is None or best.probability < _ELSEWHERE:
        return False
    return not any(book.on_clause(clause_id) for clause_id in best.target.clauses)


def _computed(reading: Reading, facts: Facts, book: RuleBook, today: date) -> Verdict | Solution:
    if reading.asks is not None and reading.asks in book.asks:
        return solve(book, reading.asks, facts, today)
    verdict = evaluate(book, facts, today)
    if any(missing.fact == book.track_fact for missing in verdict.missing):
        # Nobody said for what; too few for every kind is too few.
        every = [evaluate(book, facts, today, subject) for subject in book.tracks]
        if all(found.decision == "ineligible" for found in every):
            return every[0]
    return verdict


def _compared(facts: Facts, book: RuleBook, today: date) -> Judged:
    """「A類跟B類哪個可以」: each class judged on the same facts, and no verdict for the two together."""
    verdicts = [evaluate(book, facts, today, subject) for subject in book.compared]
    open_ = all(verdict.decision == "unknown" for verdict in verdicts)
    lines = tuple(line for verdict in verdicts for line in render(verdict))
    return Judged(lines, _outcome(open_), None)


def _judged(reading: Reading, facts: Facts, book: RuleBook, today: date) -> Judged:
    if (
        reading.asks == WHICH
        and book.compared
        and book.track_fact not in facts
        and not reading.contradictions
    ):
        return _compared(facts, book, today)
    computed = _computed(reading, facts, book, today)
    assumptions = tuple(dict.fromkeys((*computed.assumptions, *reading.assumptions)))
    contradictions = tuple(dict.fromkeys((*computed.contradictions, *reading.contradictions)))
    computed = replace(
        computed, assumptions=assumptions, contradictions=contradictions, unread=reading.unread
    )
    if isinstance(computed, Verdict):
        if contradictions or reading.unread:
            computed = replace(computed, decision="unknown", checks=(), missing=(), nearest=())
        open_ = computed.decision == "unknown"
        return Judged(render(computed), _outcome(open_), computed)
    bare = computed.number is None and computed.day is None and bool(computed.missing or contradictions)
    open_ = bare or bool(reading.unread)
    return Judged(render_solution(computed), _outcome(open_), None)


def _outcome(open_: bool) -> Outcome:
    return Outcome.NEEDS_INFO if open_ else Outcome.ANSWERED
