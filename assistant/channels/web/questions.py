"""A request's fields -> a Question, asked; refusals become Problems before any answer is begun."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Annotated

import structlog
from fastapi import Depends
from starlette.requests import Request

from assistant import domain
from assistant.answer.assistant import Status
from assistant.answer.clean import MessageRejected
from assistant.channels.problem import Problem
from assistant.channels.service import Service, service_of
from assistant.channels.web import schemas
from assistant.channels.web.metrics import Metrics, metrics_of
from assistant.records.stored_text import is_token

Steps = Generator[Status | schemas.Answer, None, None]

_SESSION = "這段對話的 session_id 不能用：代碼不正確，或對話屬於另一個計畫。不帶 session_id 就開始新的對話。"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class QuestionDesk:
    """Where questions of web clients are put; counts the answers."""

    service: Service
    metrics: Metrics

    def ask(self, asked: schemas.Asked) -> schemas.Answer:
        """
        The answer to one message.

        Raises:
            Problem: 422, the message or the session cannot be taken.
            UnknownProgramme: there is no such programme.
            RecordsUnavailable: the conversation cannot be read or stored.
        """
        *_, answer = self.begin(asked)
        assert isinstance(answer, schemas.Answer)
        return answer

    def begin(self, asked: schemas.Asked) -> Steps:
        """
        The same step by step, the first step done: what can be refused is refused by this call.

        A message that was answered before, by its own id, gets that answer at once.

        Raises:
            Problem, UnknownProgramme: as `ask`.
            RecordsUnavailable: as `ask`, here or while iterating.
        """
        assistant, session_id = self.service.assistant(asked.programme), asked.session_id
        answer_id = None
        if asked.session_id and asked.message_id:
            answer_id = answer_id_of(asked.session_id, asked.message_id, asked.message)
            if kept := self._kept(answer_id):
                return _once(kept)
        programme = assistant.guideline.source.programme
        if session_id and is_token(session_id) and not self.service.conversations.knows(session_id):
            # Ids are given out here: one that a client made up could be known to others.
            session_id = None
        steps = assistant.progress(domain.Question(asked.message, programme, session_id, answer_id))
        try:
            first = next(steps)
        except MessageRejected as error:
            raise Problem(422, str(error), param="message", code=error.code) from error
        except ValueError as error:
            if kept := self._kept(answer_id):
                return _once(kept)
            # Subclasses (of pydantic, of codecs) are faults of ours, not of the session.
            if session_id is None or type(error) is not ValueError:
                raise
            raise Problem(422, _SESSION, param="session_id", code="session_rejected") from error
        return self._counted(first, steps, answer_id)

    def _counted(
        self, first: Status | domain.Answer, rest: Iterator[Status | domain.Answer], answer_id: str | None
    ) -> Steps:
        step: Status | domain.Answer | None = first
        while step is not None:
            if isinstance(step, domain.Answer):
                self.metrics.answered(step.outcome)
                _log.info(
                    "answered", answer=step.id, outcome=step.outcome.value, citations=len(step.citations)
                )
                yield schemas.Answer.of(step)
            else:
                yield step
            try:
                step = next(rest, None)
            except ValueError:
                # The same message, sent again while this was at work, was faster: its answer is the one.
                kept = self._kept(answer_id)
                if kept is None:
                    raise
                yield kept
                return

    def _kept(self, answer_id: str | None) -> schemas.Answer | None:
        """The answer that was given under an id, or None."""
        turn = None if answer_id is None else self.service.conversations.answer(answer_id)
        return None if turn is None else schemas.Answer.of_stored(turn.answer)


def _once(answer: schemas.Answer) -> Steps:
    yield answer


def answer_id_of(session_id: str, message_id: str, message: str) -> str:
    """
    The id of the answer to a message that has an id of its own: the same for the same three, and for nothing else.

    The words belong to it: a client that uses an id twice for different messages gets
    an answer to each. Session and message ids hold no newline, so the three stay apart.
    """
    return blake2b(f"{session_id}\n{message_id}\n{message}".encode(), digest_size=16).hexdigest()


def desk_of(request: Request) -> QuestionDesk:
    """The desk of this app."""
    return QuestionDesk(service_of(request), metrics_of(request))


QuestionDeskDep = Annotated[QuestionDesk, Depends(desk_of)]
