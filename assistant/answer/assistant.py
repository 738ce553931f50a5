"""The assistant of one programme: a question in, an Answer out, the conversation kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ulid import ULID

from assistant.answer.clean import kept_of, said_before, said_in
from assistant.answer.message import Message, PastTurn
from assistant.answer.query import Query, Tools
from assistant.answer.steps import take_steps
from assistant.answer.understand import understand
from assistant.answer.wire import to_json
from assistant.domain import Answer, Guideline, Question
from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import Facts
from assistant.eligibility.rules import RuleBook
from assistant.mail import unwrap
from assistant.ports import Clock
from assistant.rank import WeightedQuestion
from assistant.records.conversations import Conversations, Turn
from assistant.support import Objection, unsupported
from assistant.verdict import Verdict

# Facts told this many turns ago still count.
_REMEMBERED_TURNS = 20


@dataclass(frozen=True, slots=True)
class Status:
    """What is being done, for people who wait: the step's name and its words in Chinese."""

    step: str
    says: str


class Assistant:
    """Answers from one guideline; safe to call from several threads."""

    def __init__(self, tools: Tools, conversations: Conversations, clock: Clock) -> None:
        self._tools, self._conversations, self._clock = tools, conversations, clock

    @property
    def guideline(self) -> Guideline:
        """The guideline that is answered from."""
        return self._tools.guideline

    @property
    def rules(self) -> RuleBook | None:
        """The rules that decide figures, None for a programme without any."""
        return self._tools.rules

    def unsupported(self, sentence: str, clause_ids: Iterable[str]) -> tuple[Objection, ...]:
        """Why a sentence may not stand on those clauses; of one that the guideline no longer has nothing is known."""
        by_id = self.guideline.by_id
        clauses = [by_id[clause_id] for clause_id in clause_ids if clause_id in by_id]
        return unsupported(sentence, clauses, self._tools.checks) if clauses else ()

    @property
    def corpus(self) -> str:
        """The digest of the programme's files, rules among them, that is answered from."""
        return self._tools.corpus

    @property
    def today(self) -> date:
        """The date in Taiwan by the assistant's clock."""
        return self._clock.today()

    def probe(self) -> None:
        """
        Rank the first question of the guideline's own; for readiness checks.

        Raises:
            IndexUnusable: nothing can be looked up.
        """
        self._tools.ranker.rank(WeightedQuestion(self.guideline.entries[0].question, 1.0))

    def verdict(self, facts: Facts) -> Verdict:
        """The verdict on stated facts; ValueError for a programme without rules."""
        if self.rules is None:
            raise ValueError("this programme has no rules")
        return evaluate(self.rules, facts, self.today)

    def answer(self, question: Question) -> Answer:
        """
        The answer to one message.

        Raises:
            MessageRejected: the text is empty or too long.
            ValueError: the session id is no token, or an answer with the question's answer_id is stored.
            RecordsUnavailable: the conversation cannot be read or stored.
        """
        *_, answer = self.progress(question)
        assert isinstance(answer, Answer)  # what progress promises to yield last
        return answer

    def progress(self, question: Question) -> Iterator[Status | Answer]:
        """The same step by step: a Status before each step that has words, the Answer last."""
        text, kept = (
            said_in(question.text),
            kept_of(question.text),
        )  # refused before a conversation is begun for it
        session_id = self._conversations.start(question.session_id, question.programme)
        past = self._conversations.recent(session_id, _REMEMBERED_TURNS)
        history = tuple(PastTurn(said_before(turn.question), turn.outcome) for turn in past)
        answer_id = question.answer_id or str(ULID.from_datetime(self._clock.now()))
        unread = unwrap(question.text).unread
        message = Message(text, history, self.today, answer_id, session_id, unread)
        for found in take_steps(message, self._tools):
            if isinstance(found, Answer):
                self._keep(message, kept, found)
                yield found
            elif found.says:
                yield Status(found.name, found.says)

    def _keep(self, message: Message, kept: str, answer: Answer) -> None:
        self._conversations.append(
            answer.session_id,
            Turn(
                answer_id=answer.id,
                question=kept,
                understood=understand(Query(message, message.text), self._tools).understood,
                outcome=answer.outcome,
                answer=to_json(answer),
                corpus_hash=self._tools.corpus,
                created_at=self._clock.now(),
            ),
        )
