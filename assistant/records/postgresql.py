"""A PostgreSQL URL -> an engine none of whose calls waits for ever: for a place, a lock, an answer, or a lost network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, cast

import psycopg
from psycopg.abc import RV, PQGen
from sqlalchemy import URL, Connection, Engine, create_engine, event

# Any number will do as long as nothing else in the database locks the same one.
_MIGRATION_LOCK: Final = 2_108_031_507
_CONNECT_SECONDS: Final = 3
_POOL_SECONDS: Final = 5
# The server gives up before the client does: then the connection can still be used.
_STATEMENT_SECONDS: Final = 5.0
_ANSWER_SECONDS: Final = 7.0
_LIMITS: Final = (
    f"SET statement_timeout = '{_STATEMENT_SECONDS:.0f}s'; SET lock_timeout = '{_STATEMENT_SECONDS:.0f}s'"
)
_TOLD: Final[dict[str, int]] = {
    "connect_timeout": _CONNECT_SECONDS,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}


class PromptConnection(psycopg.Connection[Any]):
    """A connection that is closed if the server leaves it without an answer for `seconds`; None waits for ever."""

    seconds: float | None = _ANSWER_SECONDS

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer; psycopg itself has no such limit for statements."""
        try:
            return super().wait(gen, interval, self.seconds if timeout is None else timeout)
        except psycopg.errors._WaitTimeout:  # noqa: SLF001 - the one name of what ends the wait
            self.pgconn.finish()
            raise psycopg.OperationalError("the server does not answer") from None


def postgresql_engine(url: URL) -> Engine:
    """An engine for the PostgreSQL at `url`; what the URL itself says of time-outs is left as it is."""
    told = {name: value for name, value in _TOLD.items() if name not in url.query}
    engine = create_engine(
        url,
        # A connection that the server closed meanwhile is replaced, not handed out.
        pool_pre_ping=True,
        pool_timeout=_POOL_SECONDS,
        connect_args=told,
        hide_parameters=True,
    )
    event.listen(engine, "do_connect", _connected)
    return engine


@contextmanager
def patient(connection: Connection) -> Iterator[None]:
    """A transaction for migrations, one at a time, without a limit to how long a statement or a wait may take."""
    driver = cast("PromptConnection", connection.connection.driver_connection)
    driver.seconds = None
    try:
        with connection.begin():
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
            yield
    finally:
        driver.seconds = _ANSWER_SECONDS


def _connected(_dialect: object, _record: object, arguments: Any, options: Any) -> PromptConnection:  # noqa: ANN401 - SQLAlchemy's own
    connection = PromptConnection.connect(*arguments, **options)
    # Not by the options of the start: what stands between may not pass them on.
    connection.execute(_LIMITS)
    connection.commit()
    return connection
