"""Both databases for every test of the records: a SQLite file, and a database of its own in PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
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
from assistant.records.tables import RecordRow
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


@contextmanager
def new_database() -> Iterator[str]:
    """The URL of a new PostgreSQL database; dropping it makes the server write all to disk, which is dear."""
    name = f"records_{uuid4().hex}"
    with closing(connect_to_server()) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"postgresql+psycopg://postgres@127.0.0.1:5432/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@dataclass(slots=True)
class ServerDatabase:
    """
    A database for all tests of this process, one after another; `tables` are what the migrations made in it.

    Files are dear on the server: it is emptied by rows, and made anew only where a test changed its tables.
    """

    url: str
    tables: tuple[object, ...] | None = None

    def bare(self) -> None:
        """Without tables, and without the connections of the last test."""
        with self._connected() as server:
            server.execute("DROP SCHEMA public CASCADE")
            server.execute("CREATE SCHEMA public")

    def migrated(self) -> None:
        """With the tables as the migrations leave them, nothing in them."""
        with self._connected() as server:
            if self.tables is not None and self.tables == _tables(server):
                server.execute("SET session_replication_role = replica")  # the trail refuses to be emptied
                for table in RecordRow.metadata.sorted_tables:
                    server.execute(f'DELETE FROM "{table.name}"')
                server.execute("INSERT INTO audit_head (id, position, hash) VALUES (1, 0, repeat('0', 64))")
                server.execute("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'")
                return
        self.bare()
        with closing(open_database(self.url)) as opened:
            opened.migrate()
        with self._connected() as server:
            self.tables = _tables(server)

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        with closing(psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True)) as server:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            yield server


def _tables(server: psycopg.Connection) -> tuple[object, ...]:
    """What would not be the same if anything of the tables had been changed."""
    found = server.execute(
        "SELECT array(SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1),"
        " array(SELECT oid FROM pg_trigger ORDER BY 1), array(SELECT oid FROM pg_constraint ORDER BY 1)"
    ).fetchone()
    return tuple(found or ())


@pytest.fixture(scope="session")
def server_database() -> Iterator[ServerDatabase]:
    """The database in PostgreSQL."""
    with new_database() as url:
        yield ServerDatabase(url)


@pytest.fixture
def postgresql_url(server_database: ServerDatabase) -> str:
    """The URL of an empty PostgreSQL database."""
    server_database.bare()
    return server_database.url


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    return str(request.param)


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new, empty database."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path}/data/records.db"
    found: str = request.getfixturevalue("postgresql_url")
    return found


@pytest.fixture
def database(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path
) -> Iterator[Database]:
    """A migrated database."""
    if kind == "sqlite":
        url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'records.db')}"
    else:
        server: ServerDatabase = request.getfixturevalue("server_database")
        server.migrated()
        url = server.url
    with closing(open_database(url)) as opened:
        yield opened


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
