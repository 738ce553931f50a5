"""Webhook bodies are read from plain JSON; whatever is odd in them is left out, nothing raises."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.line.events import MalformedBody, WebhookReader
from assistant.records.line_events import Kind
from tests.assistant.channels.line.event_bodies import (
    GROUP,
    SECRET,
    USER,
    body_of,
    event,
    group_event,
    redelivered,
    text_event,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
READER = WebhookReader(SECRET)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_a_text() -> None:
    """A text event has everything the inbox needs, and no id of LINE's for the person."""
    one = redelivered(text_event("A類要幾家?", "token", timestamp=1_700_000_000_123))
    (read,) = READER.read(body_of(one), NOW)

    assert read.user_id == USER
    assert (read.event.kind, read.event.text, read.event.reply_token) == (Kind.TEXT, "A類要幾家?", "token")
    assert read.event.happened_at == datetime.fromtimestamp(1_700_000_000.123, UTC)
    assert (read.event.id, read.event.redelivered) == (one["webhookEventId"], True)
    assert (read.event.push_to, read.event.message_id) == (None, one["message"]["id"])
    assert USER not in repr(read.event)


def test_hashes_are_keyed() -> None:
    """The same person has the same hash under one secret, another under another, and another as a group."""
    assert READER.hashed("user", USER) == READER.hashed("user", USER)
    assert (
        len(
            {
                READER.hashed("user", USER),
                WebhookReader("other").hashed("user", USER),
                READER.hashed("group", USER),
            }
        )
        == 3
    )


def test_a_group_is_one_chat_of_several_people() -> None:
    """In a group the chat is the group's and the sender the member's, who may be unknown."""
    one, other = (group_event("@助理 在嗎", "t", user="U" + digit * 32) for digit in "12")
    unknown = group_event("@助理 在嗎", "t")
    del unknown["source"]["userId"]
    events = [read.event for read in READER.read(body_of(one, other, unknown), NOW)]

    assert len({read.chat for read in events}) == 1
    assert len({read.sender for read in events}) == 3
    assert READER.read(body_of(one), NOW)[0].user_id is None
    assert GROUP not in repr(events)


@pytest.mark.parametrize(
    ("mention", "text"),
    [
        ({"index": 0, "length": 3, "isSelf": True}, "A類?"),
        ({"index": 0, "length": 3, "isSelf": False}, None),
        ({"index": 0, "length": 3, "type": "all"}, None),
        ({"index": 50, "length": 3, "isSelf": True}, "@助理 A類?"),
        ({"index": -1, "length": 3, "isSelf": True}, "@助理 A類?"),
        ({"isSelf": True}, "@助理 A類?"),
        ("@助理", None),
    ],
)
def test_mentions(mention: object, text: str | None) -> None:
    """Only a mention of the bot counts; it is taken out of the text where its place is sound."""
    one = group_event("@助理 A類?", "t")
    one["message"]["mention"] = {"mentionees": [mention]}

    assert [read.event.text for read in READER.read(body_of(one), NOW)] == ([] if text is None else [text])


def test_ids_are_kept_only_to_push() -> None:
    """With pushing turned on, a question asked alone carries the person's id; nothing else does."""
    bodies = body_of(text_event("在嗎", "t"), group_event("@助理 在嗎", "t"), event("follow", "t"))
    kept = [read.event.push_to for read in WebhookReader(SECRET, keeps_ids=True).read(bodies, NOW)]

    assert kept == [USER, None, None]


@pytest.mark.parametrize(("kind", "expected"), [("unfollow", Kind.GONE), ("leave", Kind.GONE)])
def test_who_leaves_needs_no_token(kind: str, expected: Kind) -> None:
    """Events that cannot be replied to are read without a token."""
    assert [read.event.kind for read in READER.read(body_of(event(kind)), NOW)] == [expected]


@pytest.mark.parametrize("timestamp", [None, "noon", 10**30, -(10**30), True, 1.5])
def test_a_moment_that_is_none(timestamp: object) -> None:
    """An event whose moment cannot be read happened when it was delivered."""
    ((read),) = READER.read(body_of(text_event("在嗎", "t", timestamp=timestamp)), NOW)

    assert read.event.happened_at == NOW


def test_what_a_database_refuses_is_taken_out() -> None:
    """The character 0 and half a surrogate pair do not reach the records."""
    (read,) = READER.read(body_of(text_event("A\x00類\ud800", "t")), NOW)

    assert read.event.text == "A類"


@given(JSON)
def test_no_json_makes_trouble(payload: Any) -> None:  # noqa: ANN401 - JSON
    """Whatever JSON is signed, it is read or refused as malformed."""
    try:
        assert READER.read(json.dumps(payload).encode(), NOW) == []
    except MalformedBody:
        assert not isinstance(payload, dict) or not isinstance(payload.get("events"), list)


@given(
    st.sampled_from(
        ["source", "message", "mode", "replyToken", "webhookEventId", "deliveryContext", "timestamp"]
    ),
    JSON,
)
def test_no_field_makes_trouble(field: str, value: Any) -> None:  # noqa: ANN401 - JSON
    """Whatever stands in a field, the event is read or left out."""
    one = {**text_event("在嗎", "t"), field: value}

    assert len(READER.read(body_of(one), NOW)) <= 1
