"""A database URL -> a Database: transactions for the stores, the schema's migrations, a health check."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from threading import Lock
from time import monotonic
from uuid import uuid4

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Engine, inspect, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from assistant.records.postgresql import patient, postgresql_engine
from assistant.records.sqlite import copying, sqlite_engine
from assistant.records.tables import ConversationRow
from assistant.records.unavailable import RecordsUnavailable, unavailable

_HANGS_SECONDS = 2.0
# Alembic keeps the migration it is running in a global, so a process runs one at a time.
_ONE_MIGRATION = Lock()
# Not the database failing, but asked for what it cannot do.
_CALLERS_FAULT = (DataError, IntegrityError, ProgrammingError)


class Database:
    """
    The records' database, shared by all threads of a process.

    Get one from `open_database`; call `migrate` before the first transaction.
    """

    def __init__(self, engine: Engine) -> None:
        self._reader = engine
        self._writer = engine.execution_options(writes=True)
        # Of readers and writers apart: SQLite reads while another writes.
        self._hangs_until: dict[Engine, float] = {}

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, for migrations' tests and for tools."""
        return self._reader

    def reading(self) -> AbstractContextManager[Session]:
        """
        A session for one transaction that only reads.

        Raises:
            RecordsUnavailable: the database cannot be reached or read.
        """
        return self._transaction(self._reader)

    def writing(self) -> AbstractContextManager[Session]:
        """
        A session for one transaction, committed at the end unless an error leaves the block.

        On SQLite there is one writer at a time; on PostgreSQL lock the rows
        that must not change meanwhile.

        Raises:
            RecordsUnavailable: the database cannot be reached or written.
        """
        return self._transaction(self._writer)

    def migrate(self) -> None:
        """
        Bring the schema to the newest revision; does nothing if it is there.

        One transaction under a lock: processes that start together migrate
        once, and a failed migration leaves the old schema.

        Raises:
            RecordsUnavailable: the database cannot be written, or holds a
                revision that this version does not know.
        """
        config = Config()
        config.set_main_option("script_location", "assistant.records:migrations")
        with _ONE_MIGRATION, self._failures(), self._writer.connect() as connection:
            config.attributes["connection"] = connection
            change = patient if connection.dialect.name == "postgresql" else copying
            try:
                with change(connection):
                    command.upgrade(config, "head")
            except CommandError as error:
                raise RecordsUnavailable(
                    "The records have a schema that this version does not know; they were written by "
                    "a newer one. Install that version, or restore a backup."
                ) from error

    def ping(self) -> None:
        """
        Return if the records can be written: a row is, and removed again; for readiness checks.

        In one transaction, which is committed: a disk that is full is first noticed then.

        Raises:
            RecordsUnavailable: the database cannot be reached or written, or has no
                tables because `migrate` has not run.
        """
        with self._failures():
            if not inspect(self._reader).has_table(ConversationRow.__tablename__):
                raise RecordsUnavailable(
                    "The records have no tables yet. Run the migrations: they run when the service starts."
                )
        now = datetime.now(UTC)
        with self.writing() as session:
            row = ConversationRow(id=uuid4().hex, programme="", created_at=now, updated_at=now)
            session.add(row)
            session.flush()
            session.delete(row)

    def close(self) -> None:
        """Close every idle connection; the object can still be used and would connect again."""
        self._reader.dispose()

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Session]:
        # Those who wait their turn would each wait as long, and keep a place from those who need none.
        if (begun := monotonic()) < self._hangs_until.get(engine, 0):
            raise unavailable(engine.url, RuntimeError("it did not answer in time a moment ago"))
        try:
            with self._failures(), Session(engine, expire_on_commit=False) as session, session.begin():
                yield session
        except RecordsUnavailable:
            if (now := monotonic()) - begun > _HANGS_SECONDS:
                self._hangs_until[engine] = now + _HANGS_SECONDS
            raise
        self._hangs_until.pop(engine, None)

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeoutError) as error:
            if isinstance(error, _CALLERS_FAULT):
                raise
            raise unavailable(self._reader.url, error) from error


def open_database(url: str) -> Database:
    """
    Open the database at `url` and prove that it can be used.

    `url` is `sqlite:///folder/records.db`, whose folder is created if missing,
    or `postgresql+psycopg://user:password@host:port/database`.

    Raises:
        RecordsUnavailable: the URL is of another kind, the SQLite folder or
            file cannot be written, or PostgreSQL cannot be reached.
    """
    place = _parse(url)
    if place.drivername in {"sqlite", "sqlite+pysqlite"}:
        return Database(sqlite_engine(place))
    if place.drivername != "postgresql+psycopg":
        raise RecordsUnavailable(
            f"ASSISTANT_DATABASE_URL starts with {place.drivername}://, which is not supported; "
            "write sqlite:///folder/records.db or postgresql+psycopg://user:password@host/database."
        )
    engine = postgresql_engine(place)
    try:
        engine.connect().close()
    except DBAPIError as error:
        engine.dispose()
        raise unavailable(place, error) from error
    return Database(engine)


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        # The cause is dropped: it may repeat the URL, and with it the password.
        raise RecordsUnavailable(
            "ASSISTANT_DATABASE_URL is not a database URL; write sqlite:///folder/records.db "
            "or postgresql+psycopg://user:password@host/database."
        ) from None
