"""
What is asked: the assistant in this process or behind an address, and whatever it is compared with.

A system takes a message and the conversation it belongs to, and replies in the JSON
shape of the API. Those that rank clauses add `ranked`, ids best first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol

import httpx
from pydantic import SecretStr

from assistant.answer.assistant import Assistant
from assistant.answer.clean import MessageRejected
from assistant.answer.query import Tools
from assistant.answer.wire import to_json
from assistant.channels.service import Service
from assistant.config import Settings
from assistant.domain import Question
from assistant.index.store import Index
from assistant.ports import Embedder
from assistant.wiring import open_indexes, open_service

ASSISTANT: Final = "assistant"
_REJECTED: Final = frozenset({400, 413, 422})


class System(Protocol):
    """One way to answer."""

    @property
    def name(self) -> str:
        """How tables call it."""
        ...

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """The reply; `session_id` in it goes on with the conversation, None begins one."""
        ...


@dataclass(frozen=True, slots=True)
class InProcess:
    """An assistant in this process; a message that it rejects counts as refused."""

    assistant: Assistant
    name: str = ASSISTANT

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """Its answer, or outcome "refused" with the reason."""
        programme = self.assistant.guideline.source.programme
        try:
            return to_json(self.assistant.answer(Question(message, programme, session)))
        except MessageRejected as reason:
            return {"outcome": "refused", "text": str(reason), "session_id": session}


@dataclass(frozen=True, slots=True)
class OverHttp:
    """A running assistant; an address that does not answer gives outcome "error"."""

    base: str
    name: str = ASSISTANT
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30))

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """POST /api/chat; 400, 413 and 422 count as refused."""
        body = {"message": message} | ({"session_id": session} if session else {})
        try:
            response = self.client.post(f"{self.base.rstrip('/')}/api/chat", json=body)
            if response.is_success:
                reply: dict[str, Any] = response.json()
                return reply
            outcome = "refused" if response.status_code in _REJECTED else "error"
            return {"outcome": outcome, "text": response.text[:500], "session_id": session}
        except (httpx.HTTPError, ValueError) as error:
            return {"outcome": "error", "text": repr(error), "session_id": session}


class Remembering:
    """An embedder that embeds no question twice, for the systems whose speed is not measured."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, list[float]] = {}

    @property
    def name(self) -> str:
        """The name of the embedder behind it."""
        return self._embedder.name

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Passages, not remembered."""
        return self._embedder.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """A question, embedded at most once."""
        if text not in self._known:
            self._known[text] = self._embedder.embed_query(text)
        return self._known[text]


@dataclass(frozen=True, slots=True)
class Bench:
    """The parts that systems are made of: the service as a channel has it, and one programme's index."""

    service: Service
    assistant: Assistant
    index: Index

    @property
    def tools(self) -> Tools:
        """What the assistant's steps work with; there is no other way to what wiring put together."""
        return self.assistant._tools  # noqa: SLF001


@contextmanager
def open_bench(settings: Settings) -> Iterator[Bench]:
    """
    The assistant over a records database that is thrown away, and its index to take apart.

    Raises:
        IndexUnusable, EncoderMissing: see assistant.wiring.open_indexes.
    """
    with TemporaryDirectory() as folder:
        records = SecretStr(f"sqlite:///{Path(folder) / 'records.sqlite3'}")
        settings = settings.model_copy(update={"database_url": records})
        with open_service(settings) as service, open_indexes(settings) as indexes:
            index = indexes[settings.programme]
            index = replace(index, embedder=Remembering(index.embedder))
            yield Bench(service, service.assistant(None), index)


def cited(
    quotes: Iterable[str], ranked: Iterable[str] | None = None, confidence: float = 0.0
) -> dict[str, Any]:
    """The reply of a system that answers with quotes wherever it has one; `ranked` if it ranks clauses."""
    citations = [{"n": n, "quote": quote} for n, quote in enumerate(quotes, 1)]
    outcome = "answered" if citations else "no_clause"
    reply = {"outcome": outcome, "citations": citations, "confidence": confidence}
    return reply if ranked is None else {**reply, "ranked": list(ranked)}
