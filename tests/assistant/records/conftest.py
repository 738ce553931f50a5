"""Both databases for every test of the records: a SQLite file, and a database of its own in PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from assistant.records.asking import Asking, Reason
from assistant.records.conversations import Conversations, Turn
from assistant.records.database import Database, open_database
from assistant.records.feedback import FeedbackBook
from tests.fakes import FixedClock

MakeTurn = Callable[..., Turn]
SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"


def connect_to_server() -> psycopg.Connection:
    """A connection to PostgreSQL; without a server the test is skipped, in CI it fails."""
    try:
        return psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PostgreSQL at 127.0.0.1:5432: {error}")


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """The URL of a new, empty PostgreSQL database, dropped after the test."""
    name = f"records_{uuid4().hex}"
    with closing(connect_to_server()) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"postgresql+psycopg://postgres@127.0.0.1:5432/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new, empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/records.db"
    found: str = request.getfixturevalue("postgresql_url")
    return found


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A migrated database."""
    opened = open_database(url)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still until a test sets it."""
    return FixedClock()


@pytest.fixture
def conversations(database: Database, clock: FixedClock) -> Conversations:
    """An empty store of conversations."""
    return Conversations(database, clock)


@pytest.fixture
def feedback(database: Database, clock: FixedClock) -> FeedbackBook:
    """An empty store of feedback."""
    return FeedbackBook(database, clock)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session to look at rows with."""
    engine: Engine = database.engine
    with Session(engine) as opened:
        yield opened


@pytest.fixture
def make_turn(clock: FixedClock) -> MakeTurn:
    """Makes turns as the answer pipeline would hand them over."""

    def make(answer_id: str, question: str = "A類要幾家?") -> Turn:
        return Turn(
            answer_id=answer_id,
            question=question,
            understood=question,
            outcome="answered",
            answer={"text": "至少10家〔1〕", "id": answer_id, "citations": [{"n": 1, "start": 3}]},
            corpus_hash="c0ffee",
            created_at=clock.now(),
        )

    return make


def asking_of(
    source: str, question: str, at: datetime, reason: Reason = Reason.EDITED, turn_id: str | None = None
) -> Asking:
    """An asking with a vector, as the loop would hand it over."""
    return Asking(
        source=source,
        turn_id=turn_id,
        question=question,
        reason=reason,
        embedder="hash",
        vector=b"\0\0\0\0",
        asked_at=at,
    )
