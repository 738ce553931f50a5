"""Bodies that are too long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from starlette.testclient import TestClient

from assistant.channels.web.app import create_app
from assistant.channels.web.body_limit import MAX_BYTES
from tests.assistant.channels.web.conftest import Rig

JSON = {"content-type": "application/json"}


def body(size: int) -> bytes:
    """A JSON body of exactly that many bytes, whose message is one letter."""
    return b'{"message": "a"' + b" " * (size - 16) + b"}"


@pytest.mark.parametrize("path", ["/api/chat", "/api/chat/stream", "/api/feedback", "/"])
def test_announced_length_is_enough(client: TestClient, path: str) -> None:
    """A body that announces too much is 413, unread."""
    response = client.post(path, content=body(MAX_BYTES + 1), headers=JSON)

    assert response.status_code == 413
    assert "64 KB" in response.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/api/chat", "/api/chat/stream", "/"])
def test_chunks_are_counted(client: TestClient, path: str) -> None:
    """A body without a length is cut off at the limit: 413, and the rest is not asked for."""
    sent = []

    def chunks() -> Iterator[bytes]:
        for _ in range(40):
            sent.append(4096)
            yield b"a" * 4096

    form = {"content-type": "application/x-www-form-urlencoded"} if path == "/" else JSON
    response = client.post(path, content=chunks(), headers=form)

    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


def test_limit_itself_is_allowed(client: TestClient) -> None:
    """Exactly 64 KiB pass."""
    assert client.post("/api/chat", content=body(MAX_BYTES), headers=JSON).status_code == 200


@pytest.mark.parametrize("length", ["-1", "abc", "１２", "9" * 30])
def test_odd_lengths_do_no_harm(client: TestClient, length: str) -> None:
    """A length that is no number is answered, not a crash."""
    headers = [(b"content-type", b"application/json"), (b"content-length", length.encode())]

    response = client.post("/api/chat", content=body(100), headers=headers)

    assert response.status_code in {200, 413}


def test_a_roomy_path(rig: Rig) -> None:
    """A path that is given more room takes more, and no more than that; the others keep their limit."""
    app = create_app(lambda: nullcontext(rig.service), (), {"/api/chat": 2 * MAX_BYTES})
    with TestClient(app) as client:
        sent = [
            client.post(path, content=body(size), headers=JSON).status_code
            for path, size in (
                ("/api/chat", 2 * MAX_BYTES),
                ("/api/chat", 2 * MAX_BYTES + 1),
                ("/api/feedback", MAX_BYTES + 1),
            )
        ]

    assert sent == [200, 413, 413]
