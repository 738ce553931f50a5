"""A reply, or else a push, arrives at most once; what came too late is not sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from assistant.records.line_events import EventState
from tests.assistant.channels.line.conftest import Rig
from tests.assistant.channels.line.event_bodies import USER, redelivered, text_event

Start = Callable[..., Rig]


def test_too_late_is_not_sent(start: Start) -> None:
    """When the token's minute is over before LINE's servers work, nothing is sent, and it is counted."""
    rig = start(reply_window=timedelta(seconds=0.3))
    rig.line.troubles.extend(["busy"] * 100)
    rig.deliver(text_event("A類要幾家?", rig.line.token()))

    assert rig.settled() == {EventState.EXPIRED: 1}
    assert rig.line.replies == []


def test_a_dead_token_is_not_pushed_unasked(rig: Rig) -> None:
    """A token that LINE refuses ends the event; without push turned on nothing else is sent."""
    rig.deliver(text_event("A類要幾家?", rig.line.token(lifetime=-1)))

    assert rig.settled() == {EventState.EXPIRED: 1}
    assert (rig.line.replies, rig.line.pushes) == ([], [])


def test_a_dead_token_is_pushed_if_turned_on(start: Start) -> None:
    """With push turned on the whole answer goes out by push, once."""
    rig = start(push=True)
    rig.deliver(text_event("A類要幾家?", rig.line.token(lifetime=-1)))

    assert rig.settled() == {EventState.ANSWERED: 1}
    ((user, messages),) = rig.line.pushes
    assert user == USER
    assert [message["type"] for message in messages] == ["text", "flex"]


def test_a_push_is_sent_once(start: Start) -> None:
    """A push whose end nobody saw is tried again under its retry key: LINE says 409, which is success."""
    rig = start(push=True, request=timedelta(seconds=0.3))
    rig.line.troubles.extend([None, "drop after", 500])
    rig.deliver(text_event("A類要幾家?", rig.line.token(lifetime=-1)))

    assert rig.settled() == {EventState.ANSWERED: 1}
    assert len(rig.line.pushes) == 1
    assert (409, "/v2/bot/message/push") in {(status, path) for path, status, _ in rig.line.refusals}


@pytest.mark.parametrize("told", [True, False])
def test_no_push_beyond_the_quota(start: Start, told: bool) -> None:
    """When the month's messages are used up, nothing is sent, whether LINE says so before or only then."""
    rig = start(push=True)
    rig.line.quota = 0
    if not told:
        rig.line.hides_quota = True
    rig.deliver(text_event("A類要幾家?", rig.line.token(lifetime=-1)))

    assert rig.settled() == {EventState.EXPIRED: 1}
    assert rig.line.pushes == []
    assert ("/v2/bot/message/push" in rig.line.calls) is not told


def test_a_reply_in_doubt_is_never_pushed(start: Start) -> None:
    """A reply that may have arrived is not followed by a push: better perhaps never than certainly twice."""
    rig = start(push=True, request=timedelta(seconds=0.3))
    rig.line.troubles.append("drop after")
    rig.say("A類要幾家?")

    assert rig.settled() == {EventState.UNCONFIRMED: 1}
    assert (len(rig.line.replies), rig.line.pushes) == (1, [])


def test_a_redelivered_event_gets_its_new_minute(start: Start) -> None:
    """An event that expired unanswered is answered when LINE delivers it again, which renews its token."""
    rig = start(reply_window=timedelta(seconds=0.3))
    rig.line.troubles.extend(["busy"] * 100)
    token = rig.line.token()
    one = text_event("A類要幾家?", token)
    rig.deliver(one)
    assert rig.settled() == {EventState.EXPIRED: 1}

    rig.line.troubles.clear()
    rig.deliver(redelivered(one))
    assert rig.settled() == {EventState.ANSWERED: 1}
    assert rig.line.replied() == {token: 1}


def test_messages_that_line_refuses_are_counted(rig: Rig) -> None:
    """What LINE will never take is not tried again."""
    rig.line.troubles.append(422)
    rig.deliver(text_event("A類要幾家?", rig.line.token()))

    assert rig.settled() == {EventState.FAILED: 1}
