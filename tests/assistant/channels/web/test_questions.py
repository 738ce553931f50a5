"""A message sent twice is answered once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant.channels.web.questions import answer_id_of
from assistant.records.stored_text import is_token
from tests.assistant.channels.web.conftest import Rig

SENT = {"message": "A類要幾家？", "session_id": "mine", "message_id": "first"}
TOKENS = st.text("ab_-", min_size=1, max_size=4)


def kept(rig: Rig, answer: dict[str, str]) -> int:
    """How many turns the conversation of an answer has."""
    return len(rig.service.conversations.recent(answer["session_id"], 9))


def test_same_message_gets_the_same_answer(client: TestClient, rig: Rig) -> None:
    """Sent again with its id, plainly or as a stream, it gets the answer that was given; nothing is added."""
    first = client.post("/api/chat", json=SENT).json()
    rig.assistant.draft = None  # type: ignore[assignment]  # nothing is composed any more

    second = client.post("/api/chat", json=SENT).json()
    streamed = client.post("/api/chat/stream", json=SENT).text

    assert first == second
    assert f"event: answer\ndata: {json.dumps(first, ensure_ascii=False, separators=(',', ':'))}" in streamed
    assert streamed.endswith("event: done\ndata: {}\n\n")
    assert "event: status" not in streamed
    assert kept(rig, first) == len(rig.assistant.questions) == 1


def test_it_is_counted_once(client: TestClient) -> None:
    """The answer that is given again is not counted again."""
    for _ in range(3):
        client.post("/api/chat", json=SENT)

    assert 'outcome="answered"} 1.0' in client.get("/metrics").text


def test_other_words_session_or_id_are_another_message(client: TestClient, rig: Rig) -> None:
    """An id stands for one message of one conversation; the words belong to it."""
    others = [SENT, {**SENT, "message": "B類？"}, {**SENT, "session_id": "else"}, {**SENT, "message_id": "b"}]

    ids = {client.post("/api/chat", json=sent).json()["id"] for sent in others}

    assert len(ids) == len(rig.assistant.questions) == 4


def test_without_a_session_an_id_says_nothing(client: TestClient, rig: Rig) -> None:
    """A new conversation begins each time; no other person's answer is found by an id."""
    sent = {"message": "A類要幾家？", "message_id": "first"}

    first, second = (client.post("/api/chat", json=sent).json() for _ in range(2))

    assert first["session_id"] != second["session_id"]
    assert len(rig.assistant.questions) == 2


def test_sent_again_while_it_is_answered(client: TestClient, rig: Rig) -> None:
    """Two at once, both at work: both get the one answer that was kept, and there is one turn."""
    rig.assistant.gate.clear()
    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(client.post, path, json=SENT) for path in ("/api/chat", "/api/chat")]
        while len(rig.assistant.questions) < 2:
            assert not any(one.done() for one in sent)
        rig.assistant.gate.set()
        first, second = (one.result().json() for one in sent)

    assert first == second
    assert kept(rig, first) == 1


def test_message_id_is_a_token(client: TestClient, rig: Rig) -> None:
    """What is no token is refused by the field's name."""
    response = client.post("/api/chat", json={**SENT, "message_id": "a b"})

    assert response.status_code == 422
    assert response.json()["error"]["param"] == "message_id"
    assert rig.assistant.questions == []


@given(st.lists(st.tuples(TOKENS, TOKENS, st.text(max_size=5)), min_size=2, max_size=2, unique=True))
def test_ids_differ_as_messages_do(two: list[tuple[str, str, str]]) -> None:
    """Different messages have different ids, each of which can be stored."""
    first, second = (answer_id_of(*one) for one in two)

    assert first != second
    assert is_token(first)
