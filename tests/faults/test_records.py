"""The records are full, locked, killed or frozen while questions are asked."""

from __future__ import annotations

import resource
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest

from tests.assistant.records.conftest import SERVER, new_database
from tests.faults.running import QUESTIONS, RunningServer, Seen, running

pytestmark = pytest.mark.faults


def all_of(server: RunningServer) -> Seen:
    """What eight clients see that ask at once, once each."""
    return server.loaded(8, lambda _: True, lambda: None)


def well(server: RunningServer) -> None:
    """By itself, and soon, everything is answered, and right."""
    server.until_ready()
    seen = all_of(server)
    assert (len(seen.answers), seen.wrong, server.status("/readyz")) == (8, [], 200)


def ill(server: RunningServer, what: str) -> None:
    """Everybody is told to come again, in time; what needs no records is there."""
    seen = all_of(server)
    print(what, seen)
    assert (seen.refused, seen.wrong, seen.stuck, seen.hung_up) == ({503: 8}, [], 0, 0)
    assert [server.status(path) for path in ("/readyz", "/healthz", "/widget.js")] == [503, 200, 200]


def test_a_full_disk_and_a_locked_file(data: Path) -> None:
    """Without a place to write nobody is answered and everybody told so; with it again all are, without a restart."""
    with running(data) as server:
        server.learn()
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (0, most))
        ill(server, "full")
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (most, most))
        well(server)
        with closing(sqlite3.connect(data / "records.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            ill(server, "locked")
            other.execute("ROLLBACK")
        well(server)


class Wire:
    """A port before PostgreSQL that can be made to pass nothing on."""

    def __init__(self) -> None:
        self.flows = Event()
        self.flows.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._ends: list[socket.socket] = []
        self._threads = [Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        """End it, and every connection that goes through it."""
        self.flows.set()
        for end in (self._listening, *self._ends):
            _shut(end)
        for thread in self._threads:
            thread.join()
        for end in (self._listening, *self._ends):
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                ends = self._listening.accept()[0], socket.create_connection(("127.0.0.1", 5432))
                self._ends += ends
                for one, other in (ends, ends[::-1]):
                    self._threads.append(Thread(target=self._pass_on, args=(one, other)))
                    self._threads[-1].start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(65536):
                self.flows.wait()
                other.sendall(piece)
        for end in (one, other):
            _shut(end)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):  # gone already
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def killing_backends(database: str) -> Iterator[None]:
    """PostgreSQL ends every connection to a database, again and again."""
    stop = Event()

    def kill() -> None:
        with closing(psycopg.connect(SERVER, autocommit=True)) as server:
            while not stop.wait(0.2):
                server.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database]
                )

    thread = Thread(target=kill)
    thread.start()
    yield
    stop.set()
    thread.join()


def test_a_database_that_is_killed_or_frozen(data: Path) -> None:
    """Each answer given is in the records, nobody waits for ever, and afterwards all is well without a restart."""
    with new_database() as url, closing(Wire()) as wire:
        name = url.rpartition("/")[2]
        with running(data, DATABASE_URL=url.replace(":5432/", f":{wire.port}/")) as server:
            server.learn()
            with killing_backends(name):
                seen = server.loaded(8, lambda seen: len(seen.answers) >= 60, lambda: None)
            print("killed", seen)
            assert (seen.wrong, seen.stuck, seen.hung_up) == ([], 0, 0)
            with closing(psycopg.connect(url.replace("+psycopg", ""))) as records:
                kept = {answer for (answer,) in records.execute("SELECT id FROM turn")}
            assert seen.answers.keys() <= kept
            well(server)
            wire.flows.clear()
            ill(server, "frozen")
            wire.flows.set()
            well(server)
            assert all(len(server.asked(question).answers) == 1 for question in QUESTIONS)
