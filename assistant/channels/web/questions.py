"""A request's fields -> a Question, asked; refusals become Problems before any answer is begun."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Annotated

import structlog
from fastapi import Depends
from starlette.requests import Request

from assistant.answer.assistant import Status
from assistant.answer.clean import MessageRejected
from assistant.channels.service import Service, service_of
from assistant.channels.web.metrics import Metrics, metrics_of
from assistant.channels.web.problem import Problem
from assistant.domain import Answer, Question

_SESSION = "這段對話的 session_id 不能用：代碼不正確，或對話屬於另一個計畫。不帶 session_id 就開始新的對話。"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where questions of web clients are put; counts the answers."""

    service: Service
    metrics: Metrics

    def ask(self, message: str, session_id: str | None, programme: str | None) -> Answer:
        """
        The answer to one message.

        Raises:
            Problem: 422, the message or the session cannot be taken.
            UnknownProgramme: there is no such programme.
            RecordsUnavailable: the conversation cannot be read or stored.
        """
        *_, answer = self.begin(message, session_id, programme)
        assert isinstance(answer, Answer)
        return answer

    def begin(
        self, message: str, session_id: str | None, programme: str | None
    ) -> Generator[Status | Answer, None, None]:
        """
        The same step by step, the first step done: what can be refused is refused by this call.

        Raises:
            Problem, UnknownProgramme: as `ask`.
            RecordsUnavailable: as `ask`, here or while iterating.
        """
        assistant = self.service.assistant(programme)
        steps = assistant.progress(Question(message, assistant.guideline.source.programme, session_id))
        try:
            first = next(steps)
        except MessageRejected as error:
            raise Problem(422, str(error), param="message", code=error.code) from error
        except ValueError as error:
            # Subclasses (of pydantic, of codecs) are faults of ours, not of the session.
            if session_id is None or type(error) is not ValueError:
                raise
            raise Problem(422, _SESSION, param="session_id", code="session_rejected") from error
        return self._counted(first, steps)

    def _counted(
        self, first: Status | Answer, rest: Iterator[Status | Answer]
    ) -> Generator[Status | Answer, None, None]:
        step: Status | Answer | None = first
        while step is not None:
            if isinstance(step, Answer):
                self.metrics.answered(step.outcome)
                _log.info(
                    "answered", answer=step.id, outcome=step.outcome.value, citations=len(step.citations)
                )
            yield step
            step = next(rest, None)


def desk_of(request: Request) -> Desk:
    """The desk of this app."""
    return Desk(service_of(request), metrics_of(request))


DeskDep = Annotated[Desk, Depends(desk_of)]
