"""What only a real server and real connections show; uvicorn on a free port."""

from __future__ import annotations

import gc
import json
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from structlog.testing import capture_logs

from assistant.channels.web import body_limit
from assistant.channels.web.doors import Capacity, doors_of
from tests.assistant.channels.serving import served
from tests.assistant.channels.web.conftest import Rig

PLACES = doors_of(Capacity())[0].at_once  # questions that are at work at once
QUESTION = json.dumps({"message": "A類要幾家？"}).encode()
TEN_MEGABYTES = 10 * 1024 * 1024
JSON = {"content-type": "application/json"}


def connect(server: str) -> socket.socket:
    """A connection that fails instead of waiting for ever."""
    address = urlsplit(server)
    return socket.create_connection((str(address.hostname), address.port or 0), timeout=15)


def request(path: str, body: bytes) -> bytes:
    """A POST of JSON as it goes over the wire."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{head}\r\n".encode() + body


def answer(
    server: str, method: str, path: str, body: bytes | Iterator[bytes] | None = None
) -> tuple[int, dict[str, object]]:
    """The status and the JSON of a response."""
    connection = HTTPConnection(urlsplit(server).netloc, timeout=15)
    connection.request(method, path, body, JSON, encode_chunked=isinstance(body, Iterator))
    response = connection.getresponse()
    found: dict[str, object] = json.loads(response.read())
    connection.close()
    return response.status, found


def alive(server: str) -> bool:
    """True if the server answers a question, which takes a place at its door."""
    return answer(server, "POST", "/api/chat", QUESTION)[0] == 200


@pytest.fixture
def without_collector() -> Iterator[None]:
    """No garbage collector for the length of a test: what is not closed stays open."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("without_collector")
def test_hanging_up_leaves_no_thread_behind(server: str, rig: Rig) -> None:
    """As many clients as may be answered at once hang up in the middle; then the next one is served."""
    assert alive(server)
    rig.assistant.closed.clear()
    rig.assistant.gate.clear()
    with capture_logs() as logs:
        with ExitStack() as connections:
            for _ in range(PLACES):
                connection = connections.enter_context(connect(server))
                connection.sendall(request("/api/chat/stream", QUESTION))
                received = b""
                while b"event: status" not in received:
                    received += connection.recv(4096)
                assert b"event: answer" not in received
        rig.assistant.gate.set()

        assert rig.assistant.closed.wait(timeout=10)
        assert alive(server)
    assert [log for log in logs if log["log_level"] == "error"] == []


def test_ten_megabytes_are_refused(server: str, rig: Rig) -> None:
    """A body of 10 MB is 413 before it is read, announced or in chunks, and the server lives."""
    chunks = (b"a" * 65_536 for _ in range(TEN_MEGABYTES // 65_536))

    for body in (b"a" * TEN_MEGABYTES, chunks):
        status, found = answer(server, "POST", "/api/chat", body)
        assert status == 413
        assert found["error"]["code"] == "too_large"  # type: ignore[index]

    assert rig.assistant.questions == []
    assert alive(server)


def test_broken_utf8_is_refused(server: str) -> None:
    """Bytes that are no UTF-8 are 400, and the server lives."""
    status, found = answer(server, "POST", "/api/chat", b'{"message": "\xe7\xbe"}')

    assert (status, found["error"]["code"]) == (400, "unreadable")  # type: ignore[index]
    assert alive(server)


def test_half_a_request_does_no_harm(server: str) -> None:
    """A client that hangs up before its body is complete leaves the server alive."""
    with connect(server) as connection:
        connection.sendall(request("/api/chat", QUESTION)[:-5])

    assert alive(server)


def test_chinese_addresses_are_found(server: str) -> None:
    """A percent-encoded address is found, as browsers send it."""
    status, found = answer(server, "GET", "/api/clauses/digital-cluster/2/%E8%A8%BB")

    assert (status, found["id"]) == (200, "digital-cluster/2/註")


def test_many_ask_at_once(server: str, rig: Rig) -> None:
    """Requests that are sent before any is read are all answered, each with an id of its own."""
    with ExitStack() as stack:
        connections = [stack.enter_context(connect(server)) for _ in range(20)]
        for connection in connections:
            connection.sendall(request("/api/chat", QUESTION))
        received = [connection.recv(65_536) for connection in connections]

    assert all(b"200 OK" in response for response in received)
    assert (
        len({found for response in received for found in re.findall(rb"x-request-id: \w+", response)}) == 20
    )
    assert len(rig.assistant.questions) == 20


def test_half_a_body_is_not_waited_for(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops in the middle of a body is told so with 408, and held no place while it was waited for."""
    monkeypatch.setattr(body_limit, "SECONDS", 0.2)
    with served(rig.app) as slow, ExitStack() as stack:
        connections = [stack.enter_context(connect(slow)) for _ in range(PLACES + 2)]
        for connection in connections:
            connection.sendall(request("/api/chat", QUESTION)[:-5])
        assert alive(slow)

        assert all(b"408 Request Timeout" in connection.recv(65_536) for connection in connections)
