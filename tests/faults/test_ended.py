"""A server that is killed, or told to end, in the middle of it all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.running import Seen, running

pytestmark = pytest.mark.faults
HALF_BODY = (
    b"POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"
)
HALF_HEAD = b"POST /api/chat HTTP/1.1\r\nHost: a\r\nX-"


def kept(data: Path) -> set[str]:
    """The answers that are in the records, which are whole."""
    with closing(sqlite3.connect(data / "records.sqlite3")) as records:
        assert records.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {str(answer) for (answer,) in records.execute("SELECT id FROM turn")}


@pytest.mark.parametrize("answers", [1, 20, 60])
def test_killed_while_answering(data: Path, answers: int) -> None:
    """Of a server killed under load every answer that was given is in the records; the next one answers the same."""
    with running(data) as server:
        server.learn()
        right = server.right
        seen = server.loaded(8, lambda seen: len(seen.answers) >= answers, server.kill)
    print(seen)
    assert (seen.wrong, seen.stuck) == ([], 0)
    assert seen.answers.keys() <= kept(data)
    with running(data) as server:
        server.learn()
        assert server.right == right


def test_told_to_end_while_answering(data: Path) -> None:
    """SIGTERM ends a server under load, half-sent requests or not; what was begun is answered whole or hung up on."""
    with running(data) as server:
        server.learn()
        halves = [server.half(HALF_BODY), server.half(HALF_HEAD), server.half(b"")]
        status: list[int] = []
        seen = server.loaded(
            8, lambda seen: len(seen.answers) >= 20, lambda: status.append(server.terminate())
        )
        for half in halves:
            half.close()
    print(seen)
    assert status in ([0], [-15])
    assert (seen.wrong, seen.stuck, seen.refused) == ([], 0, Seen().refused)
    assert seen.answers.keys() <= kept(data)
