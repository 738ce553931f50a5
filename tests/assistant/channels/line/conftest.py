"""The LINE channel over a FakeAssistant, both databases, and a LINE that enforces its limits."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from assistant.channels.line.timing import Timing
from assistant.channels.line.webhook import LineOptions, line_router
from assistant.channels.service import Service
from assistant.domain import Answer, Guideline
from assistant.ports import SystemClock
from assistant.records.conversations import Conversations
from assistant.records.database import Database, open_database
from assistant.records.feedback import FeedbackBook
from assistant.records.line_chats import LineChats
from assistant.records.line_events import OPEN, EventState
from assistant.records.line_queue import LineQueue
from assistant.records.tables import RecordRow
from tests.assistant.channels.line.answers import CLAUSES
from tests.assistant.channels.line.event_bodies import SECRET, body_of, signed, text_event
from tests.assistant.channels.line.fake_line import ACCESS_TOKEN, FakeLine
from tests.assistant.channels.line.fake_server import serving
from tests.assistant.records.conftest import new_database
from tests.fakes import FakeAssistant, cited_answer

Json = dict[str, Any]
QUICK = Timing(
    lease=timedelta(seconds=0.5),
    poll=timedelta(seconds=0.05),
    first_wait=timedelta(seconds=0.02),
    longest_wait=timedelta(seconds=0.1),
    accept=timedelta(seconds=10),
)


@dataclass
class Rig:
    """The channel and both of its ends."""

    line: FakeLine
    assistant: FakeAssistant
    service: Service
    queue: LineQueue
    chats: LineChats
    options: LineOptions
    client: TestClient = field(init=False)

    def app(self) -> FastAPI:
        """An application with nothing but the webhook."""
        app = FastAPI()
        app.include_router(line_router(self.service, self.options, SystemClock()))
        return app

    def deliver(self, *events: Json) -> Response:
        """A webhook with these events."""
        body = body_of(*events)
        return self.client.post("/line/webhook", content=body, headers=signed(body))

    def say(self, text: str, lifetime: float = 60.0, **fields: Any) -> list[Json]:  # noqa: ANN401 - JSON
        """What the person sees when they have written something in a one-to-one chat."""
        token = self.line.token(lifetime)
        assert self.deliver(text_event(text, token, **fields)).status_code == 200
        assert self.line.wait_for(lambda: any(used == token for used, _ in self.line.replies)), (
            self.line.refusals
        )
        return next(messages for used, messages in self.line.replies if used == token)

    def settled(self) -> dict[EventState, int]:
        """The number of events in each state, when none is open any more."""
        self.wait_until(lambda: not any(self.queue.counts().get(state) for state in OPEN))
        return self.queue.counts()

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Look again whenever LINE has seen something, and every 20th of a second."""
        for _ in range(600):
            if holds():
                return
            with self.line.seen:
                self.line.seen.wait(0.05)
        raise AssertionError(self.queue.counts())


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a migrated PostgreSQL database, dropped at the end."""
    with new_database() as url:
        opened = open_database(url)
        opened.migrate()
        opened.close()
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path) -> str:
    """The URL of a migrated, empty database, of each kind in turn."""
    if request.param == "sqlite":
        shutil.copy(migrated_file, tmp_path / "records.sqlite3")
        return f"sqlite:///{tmp_path}/records.sqlite3"
    found: str = request.getfixturevalue("postgresql")
    opened = open_database(found)
    with opened.engine.begin() as connection:
        for table in reversed(RecordRow.metadata.sorted_tables):
            if not table.name.startswith("audit"):  # the trail takes no changes, and LINE writes none
                connection.execute(table.delete())
    opened.close()
    return found


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A migrated database."""
    opened = open_database(url)
    yield opened
    opened.close()


@pytest.fixture
def line() -> Iterator[FakeLine]:
    """LINE's servers."""
    with serving() as opened:
        yield opened


@pytest.fixture
def idle(line: FakeLine, guideline: Guideline, database: Database) -> Rig:
    """The channel, not started."""
    clock = SystemClock()
    conversations = Conversations(database, clock)
    assistant = FakeAssistant(guideline, conversations, clock)
    service = Service(
        assistants={"digital-cluster": assistant},
        default_programme="digital-cluster",
        feedback=FeedbackBook(database, clock),
        conversations=conversations,
        database=database,
        version="1.2.3",
    )
    options = LineOptions(SECRET, ACCESS_TOKEN, line.url, public_url="https://bot.example", timing=QUICK)
    queue = LineQueue(database, clock, QUICK.lease)
    return Rig(line, assistant, service, queue, LineChats(database, clock), options)


@pytest.fixture
def start(idle: Rig) -> Iterator[Callable[..., Rig]]:
    """Starts the channel, with some of its options or spans changed."""
    with ExitStack() as stack:

        def run(push: bool = False, **spans: timedelta) -> Rig:
            idle.options = replace(idle.options, push=push, timing=replace(QUICK, **spans))
            idle.client = stack.enter_context(TestClient(idle.app()))
            return idle

        yield run


@pytest.fixture
def rig(start: Callable[..., Rig]) -> Rig:
    """The channel at work."""
    return start()


@pytest.fixture
def answer(guideline: Guideline) -> Answer:
    """An answer with three clauses."""
    return cited_answer(guideline, *CLAUSES)
