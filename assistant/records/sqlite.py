"""A SQLite URL -> an engine on a file in WAL mode, whose writers wait for each other."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event

from assistant.records.unavailable import RecordsUnavailable, unavailable

BUSY_SECONDS = 5
_WAL_ATTEMPTS = 100


def sqlite_engine(url: URL) -> Engine:
    """
    An engine on the SQLite file of `url`; folder and file are created if missing.

    A connection with the execution option `writes` takes the write lock when
    its transaction begins, and waits up to BUSY_SECONDS for it. Taken later, in
    a transaction that has read, the lock fails at once if another has written.

    Raises:
        RecordsUnavailable: the URL names no file, or the file cannot be
            created or written, or is not a SQLite database.
    """
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise RecordsUnavailable(
            "ASSISTANT_DATABASE_URL names no SQLite file; write sqlite:///folder/records.db "
            "(four slashes for an absolute path)."
        )
    try:
        _prepare(Path(url.database))
    except (OSError, sqlite3.Error) as error:
        raise unavailable(url, error) from error
    # isolation_level None: the driver begins no transaction of its own, _begin does.
    # Statements in error messages carry no parameters: those are people's questions.
    engine = create_engine(
        url, connect_args={"isolation_level": None, "timeout": BUSY_SECONDS}, hide_parameters=True
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def copying(connection: Connection) -> Iterator[None]:
    """
    A transaction in which tables are changed by copying them: nothing goes with the old one that refers to it.

    Raises:
        IntegrityError: at the end something refers to what is not there; nothing was changed.
    """
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    driver.execute("PRAGMA foreign_keys = OFF")  # within a transaction it would do nothing
    try:
        with connection.begin():
            yield
            if lost := driver.execute("PRAGMA foreign_key_check").fetchone():
                raise sqlite3.IntegrityError(f"a row of {lost[0]} refers to one of {lost[2]} that is gone")
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _prepare(path: Path) -> None:
    """Create the file for its owner alone, switch it to WAL for good, and prove that it can be written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives the log beside it the same rights. Whoever else may read them reads what people asked.
    os.close(os.open(path, os.O_CREAT, 0o600))
    if path.stat().st_mode & 0o077:
        with suppress(PermissionError):  # another's file: theirs to say
            path.chmod(0o600)
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        _switch_to_wal(connection)
        # On a file that can only be read BEGIN IMMEDIATE succeeds; only a write shows it.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("ROLLBACK")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """The switch needs the file alone, and SQLite refuses instead of waiting when two ask at once."""
    for attempt in range(_WAL_ATTEMPTS):
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or attempt == _WAL_ATTEMPTS - 1:
                raise
            time.sleep(BUSY_SECONDS / _WAL_ATTEMPTS)
        else:
            return


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
    connection.execute("PRAGMA foreign_keys = ON")
    # What a person asked to have forgotten is overwritten, not left in a free page.
    connection.execute("PRAGMA secure_delete = ON")
    # Safe in WAL: a power cut may lose the last turn, never damage the file.
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
