"""A PostgreSQL that hangs: no call waits for ever, and those behind it do not wait at all."""

from __future__ import annotations

import select
import socket
from collections.abc import Iterator
from contextlib import closing
from math import inf
from threading import Event, Thread

import pytest
from sqlalchemy import text

from assistant.records import database as records
from assistant.records import postgresql
from assistant.records.database import Database, open_database
from assistant.records.postgresql import PromptConnection
from assistant.records.unavailable import RecordsUnavailable


class Relay:
    """What stands between the service and the server; `frozen`, it takes bytes and passes none on."""

    def __init__(self) -> None:
        self.frozen, self._over = Event(), Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        ends: dict[socket.socket, socket.socket] = {}
        while not self._over.is_set():
            for ready in select.select([self._listener, *ends], [], [], 0.02)[0]:
                if ready is self._listener:
                    here, there = self._listener.accept()[0], socket.create_connection(("127.0.0.1", 5432))
                    ends |= {here: there, there: here}
                    continue
                told = ready.recv(65536)
                if not told:
                    for end in (ready, ends.pop(ready)):
                        ends.pop(end, None)
                        end.close()
                elif not self.frozen.is_set():
                    ends[ready].sendall(told)
        for end in (self._listener, *ends):
            end.close()

    def close(self) -> None:
        """Every connection ends."""
        self._over.set()
        self._thread.join()


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A relay to the server."""
    with closing(Relay()) as opened:
        yield opened


@pytest.fixture
def behind(relay: Relay, postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The records behind the relay, waited for half a second."""
    monkeypatch.setattr(PromptConnection, "seconds", 0.5)
    monkeypatch.setattr(postgresql, "_ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(records, "_HANGS_SECONDS", 0.4)
    with closing(open_database(postgresql_url.replace(":5432", f":{relay.port}"))) as opened:
        opened.migrate()
        yield opened


def test_a_server_that_falls_silent_is_unavailable(relay: Relay, behind: Database) -> None:
    """A statement that gets no answer ends; its connection is not used again, and all is well once the server is back."""
    with pytest.raises(RecordsUnavailable, match="does not answer"), behind.reading() as session:  # noqa: PT012
        session.execute(text("SELECT 1"))
        relay.frozen.set()
        session.execute(text("SELECT 2"))
    relay.frozen.clear()
    behind._hangs_until.clear()
    behind.ping()


def test_those_behind_it_do_not_wait(relay: Relay, behind: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure that took its time the next transaction fails at once, without a word to the server."""
    relay.frozen.set()
    with pytest.raises(RecordsUnavailable), behind.reading() as session:
        session.execute(text("SELECT 1"))
    monkeypatch.setattr(PromptConnection, "wait", lambda *_: pytest.fail("it waited"))
    with pytest.raises(RecordsUnavailable, match="a moment ago"), behind.reading() as session:
        session.execute(text("SELECT 1"))


def test_one_that_is_answered_ends_the_wait(behind: Database) -> None:
    """What began before and is answered shows that the database does not hang: the next is not refused."""
    with behind.reading() as session:
        behind._hangs_until[behind.engine] = inf
        session.execute(text("SELECT 1"))
    with behind.reading() as session:
        session.execute(text("SELECT 1"))


def test_writers_that_wait_keep_no_reader(behind: Database) -> None:
    """Reading goes on where only writing hangs."""
    behind._hangs_until[behind._writer] = inf
    with behind.reading() as session:
        session.execute(text("SELECT 1"))
    with pytest.raises(RecordsUnavailable), behind.writing():
        pass


def test_a_failure_at_once_refuses_nobody(behind: Database) -> None:
    """A connection that was cut fails one transaction, and not the next."""
    with pytest.raises(RecordsUnavailable), behind.reading() as session:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    behind.ping()


def test_a_slow_statement_is_ended_by_the_server(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends what takes too long, and so does it a wait for a lock; the connection can still be used."""
    limits = "SET statement_timeout = '100ms'; SET lock_timeout = '100ms'"
    monkeypatch.setattr(postgresql, "_LIMITS", limits)
    with closing(open_database(postgresql_url)) as database:
        with pytest.raises(RecordsUnavailable, match="statement timeout"), database.reading() as session:
            session.execute(text("SELECT pg_sleep(30)"))
        database.migrate()
        with database.writing() as first:
            first.execute(text("LOCK TABLE conversation"))
            with pytest.raises(RecordsUnavailable, match="timeout"), database.writing() as second:
                second.execute(text("LOCK TABLE conversation"))


def test_the_limits_are_set(postgresql_url: str) -> None:
    """Every connection has them, and what the URL says itself is kept."""
    with (
        closing(open_database(f"{postgresql_url}?connect_timeout=9")) as database,
        database.reading() as session,
    ):
        assert session.scalar(text("SHOW statement_timeout")) == "5s"
        assert session.scalar(text("SHOW lock_timeout")) == "5s"
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, PromptConnection)
        assert driver.info.get_parameters()["connect_timeout"] == "9"
        assert driver.info.get_parameters()["tcp_user_timeout"] == "15000"
