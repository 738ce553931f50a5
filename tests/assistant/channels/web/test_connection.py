"""Connections that say nothing, too little or too much; uvicorn on a free port."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from assistant.channels.web.connection import Connection

WHOLE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fifth of a second instead of many."""
    monkeypatch.setattr(Connection, "seconds", 0.2)


def connect(server: str) -> socket.socket:
    """A connection that fails instead of waiting for ever."""
    address = urlsplit(server)
    return socket.create_connection((str(address.hostname), address.port or 0), timeout=10)


@pytest.mark.parametrize("said", [b"", b"GET", WHOLE[:-2]])
def test_head_that_does_not_come_is_not_waited_for(server: str, said: bytes) -> None:
    """A connection without a whole head is closed unanswered."""
    with connect(server) as connection:
        connection.sendall(said)

        assert connection.recv(65_536) == b""


def test_used_connection_is_not_waited_for_either(server: str) -> None:
    """A connection that was served and begins another head is closed without the rest of it."""
    with connect(server) as connection:
        connection.sendall(WHOLE)
        assert b"200 OK" in connection.recv(65_536)
        connection.sendall(WHOLE[:-2])

        assert connection.recv(65_536) == b""


def test_one_letter_at_a_time_gains_no_time(server: str) -> None:
    """The time counts from the first byte: who sends on and on is closed too."""
    with connect(server) as connection:
        connection.settimeout(0.01)
        for letter in WHOLE[:-2] + b"a" * 470:
            try:
                connection.sendall(bytes([letter]))
                if connection.recv(1) == b"":
                    return
            except TimeoutError:
                continue
            except OSError:
                return
    pytest.fail("still open after five seconds")


def test_quick_requests_are_served(server: str) -> None:
    """One connection serves several requests."""
    with connect(server) as connection:
        for _ in range(3):
            connection.sendall(WHOLE)
            assert b"200 OK" in connection.recv(65_536)


def test_a_head_has_a_size(server: str) -> None:
    """A head of a megabyte is refused before it is read whole."""
    with connect(server) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nX: " + b"a" * 100_000)

        assert b"400 Bad Request" in connection.recv(65_536)
