"""The webhook takes what LINE signed, once, and at once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from linebot.v3.webhook import SignatureValidator

from assistant.records.line_events import EventState
from tests.assistant.channels.line.conftest import Rig
from tests.assistant.channels.line.event_bodies import (
    SECRET,
    body_of,
    event,
    redelivered,
    signed,
    text_event,
)

VECTOR = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
VECTOR_SIGNATURE = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def test_lines_own_vector(rig: Rig) -> None:
    """The example of LINE's documentation, an empty list of events, is taken: it is the Verify button."""
    response = rig.client.post(
        "/line/webhook", content=VECTOR, headers={"x-line-signature": VECTOR_SIGNATURE}
    )

    assert response.status_code == 200
    assert SignatureValidator(SECRET).validate(VECTOR.decode(), VECTOR_SIGNATURE)


def test_the_question_is_answered(rig: Rig) -> None:
    """A question gets one reply: the text, then the clauses, quick replies on the last message."""
    first, last = rig.say("A類要幾家?")

    assert (first["type"], last["type"]) == ("text", "flex")
    assert "quickReply" not in first
    assert last["quickReply"]["items"]
    assert rig.settled() == {EventState.ANSWERED: 1}


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "x",
        "簽章".encode().decode("latin-1"),
        VECTOR_SIGNATURE[:-2],
        VECTOR_SIGNATURE.lower(),
        base64.b64encode(hmac.new(b"another secret", VECTOR, hashlib.sha256).digest()).decode(),
    ],
)
def test_a_wrong_signature_is_refused(rig: Rig, signature: str | None) -> None:
    """A missing or wrong signature is 401 in the shape of every error, and nothing is stored."""
    headers = {} if signature is None else {b"x-line-signature": signature.encode("latin-1")}
    body = body_of(text_event("A類要幾家?", rig.line.token()))
    response = rig.client.post("/line/webhook", content=body, headers=headers)

    assert response.status_code == 401
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}
    assert rig.queue.counts() == {}


def test_the_signature_is_over_the_bytes(rig: Rig) -> None:
    """The same JSON with other spaces is another body: its signature is wrong."""
    body = body_of(text_event("A類要幾家?", rig.line.token()))
    other = json.dumps(json.loads(body), indent=1).encode()

    assert rig.client.post("/line/webhook", content=other, headers=signed(body)).status_code == 401
    assert rig.client.post("/line/webhook", content=other, headers=signed(other)).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'"events"',
        b"{}",
        b'{"events":{}}',
        b'{"events":null}',
        b"[" * 60_000,
    ],
)
def test_a_malformed_body_is_refused(rig: Rig, body: bytes) -> None:
    """A signed body that is no object with a list of events is 400."""
    response = rig.client.post("/line/webhook", content=body, headers=signed(body))

    assert response.status_code == 400
    assert response.json()["error"]["code"] == "unreadable"


def test_bytes_that_are_no_text_are_not_lines(rig: Rig) -> None:
    """A body that is no UTF-8 cannot have been signed by LINE."""
    body = b'{"events":[\xff\xfe]}'

    assert rig.client.post("/line/webhook", content=body, headers=signed(body)).status_code == 401


def test_what_is_unknown_is_passed_over(rig: Rig) -> None:
    """Unknown events, fields, modes, messages and sources are 200, leave nothing, and hold up nothing."""
    token = rig.line.token()
    odd = [
        None,
        7,
        "text",
        {},
        event("teleport", rig.line.token(), teleport={"to": "moon"}),
        event("message", rig.line.token(), message={"id": "1", "type": "hologram"}),
        event("message", rig.line.token(), message="text"),
        event("message", rig.line.token()),
        {**text_event("在嗎", rig.line.token()), "mode": "hibernating"},
        {**text_event("在嗎", rig.line.token()), "source": {"type": "planet", "planetId": "P1"}},
        {**text_event("在嗎", rig.line.token()), "source": None},
        {**text_event("在嗎", rig.line.token()), "webhookEventId": 7},
        {**text_event("在嗎", rig.line.token()), "webhookEventId": "x" * 100},
        {**text_event("在嗎", rig.line.token()), "replyToken": None},
    ]
    known = {**text_event("A類要幾家?", token), "holiday": True, "timestamp": "noon"}
    del known["message"]["quoteToken"]
    body = json.dumps({"events": [*odd, known], "weather": "fine"}).encode()

    assert rig.client.post("/line/webhook", content=body, headers=signed(body)).status_code == 200
    assert rig.settled() == {EventState.ANSWERED: 1}
    assert rig.line.replied() == {token: 1}


def test_standby_is_silent(rig: Rig) -> None:
    """While another module has the chat, the bot neither answers nor stores."""
    assert rig.deliver({**text_event("A類要幾家?", rig.line.token()), "mode": "standby"}).status_code == 200
    assert rig.queue.counts() == {}


def test_several_events_of_several_people(rig: Rig) -> None:
    """One webhook may hold events of several people; each gets its own reply."""
    tokens = [rig.line.token() for _ in range(3)]
    events = [text_event("A類要幾家?", token, user=f"U{n:032d}") for n, token in enumerate(tokens)]

    assert rig.deliver(*events).status_code == 200
    assert rig.settled() == {EventState.ANSWERED: 3}
    assert rig.line.replied() == dict.fromkeys(tokens, 1)
    assert len({question.session_id for question in rig.assistant.questions}) == 3


def test_a_repeated_event_is_answered_once(rig: Rig) -> None:
    """Duplicates and redeliveries of an event, before and after its answer, are answered once."""
    token = rig.line.token()
    one = text_event("A類要幾家?", token)

    assert rig.deliver(one, one).status_code == 200
    assert rig.deliver(one).status_code == 200
    assert rig.settled() == {EventState.ANSWERED: 1}
    assert rig.deliver(redelivered(one)).status_code == 200
    assert rig.settled() == {EventState.ANSWERED: 1}
    assert rig.line.replied() == {token: 1}
    assert len(rig.assistant.questions) == 1


def test_the_200_does_not_wait_for_the_answer(rig: Rig) -> None:
    """However long an answer takes, the webhook has said 200; the answer comes when it is there."""
    token = rig.line.token()
    rig.assistant.gate.clear()

    assert rig.deliver(text_event("A類要幾家?", token)).status_code == 200
    assert rig.line.replies == []
    rig.assistant.gate.set()
    assert rig.settled() == {EventState.ANSWERED: 1}
    assert rig.line.replied() == {token: 1}


def test_slow_records_are_no_200(start: Callable[..., Rig]) -> None:
    """Records that take longer than LINE waits are 503; the event that was stored late is answered all the same."""
    rig = start(accept=timedelta(seconds=0))
    token = rig.line.token()
    one = text_event("A類要幾家?", token)

    assert rig.deliver(one).status_code == 503
    assert rig.line.wait_for(lambda: token in rig.line.replied())
    assert rig.settled() == {EventState.ANSWERED: 1}
