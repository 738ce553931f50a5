"""
A conversation -> the case that it puts to the rules, if it does.

The facts of a conversation are read anew from its messages each time: later ones
correct earlier ones, a change of topic leaves the rules and may return to them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from assistant.answer.judge import computed
from assistant.answer.message import Message
from assistant.answer.query import Case, Query, Tools
from assistant.answer.split import SubQuestion, asked_in
from assistant.answer.understand import understand
from assistant.domain import Outcome
from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import Facts
from assistant.eligibility.rules import RuleBook
from assistant.index.targets import TargetKind
from assistant.rank import Ranking
from assistant.reading import CORRECTION, OURS, VERDICT, Reader, Reading
from assistant.reading.form import amended, asks_to_correct, is_form, read_form

# What the ranker must be sure of to take a message with figures away from the rules.
_ELSEWHERE: Final = 0.5
_SILENT: Final = 0.8
_BRIEF: Final = 20


@dataclass(frozen=True, slots=True)
class Memory:
    """
    What is known after some messages, whether the rules took the last one, and the fact that they then asked for.

    `unread` are words that were not followed and that no figures told since have settled; `asks` is what the
    rules were asked last, `amending` tells that the last message announced a correction.
    """

    facts: Facts = field(default_factory=dict)
    active: bool = False
    awaited: str | None = None
    unread: tuple[str, ...] = ()
    asks: str | None = None
    amending: bool = False


@dataclass(frozen=True, slots=True)
class Hearing:
    """Hears messages for the rules of one programme on one day."""

    book: RuleBook
    reader: Reader
    today: date

    def case(self, text: str, questions: tuple[SubQuestion, ...], memory: Memory) -> Case | None:
        """What the rules take of a message: of several questions theirs, and all that was told."""
        if form := self._form(text, memory):
            return Case(text, form, form.facts, ())
        alone = [(one, self.reader.read(one.text, self.today)) for one in questions]
        taken = [one for one, reading in alone if self._takes(reading, one.text, Memory())]
        others = tuple(one for one in questions if one not in taken) if taken else ()
        if others:
            # What another question tells of the case is told: 「去年我放棄了,怎樣!現在12家可以嗎」.
            silent = [one for one, reading in alone if one in others and self._all_in_story(one, reading)]
            text = " ".join(one.story if one in silent else one.text for one in questions).strip()
        known = [reading for one, reading in alone if one.text == text and memory.awaited is None]
        reading = known[0] if known else self.reader.read(text, self.today, memory.awaited)
        if not self._takes(reading, text, memory):
            return None
        if memory.unread and not self._tells(reading):
            # 「所以可以嗎」 settles nothing of what was left over before.
            reading = replace(reading, unread=memory.unread)
        return Case(text, reading, self.reader.apply(memory.facts, reading), others)

    def after(self, memory: Memory, text: str, outcome: str = Outcome.ANSWERED) -> Memory:
        """What is known after one more message, and after an answer that began the check."""
        case = self.case(text, asked_in(text), memory)
        if case is None:
            told = self.reader.read(text, self.today).facts
            # For what one applies is not forgotten over another question.
            track = {name: fact for name, fact in told.items() if name == self.book.track_fact}
            facts = {**memory.facts, **track}
            begun = evaluate(self.book, {}, self.today).missing if outcome == Outcome.NEEDS_INFO else ()
            return Memory(facts, bool(begun), begun[0].fact if begun else None, memory.unread)
        missing = computed(case, self.book, self.today).missing
        awaited = missing[0].fact if missing else None
        amending = case.reading.asks == CORRECTION
        asks = memory.asks if amending else case.reading.asks
        return Memory(case.facts, True, awaited, case.reading.unread, asks, amending)

    def _form(self, text: str, memory: Memory) -> Reading | None:
        """What was understood put right, or about to be: all facts known now, and what was asked of them."""
        figures = set(memory.facts) - {self.book.track_fact}
        if figures and asks_to_correct(text, again=memory.amending):
            return Reading(dict(memory.facts), asks=CORRECTION)
        form = read_form(text, self.book, self.today)
        if form is None and memory.amending:
            form = amended(text, memory.facts, self.book, self.today)
        return form and replace(form, asks=memory.asks if memory.asks in self.book.asks else None)

    def own_verdict(self, reading: Reading, text: str) -> bool:
        """「我們符合A類嗎」 asks for a verdict before any figure is told; longer messages ask of a detail."""
        named = not self.book.track_fact or self.book.track_fact in reading.facts
        asks = reading.asks == VERDICT and named and not reading.other_question
        return asks and len(text) <= _BRIEF and OURS.search(text) is not None

    def elsewhere(self, ranking: Ranking) -> bool:
        """Whether a message only mentions figures while it asks of a clause that no rule stands on, or of a gap."""
        gap = ranking.best(TargetKind.GAP)
        if gap is not None and gap.probability >= _SILENT:
            return True
        best = ranking.best(TargetKind.CLAUSE)
        if best is None or best.probability < _ELSEWHERE:
            return False
        return not any(self.book.on_clause(clause_id) for clause_id in best.target.clauses)

    def _all_in_story(self, question: SubQuestion, reading: Reading) -> bool:
        """Whether a question's story alone tells every fact that the question as a whole does."""
        return set(reading.facts) <= set(self.reader.read(question.story, self.today).facts)

    def _tells(self, reading: Reading) -> bool:
        """Whether a message tells figures, and not only what it is about."""
        kinds = (self.book.facts[name].type for name in reading.facts)
        return bool(reading.edits or reading.anew) or any(kind != "choice" for kind in kinds)

    def _takes(self, reading: Reading, text: str, memory: Memory) -> bool:
        taken = self.reader.takes(reading, memory.facts, active=memory.active)
        return taken or self.own_verdict(reading, text)


def case_of(message: Message, tools: Tools) -> Case | None:
    """What a message states or asks that a rule decides; None if it is not for the rules."""
    if tools.rules is None or tools.reader is None:
        return None
    hearing, memory = Hearing(tools.rules, tools.reader, message.today), Memory()
    for turn in message.history:
        memory = hearing.after(memory, turn.text, turn.outcome)
    case = hearing.case(message.text, message.questions, memory)
    figures = set(memory.facts) - {tools.rules.track_fact}
    if case is None or figures or memory.awaited or case.text != message.text or is_form(message.text):
        # Beside another question the ranker has nothing to say of the figures alone.
        return case
    if hearing.own_verdict(case.reading, case.text) or case.reading.contradictions:
        return case
    if not tools.reader.suffices(case.facts):
        return None
    whole = understand(Query(message, message.text), tools)
    return None if hearing.elsewhere(tools.ranker.rank(*whole.ways)) else case
