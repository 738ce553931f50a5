"""What is no question gets a fitting word; in a group only what is said to the bot."""

from __future__ import annotations

import pytest

from assistant.records.line_events import EventState
from tests.assistant.channels.line.conftest import Rig
from tests.assistant.channels.line.event_bodies import (
    USER,
    event,
    group_event,
)


def test_a_group_is_answered_only_when_it_mentions_the_bot(rig: Rig) -> None:
    """In a group what is not said to the bot is neither answered nor stored; a mention is no part of the question."""
    token = rig.line.token()
    quiet = [
        group_event("中午吃什麼", rig.line.token(), None),
        event(
            "message",
            rig.line.token(),
            source=group_event("", "x", None)["source"],
            message={"id": "9", "type": "sticker"},
        ),
    ]

    assert rig.deliver(*quiet, group_event("😀 @助理 A類要幾家?", token)).status_code == 200
    assert rig.settled() == {EventState.ANSWERED: 1}
    (question,) = rig.assistant.questions
    assert question.text.split() == ["😀", "A類要幾家?"]
    (messages,) = [messages for used, messages in rig.line.replies if used == token]
    assert all("quickReply" not in message for message in messages)
    assert rig.line.loadings == []


def test_the_animation_is_for_one_to_one_chats(rig: Rig) -> None:
    """A person who asks alone is shown that an answer is on its way, in steps of 5 seconds."""
    rig.say("A類要幾家?")

    ((user, seconds),) = rig.line.loadings
    assert user == USER
    assert (seconds % 5, 5 <= seconds <= 60) == (0, True)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"id": "1", "type": "sticker", "packageId": "1", "stickerId": "2"}, "貼圖"),
        ({"id": "1", "type": "image", "contentProvider": {"type": "line"}}, "只看得懂文字"),
        ({"id": "1", "type": "audio", "duration": 6000}, "語音"),
    ],
)
def test_other_messages_get_a_fitting_word(rig: Rig, message: dict[str, object], words: str) -> None:
    """A sticker, a picture or a voice message gets a short reply with examples of questions."""
    token = rig.line.token()
    rig.deliver(event("message", token, message=message))
    rig.settled()

    ((used, (said,)),) = rig.line.replies
    assert used == token
    assert words in said["text"]
    assert said["quickReply"]["items"]


def test_follow_and_join_are_welcomed(rig: Rig) -> None:
    """A new friend and a new group are told what the bot does."""
    rig.deliver(
        event("follow", rig.line.token(), follow={"isUnblocked": False}),
        event("join", rig.line.token(), source={"type": "group", "groupId": "C" + "1" * 32}),
    )

    assert rig.settled() == {EventState.ANSWERED: 2}
    said = sorted(messages[0]["text"][:4] for _, messages in rig.line.replies)
    assert said == ["大家好！", "您好！我"]
