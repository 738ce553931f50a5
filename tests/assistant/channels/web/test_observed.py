"""Request ids and the log."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from tests.assistant.channels.web.conftest import Rig


def test_each_response_has_an_id(client: TestClient) -> None:
    """Each response has an id of its own; the log line has the same."""
    with capture_logs() as logs:
        ids = [client.get(path).headers["x-request-id"] for path in ("/healthz", "/nothing")]

    assert len(set(ids)) == 2
    assert [log["request_id"] for log in logs if log["event"] == "request"] == ids


def test_given_id_is_kept_if_it_can_be_logged(client: TestClient) -> None:
    """A proxy's own id is taken over; one that could forge a log line is not."""
    for given, kept in (("proxy-1", True), ("a b", False), ("x" * 65, False)):
        response = client.get("/healthz", headers={"x-request-id": given})
        assert (response.headers["x-request-id"] == given) is kept


def test_questions_are_not_logged(client: TestClient, rig: Rig) -> None:
    """Neither the question nor the address that holds one is in the log."""
    rig.assistant.failure = RuntimeError("我的公司叫大甲芋頭" * 100)

    with capture_logs() as logs:
        client.post("/api/chat", json={"message": "大甲芋頭可以申請嗎"})
        client.get("/", params={"q": "大甲芋頭可以申請嗎"})

    assert "可以申請嗎" not in str(logs)
    assert all(len(log["message"]) <= 200 for log in logs if log["event"] == "request failed")
    assert [log["route"] for log in logs if log["event"] == "request"] == ["/api/chat", "/"]


@pytest.mark.parametrize("method", ["GET", "post", "BREW"])
def test_odd_methods_are_counted_as_one(client: TestClient, method: str) -> None:
    """Invented methods cannot fill the metrics."""
    client.request(method, "/nothing")

    assert "BREW" not in client.get("/metrics").text
