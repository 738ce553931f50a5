"""POST /api/forget."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.assistant.channels.web.conftest import Rig


def test_conversation_is_deleted(client: TestClient, rig: Rig) -> None:
    """Its turns are gone, and the page of its answer with them; others stay."""
    mine, other = (
        client.post("/api/chat", json={"message": "A類要幾家？", "session_id": name}).json()
        for name in ("mine", "other")
    )

    response = client.post("/api/forget", json={"session_id": "mine"})

    assert (response.status_code, response.content) == (204, b"")
    assert rig.service.conversations.recent("mine", 9) == ()
    assert client.get(f"/answers/{mine['id']}").status_code == 404
    assert client.get(f"/answers/{other['id']}").status_code == 200


def test_unknown_conversation_is_no_error(client: TestClient) -> None:
    """Whether there was one is not told."""
    assert client.post("/api/forget", json={"session_id": "nobody"}).status_code == 204


def test_what_is_no_session_is_refused(client: TestClient) -> None:
    """A session id that could never be one is named."""
    response = client.post("/api/forget", json={"session_id": "a b"})

    assert (response.status_code, response.json()["error"]["param"]) == (422, "session_id")
