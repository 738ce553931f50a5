"""Opening a database, its transactions, and what is said when it cannot be used."""

from __future__ import annotations

import os
import resource
import sqlite3
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from assistant.records.conversations import Conversations
from assistant.records.database import Database, open_database
from assistant.records.tables import ConversationRow, TurnRow
from assistant.records.unavailable import RecordsUnavailable
from tests.assistant.records.conftest import connect_to_server
from tests.fakes import FixedClock

NOBODY = 65534


@contextmanager
def folder_for_reading(mode: int) -> Iterator[Path]:
    """
    A folder with that mode, in it a database file that can only be read.

    Root can write everywhere, so for the time being it becomes someone else.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with closing(sqlite3.connect(folder / "old.db")) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE conversation (id TEXT)")
        (folder / "old.db").chmod(0o444)
        folder.chmod(mode)
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(user)
            folder.chmod(0o700)


def complaint(url: str) -> str:
    """What opening the URL complains of."""
    with pytest.raises(RecordsUnavailable) as raised:
        open_database(url)
    return str(raised.value)


@pytest.mark.parametrize("file", ["new.db", "old.db", "below/new.db"])
def test_read_only_folder_is_named(file: str) -> None:
    """A folder that cannot be written stops the start, named by its last part and with the remedy."""
    with folder_for_reading(0o555) as folder:
        said = complaint(f"sqlite:///{folder}/{file}")
    assert f"{Path(file).name!r} in the folder {(folder / file).parent.name!r}" in said
    assert "Make the folder and the file writable" in said
    assert str(folder) not in said


def test_read_only_file_is_named() -> None:
    """A file that can only be read stops the start, even where its folder can be written."""
    with folder_for_reading(0o777) as folder:
        assert "readonly database" in complaint(f"sqlite:///{folder}/old.db")


def test_file_in_the_way_is_named(tmp_path: Path) -> None:
    """A file where the folder should be stops the start, and its path is not told."""
    (tmp_path / "data").write_text("")
    said = complaint(f"sqlite:///{tmp_path}/data/records.db")
    assert "in the folder 'data'" in said
    assert str(tmp_path) not in said


def test_other_file_is_not_a_database(tmp_path: Path) -> None:
    """A file that is no SQLite database is left alone and complained of."""
    file = tmp_path / "records.db"
    file.write_text("a guideline\n" * 200)
    assert "file is not a database" in complaint(f"sqlite:///{file}")
    assert file.read_text() == "a guideline\n" * 200


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=ro&uri=true"])
def test_memory_is_no_place_for_records(url: str) -> None:
    """A SQLite URL must name a file: each thread would get a memory of its own."""
    assert "names no SQLite file" in complaint(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:hunter2@h/d",
        "mysql://u:hunter2@h/d",
        "sqlite+aiosqlite:///x.db",
        "u:hunter2@h/d",
        "postgresql+psycopg://u:hunter2@h:port/d",
        "",
    ],
)
def test_other_databases_are_refused(url: str) -> None:
    """Another kind of URL is refused with the two that are supported, its password untold."""
    said = complaint(url)
    assert "sqlite:///folder/records.db or postgresql+psycopg://" in said
    assert "hunter2" not in said


@pytest.mark.parametrize("host", ["127.0.0.1:1", ":1"])
def test_unreachable_server_is_named(host: str) -> None:
    """A PostgreSQL that does not answer is named by host, port and database, never by password or path."""
    said = complaint(f"postgresql+psycopg://someone:hunter2@{host}/answers")
    assert "port 1, database 'answers'" in said
    assert "Start the server" in said
    assert "hunter2" not in said
    assert "/" not in said.split("cannot be used")[1]


def test_missing_database_is_named() -> None:
    """A database that the server does not have is named, in one line."""
    connect_to_server().close()
    name = f"missing_{uuid4().hex}"
    said = complaint(f"postgresql+psycopg://postgres:hunter2@127.0.0.1:5432/{name}")
    assert f'database "{name}" does not exist' in said
    assert "hunter2" not in said
    assert "\n" not in said


def test_lost_server_is_unavailable(postgresql_url: str) -> None:
    """A PostgreSQL database that goes away makes transactions and the health check say so."""
    database = open_database(postgresql_url)
    database.migrate()
    name = postgresql_url.rsplit("/", 1)[1]
    with closing(connect_to_server()) as server:
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        with pytest.raises(RecordsUnavailable, match="not currently accepting connections"):
            database.ping()
        with pytest.raises(RecordsUnavailable), database.reading() as session:
            session.execute(select(ConversationRow.id))
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        database.ping()
    database.close()


def test_closed_connections_are_replaced(postgresql_url: str) -> None:
    """Idle connections that the server closed are replaced without an error."""
    database = open_database(postgresql_url)
    database.migrate()
    with closing(connect_to_server()) as server:
        name = postgresql_url.rsplit("/", 1)[1]
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    database.ping()
    database.close()


def test_a_full_disk_is_not_ready(tmp_path: Path) -> None:
    """Where no file may grow the health check fails, as every question would; with room again it succeeds."""
    database = open_database(f"sqlite:///{tmp_path / 'records.db'}")
    database.migrate()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        with pytest.raises(RecordsUnavailable):
            database.ping()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    database.ping()
    with database.reading() as session:
        assert session.scalars(select(ConversationRow.id)).all() == []
    database.close()


def test_ping_needs_the_tables(url: str) -> None:
    """The health check fails before the migrations and succeeds after them."""
    database = open_database(url)
    with pytest.raises(RecordsUnavailable, match="no tables yet"):
        database.ping()
    database.migrate()
    database.ping()
    database.close()


def test_records_outlive_the_process(url: str) -> None:
    """What was stored is there when the database is opened again."""
    for _ in range(2):
        database = open_database(url)
        database.migrate()
        Conversations(database, FixedClock()).start("kept", "digital-cluster")
        database.close()
    database = open_database(url)
    with database.reading() as session:
        assert session.scalars(select(ConversationRow.id)).all() == ["kept"]
    database.close()


def test_error_undoes_the_transaction(database: Database) -> None:
    """An error inside a writing block leaves nothing of the block behind, and is the caller's own."""
    clock = FixedClock()
    row = ConversationRow(id="a", programme="p", created_at=clock.now(), updated_at=clock.now())

    def add_and_fail() -> None:
        with database.writing() as session:
            session.add(row)
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        add_and_fail()
    with database.reading() as session:
        assert session.scalars(select(ConversationRow.id)).all() == []


def test_turn_without_conversation_is_impossible(database: Database) -> None:
    """The database itself refuses a turn of no conversation, and the error tells no question."""
    orphan = TurnRow(
        id="a",
        conversation_id="never",
        position=1,
        question="秘密",
        understood="秘密",
        outcome="answered",
        answer_json={},
        corpus_hash="",
        created_at=FixedClock().now(),
    )
    with pytest.raises(IntegrityError) as raised, database.writing() as session:
        session.add(orphan)
    assert "秘密" not in str(raised.value)


def test_sqlite_waits_and_forgets(tmp_path: Path) -> None:
    """A SQLite file is in WAL mode, checks foreign keys, waits for locks and overwrites what is deleted."""
    database = open_database(f"sqlite:///{tmp_path}/deep/er/records.db")
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5_000, "secure_delete": 1}
    with database.reading() as session:
        assert {name: session.scalar(text(f"PRAGMA {name}")) for name in wanted} == wanted
    database.close()


def test_opening_at_once_waits(url: str) -> None:
    """Threads that open and migrate an empty database at the same time all succeed."""
    barrier = Barrier(6)

    def open_and_migrate(_: int) -> None:
        barrier.wait()
        database = open_database(url)
        database.migrate()
        database.ping()
        database.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(open_and_migrate, range(6)))
