"""Bad input: a clear error in the one shape, nothing stored, the process alive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from assistant.config import ROOT
from assistant.records.conversations import Conversations
from tests.assistant.channels.web.conftest import Rig

JSON: Final = {"content-type": "application/json"}
CHAT: Final = ("/api/chat", "/api/chat/stream")

# fault -> body, status, param, code
FAULTS: Final[dict[str, tuple[bytes, int, str | None, str]]] = {
    "nothing": (b"", 422, None, "not_an_object"),
    "empty object": (b"{}", 422, "message", "missing"),
    "empty message": (b'{"message": ""}', 422, "message", "empty"),
    "blank message": (b'{"message": " \\u3000\\n"}', 422, "message", "empty"),
    "only NUL": (b'{"message": "\\u0000\\u0000"}', 422, "message", "empty"),
    "only invisible": (b'{"message": "\\u200b\\u202e\\ufeff"}', 422, "message", "empty"),
    "2,001 characters": (json.dumps({"message": "問" * 2001}).encode(), 422, "message", "too_long"),
    "33,000 characters": (json.dumps({"message": "a" * 33_000}).encode(), 422, "message", "too_long"),
    "lone surrogate": (b'{"message": "A\\ud800"}', 422, "message", "not_unicode"),
    "lone surrogate as session": (
        b'{"message": "A", "session_id": "\\udfff"}',
        422,
        "session_id",
        "not_unicode",
    ),
    "broken UTF-8": (b'{"message": "\xff\xfe"}', 400, None, "unreadable"),
    "cut UTF-8": ('{"message": "群聚"}'.encode()[:14], 400, None, "unreadable"),
    "not JSON": (b"message=hello", 400, None, "unreadable"),
    "cut JSON": (b'{"message": "A', 400, None, "unreadable"),
    "deep JSON": (b"[" * 60_000, 400, None, "unreadable"),
    "huge number": (b'{"message": ' + b"1" * 60_000 + b"}", 400, None, "unreadable"),
    "a list": (b"[]", 422, None, "not_an_object"),
    "null": (b"null", 422, None, "not_an_object"),
    "number as message": (b'{"message": 8}', 422, "message", "not_a_string"),
    "null as message": (b'{"message": null}', 422, "message", "not_a_string"),
    "object as message": (b'{"message": {"text": "A"}}', 422, "message", "not_a_string"),
    "number as session": (b'{"message": "A", "session_id": 5}', 422, "session_id", "not_a_string"),
    "empty session": (b'{"message": "A", "session_id": ""}', 422, "session_id", "malformed"),
    "path as session": (
        b'{"message": "A", "session_id": "../../etc"}',
        422,
        "session_id",
        "malformed",
    ),
    "long session": (
        b'{"message": "A", "session_id": "' + b"a" * 65 + b'"}',
        422,
        "session_id",
        "malformed",
    ),
    "session with a newline": (
        b'{"message": "A", "session_id": "abc\\n"}',
        422,
        "session_id",
        "malformed",
    ),
    "unknown programme": (b'{"message": "A", "programme": "nope"}', 422, "programme", "unknown_programme"),
    "list as programme": (b'{"message": "A", "programme": []}', 422, "programme", "not_a_string"),
    "70 KB": (b'{"message": "' + b"a" * 70_000 + b'"}', 413, None, "too_large"),
}


@pytest.mark.parametrize("path", CHAT)
@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named(client: TestClient, rig: Rig, path: str, fault: str) -> None:
    """Each fault has its status, field and code, words in Chinese, and reaches no assistant."""
    body, status, param, code = FAULTS[fault]

    response = client.post(path, content=body, headers=JSON)

    error = response.json()["error"]
    assert (response.status_code, error["param"], error["code"]) == (status, param, code)
    assert list(error) == ["message", "type", "param", "code"]
    assert error["type"] == "invalid_request"
    assert any("\u4e00" <= character <= "\u9fff" for character in error["message"])
    assert rig.assistant.questions == []


@pytest.mark.parametrize(
    "message",
    [
        "\u0000A類要幾家？",
        "ﷺ" * 20,
        "問" * 2000,
        "問" * 2000 + " " * 50,
        "😀",
        "<script>alert(1)</script>",
        "a\u0301",
    ],
    ids=["NUL", "ligatures", "2,000 characters", "2,000 trimmed", "emoji", "markup", "combining"],
)
def test_odd_but_readable_messages_are_answered(client: TestClient, message: str) -> None:
    """What can be read is answered, however odd it is."""
    assert client.post("/api/chat", json={"message": message}).status_code == 200


@pytest.mark.parametrize("path", [*CHAT, "/api/feedback"])
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
def test_only_json_is_taken(client: TestClient, path: str, kind: str) -> None:
    """Another content type, or none, is 415 and says which to use."""
    response = client.post(path, content=b'{"message": "A"}', headers={"content-type": kind})

    assert response.status_code == 415
    assert "application/json" in response.json()["error"]["message"]


def test_json_with_a_suffix_or_a_charset_is_json(client: TestClient) -> None:
    """application/json may carry a charset, and a +json type is JSON too."""
    for kind in ("application/json; charset=utf-8", "application/problem+json"):
        response = client.post("/api/chat", content=b'{"message": "A"}', headers={"content-type": kind})
        assert response.status_code == 200


def test_session_of_another_programme_is_refused(client: TestClient, rig: Rig) -> None:
    """A conversation about another programme cannot be gone on with: 422 names the session."""
    rig.service.conversations.start("other", "another-programme")

    response = client.post("/api/chat", json={"message": "A類要幾家？", "session_id": "other"})

    assert response.status_code == 422
    assert response.json()["error"]["param"] == "session_id"
    assert response.json()["error"]["code"] == "session_rejected"


def test_records_that_fail_are_503(client: TestClient, broken_records: Path) -> None:
    """Without its records the service says 503, when to try again, and nothing of the machine."""
    for path in (*CHAT, "/api/feedback"):
        sent = {"message": "A類要幾家？", "answer_id": "a", "helpful": True}
        response = client.post(path, json=sent)

        assert response.status_code == 503
        assert response.json()["error"]["code"] == "records_unavailable"
        assert response.headers["retry-after"] == "10"
        assert broken_records.name not in response.text


def test_unforeseen_exceptions_are_500(client: TestClient, rig: Rig) -> None:
    """An exception nobody foresaw is a 500 in the one shape, with the id to look for in the log."""
    rig.assistant.failure = RuntimeError(f"王小明 0912-345-678 {ROOT}")

    with capture_logs() as logs:
        response = client.post("/api/chat", json={"message": "A類要幾家？"})

    error = response.json()["error"]
    request_id = response.headers["x-request-id"]
    assert (response.status_code, error["type"], error["code"]) == (500, "server_error", "internal_error")
    assert request_id in error["message"]
    assert str(ROOT) not in response.text
    (failed,) = [log for log in logs if log["event"] == "request failed"]
    assert failed["request_id"] == request_id
    assert "0912" not in failed["message"]
    assert any("fakes.py" in frame for frame in failed["at"])


def test_faults_of_ours_are_not_blamed_on_the_session(
    client: TestClient, rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ValueError of another kind than the session's is a 500, even with a session id."""

    def start(*_: object) -> str:
        raise UnicodeError("broken")

    monkeypatch.setattr(rig.service.conversations, "start", start)

    response = client.post("/api/chat", json={"message": "A類要幾家？", "session_id": "mine"})

    assert response.status_code == 500


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/static/nothing.css", 404, "not_found"),
        ("GET", "/static/../app.py", 404, "not_found"),
        ("GET", "/api/chat", 405, "method_not_allowed"),
        ("DELETE", "/api/clauses", 405, "method_not_allowed"),
        ("TRACE", "/", 405, "method_not_allowed"),
    ],
)
def test_wrong_address_or_method(client: TestClient, method: str, path: str, status: int, code: str) -> None:
    """An address or a method that is not there is an error in the same shape."""
    response = client.request(method, path)

    assert (response.status_code, response.json()["error"]["code"]) == (status, code)


def test_nothing_is_stored_of_what_is_refused(client: TestClient, rig: Rig) -> None:
    """A refused message begins no conversation."""
    client.post("/api/chat", json={"message": " ", "session_id": "new"})

    conversations: Conversations = rig.service.conversations
    assert conversations.forget("new") is False
