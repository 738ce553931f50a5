"""The switch of a SQLite file to WAL, which SQLite refuses while another connection is at it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from assistant.records import sqlite


@pytest.fixture
def other(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that holds the file for itself."""
    with closing(sqlite3.connect(tmp_path / "records.db", isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield connection


@pytest.fixture
def own(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that does not wait for locks."""
    with closing(sqlite3.connect(tmp_path / "records.db", isolation_level=None, timeout=0)) as connection:
        yield connection


def test_switch_is_tried_again(
    own: sqlite3.Connection, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The switch succeeds as soon as the other connection is done."""
    monkeypatch.setattr(time, "sleep", lambda _: other.execute("ROLLBACK"))
    sqlite._switch_to_wal(own)
    assert own.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_switch_gives_up(
    own: sqlite3.Connection, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the other connection is never done, the switch fails after five seconds of waiting."""
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        sqlite._switch_to_wal(own)
    assert sum(waits) == pytest.approx(sqlite.BUSY_SECONDS, rel=0.02)
    assert other.in_transaction


def test_other_failures_are_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that can only be read fails at once."""
    file = tmp_path / "records.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE conversation (id TEXT)")
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it waited"))
    with (
        closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        sqlite._switch_to_wal(connection)


def test_the_file_is_its_owners(tmp_path: Path) -> None:
    """File, log and a new folder are readable by their owner alone, also where the file was made for all before."""
    old = tmp_path / "old.db"
    old.touch(0o644)
    for path in (tmp_path / "new" / "records.db", old):
        engine = sqlite.sqlite_engine(make_url(f"sqlite:///{path}"))
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE conversation (id TEXT)")
            assert {file.stat().st_mode & 0o777 for file in path.parent.glob(f"{path.name}*")} == {0o600}
        engine.dispose()
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
