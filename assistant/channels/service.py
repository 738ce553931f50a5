"""What the channels work with, opened by the application's lifespan and reached through the request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import Request

from assistant.answer.assistant import Assistant
from assistant.domain import Guideline
from assistant.knowledge.loop import Knowledge
from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.feedback import FeedbackBook


class UnknownProgramme(LookupError):  # noqa: N818 - the name is the fact
    """There is no such programme; the message says so to people and lists those that there are."""


@dataclass(frozen=True, slots=True)
class Service:
    """
    The assistants by programme, and the records; `default_programme` is one of the programmes.

    An assistant is the current one for as long as a request lasts: take it anew for each.
    `knowledge` is the loop that closes; None where a test has no corpus to change.
    """

    assistants: Mapping[str, Assistant]
    default_programme: str
    feedback: FeedbackBook
    conversations: Conversations
    database: Database
    version: str
    knowledge: Knowledge | None = None

    def assistant(self, programme: str | None) -> Assistant:
        """
        The assistant of a programme; of the default one if none is named.

        Raises:
            UnknownProgramme: there is no such programme.
        """
        try:
            return self.assistants[self.default_programme if programme is None else programme]
        except KeyError:
            known = "、".join(self.assistants)
            raise UnknownProgramme(f"沒有這個計畫；可以用的代碼有：{known}。不指定就用預設的計畫。") from None

    def guideline_of(self, clause_id: str) -> Guideline | None:
        """The guideline that has a clause, None if none has; an id begins with its programme."""
        assistant = self.assistants.get(clause_id.split("/", 1)[0])
        return assistant.guideline if assistant and clause_id in assistant.guideline.by_id else None


def service_of(request: Request) -> Service:
    """The service that the lifespan opened."""
    return cast("Service", request.app.state.service)


ServiceDep = Annotated[Service, Depends(service_of)]
