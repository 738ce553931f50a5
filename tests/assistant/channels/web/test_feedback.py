"""POST /api/feedback."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from assistant.records.tables import FeedbackRow
from tests.assistant.channels.web.conftest import Rig


def test_feedback_is_kept(client: TestClient, rig: Rig) -> None:
    """Feedback on an answer is 204 without a body; a second one takes its place."""
    answer_id = client.post("/api/chat", json={"message": "A類要幾家？"}).json()["id"]

    first = client.post("/api/feedback", json={"answer_id": answer_id, "helpful": True})
    client.post("/api/feedback", json={"answer_id": answer_id, "helpful": False, "reason": "條文不對"})

    assert (first.status_code, first.content) == (204, b"")
    with rig.service.database.reading() as session:
        assert session.scalars(select(FeedbackRow.helpful)).all() == [False]


@pytest.mark.parametrize("answer_id", ["01HQVZ5T3M8X9Y2K4N6P7R8S9T", "", "../etc", "答"])
def test_unknown_answer_is_404(client: TestClient, answer_id: str) -> None:
    """Feedback on an answer that was never given is 404."""
    response = client.post("/api/feedback", json={"answer_id": answer_id, "helpful": True})

    assert response.status_code == 404
    assert response.json()["error"]["param"] == "answer_id"


@pytest.mark.parametrize(
    ("sent", "param", "code"),
    [
        ({"helpful": True}, "answer_id", "missing"),
        ({"answer_id": "a"}, "helpful", "missing"),
        ({"answer_id": "a", "helpful": "yes"}, "helpful", "not_a_boolean"),
        ({"answer_id": "a", "helpful": 1}, "helpful", "not_a_boolean"),
        ({"answer_id": "a", "helpful": True, "reason": "字" * 201}, "reason", "too_long"),
        ({"answer_id": "a", "helpful": True, "comment": "字" * 2001}, "comment", "too_long"),
        ({"answer_id": "a", "helpful": True, "comment": "\ud800"}, "comment", "not_unicode"),
    ],
)
def test_fault_is_named(client: TestClient, sent: dict[str, object], param: str, code: str) -> None:
    """A field that does not fit is 422 and named."""
    body = json.dumps(sent).encode()  # spells the surrogate in ASCII
    response = client.post("/api/feedback", content=body, headers={"content-type": "application/json"})

    assert response.status_code == 422
    assert (response.json()["error"]["param"], response.json()["error"]["code"]) == (param, code)
