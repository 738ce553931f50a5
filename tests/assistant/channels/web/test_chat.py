"""POST /api/chat and /api/chat/stream: one Answer, whole or in pieces."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from assistant.answer.wire import to_json
from assistant.channels.web.chat import pieces
from assistant.domain import Answer, Outcome, Referral
from assistant.records.unavailable import RecordsUnavailable
from tests.assistant.channels.web.conftest import Rig

Event = tuple[str, dict[str, object]]


def events(body: str) -> list[Event]:
    """The events of a stream: name and data."""
    found = []
    for block in body.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_answer_has_the_fields_of_the_contract(client: TestClient, rig: Rig) -> None:
    """The JSON is the Answer: the same fields, in the same order, with the same values."""
    response = client.post("/api/chat", json={"message": "A類要幾家？"})

    body = response.json()
    expected = to_json(replace(rig.assistant.draft, id=body["id"], session_id=body["session_id"]))
    assert response.status_code == 200
    assert json.loads(json.dumps(expected)) == body
    assert list(expected) == list(body)


def test_question_arrives_as_it_was_written(client: TestClient, rig: Rig) -> None:
    """Message, session and programme reach the assistant unchanged."""
    known = rig.service.conversations.start(None, "digital-cluster")
    sent = {"message": " A類要幾家？\n", "session_id": known, "programme": "digital-cluster"}

    client.post("/api/chat", json=sent)

    (question,) = rig.assistant.questions
    assert (question.text, question.session_id, question.programme) == tuple(sent.values())


def test_conversation_goes_on(client: TestClient, rig: Rig) -> None:
    """A session id given back goes on with the conversation; one never given out begins another."""
    first = client.post("/api/chat", json={"message": "A類要幾家？"}).json()
    second = client.post("/api/chat", json={"message": "那B類呢？", "session_id": first["session_id"]}).json()
    third = client.post("/api/chat", json={"message": "那B類呢？", "session_id": "mine"}).json()

    assert first["session_id"] == second["session_id"]
    assert third["session_id"] not in {"mine", first["session_id"]}
    assert len(rig.service.conversations.recent(first["session_id"], 6)) == 2


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_sent(client: TestClient, rig: Rig, outcome: Outcome) -> None:
    """Whatever the outcome, the response is 200 and names it; a referral comes along."""
    referral = Referral("請洽計畫辦公室", "補助金額", ("digital-cluster/7/A/3",))
    draft = Answer(id="", session_id="", outcome=outcome, text="指引沒有說明。", referral=referral)
    rig.assistant.draft = draft

    body = client.post("/api/chat", json={"message": "補助多少？"}).json()

    assert body["outcome"] == outcome
    assert body["referral"]["nearby"] == ["digital-cluster/7/A/3"]


def test_stream_tells_status_text_answer_done(client: TestClient, rig: Rig) -> None:
    """The events come in order, the pieces of text make up the answer's, the answer is whole."""
    response = client.post("/api/chat/stream", json={"message": "A類要幾家？"})

    told = events(response.text)
    names = [name for name, _ in told]
    assert names == [*["status"] * 2, *["delta"] * (len(names) - 4), "answer", "done"]
    assert told[0][1] == {"step": "retrieve", "text": "正在查找條文"}
    assert "".join(str(data["text"]) for name, data in told if name == "delta") == rig.assistant.draft.text
    assert told[-2][1]["text"] == rig.assistant.draft.text
    assert told[-1] == ("done", {})


def test_stream_is_not_buffered(client: TestClient) -> None:
    """The stream says to proxies and browsers that it is one."""
    response = client.post("/api/chat/stream", json={"message": "A類要幾家？"})

    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-accel-buffering"] == "no"


def test_stream_and_chat_give_the_same_answer(client: TestClient) -> None:
    """But for its id, the streamed answer is the one that /api/chat gives."""
    known = client.post("/api/chat", json={"message": "A類要幾家？"}).json()["session_id"]
    sent = {"message": "A類要幾家？", "session_id": known}
    whole = client.post("/api/chat", json=sent).json()

    streamed = dict(events(client.post("/api/chat/stream", json=sent).text))["answer"]

    assert {**whole, "id": ""} == {**streamed, "id": ""}


@pytest.mark.parametrize(
    ("sent", "param"),
    [({"message": " "}, "message"), ({"message": "A類？", "programme": "x"}, "programme")],
)
def test_stream_refuses_before_it_begins(client: TestClient, sent: dict[str, str], param: str) -> None:
    """What can be refused at once is refused with its status, not within the stream."""
    response = client.post("/api/chat/stream", json=sent)

    assert response.status_code == 422
    assert response.json()["error"]["param"] == param


def test_stream_ends_with_an_error(client: TestClient, rig: Rig) -> None:
    """When records fail midway the last event is an error in the usual shape, and nothing follows."""
    rig.assistant.failure = RecordsUnavailable("The records file cannot be used: disk full.")

    told = events(client.post("/api/chat/stream", json={"message": "A類要幾家？"}).text)

    assert [name for name, _ in told] == ["status", "error"]
    assert told[-1][1]["error"] == {
        "message": "目前無法讀寫對話紀錄，您的問題沒有送出，請稍後再試。",
        "type": "unavailable",
        "param": None,
        "code": "records_unavailable",
    }


def test_stream_hides_what_went_wrong(client: TestClient, rig: Rig) -> None:
    """An unforeseen exception midway is told without its words; they are logged."""
    rig.assistant.failure = KeyError("/srv/secret/path")

    with capture_logs() as logs:
        body = client.post("/api/chat/stream", json={"message": "A類要幾家？"}).text

    assert "internal_error" in body
    assert "secret" not in body
    assert [log["error"] for log in logs if log["event"] == "request failed"] == ["KeyError"]


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_pieces_make_up_the_text(text: str) -> None:
    """Cut in pieces and joined again, a text is the same; no piece is empty."""
    cut = pieces(text)

    assert "".join(cut) == text
    assert all(cut)


def test_numbers_are_not_cut() -> None:
    """A number with a separator stays in one piece."""
    assert pieces("最多2,000字，10:30截止。好") == ["最多2,000字，", "10:30截止。", "好"]


def test_conversation_is_deleted(client: TestClient, rig: Rig) -> None:
    """Its turns are gone, and the page of its answer with them; others stay."""
    mine, other = (client.post("/api/chat", json={"message": "A類要幾家？"}).json() for _ in range(2))

    response = client.post("/api/forget", json={"session_id": mine["session_id"]})

    assert (response.status_code, response.content) == (204, b"")
    assert rig.service.conversations.recent(mine["session_id"], 9) == ()
    assert client.get(f"/answers/{mine['id']}").status_code == 404
    assert client.get(f"/answers/{other['id']}").status_code == 200


def test_unknown_conversation_is_no_error(client: TestClient) -> None:
    """Whether there was one is not told."""
    assert client.post("/api/forget", json={"session_id": "nobody"}).status_code == 204


def test_what_is_no_session_is_refused(client: TestClient) -> None:
    """A session id that could never be one is named."""
    response = client.post("/api/forget", json={"session_id": "a b"})

    assert (response.status_code, response.json()["error"]["param"]) == (422, "session_id")
