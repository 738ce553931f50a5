"""Delivered events become rows once, within limits; what was unsent or said by people who left is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.line_chats import LineChats
from assistant.records.line_events import EventState, Incoming, Kind, answer_id_of
from assistant.records.line_inbox import LineInbox
from assistant.records.line_queue import LineQueue
from tests.assistant.records.conftest import MakeTurn
from tests.fakes import FixedClock

LEASE = timedelta(seconds=10)


@pytest.fixture
def inbox(database: Database, clock: FixedClock) -> LineInbox:
    """An empty inbox; three events a minute, five a day."""
    return LineInbox(database, clock, ((3, timedelta(minutes=1)), (5, timedelta(days=1))))


@pytest.fixture
def queue(database: Database, clock: FixedClock) -> LineQueue:
    """A worker's view of the same events."""
    return LineQueue(database, clock, LEASE)


def incoming(
    clock: FixedClock, event_id: str, kind: Kind = Kind.TEXT, chat: str = "chat", **fields: object
) -> Incoming:
    """An event of one person's, unless fields say otherwise."""
    made = Incoming(
        id=event_id, kind=kind, chat=chat, sender=chat, place="user", happened_at=clock.now(),
        text="要幾家?", reply_token="token", push_to="U1", message_id=f"m-{event_id}",
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def test_an_event_is_stored_once(inbox: LineInbox, queue: LineQueue, clock: FixedClock) -> None:
    """An event that is delivered again, in the same webhook or later, is not new."""
    one, two = incoming(clock, "1"), incoming(clock, "2")

    assert inbox.receive([one, one, two]) == ["1", "1", "2"]
    assert inbox.receive([two, one]) == []
    assert queue.counts() == {EventState.RECEIVED: 2}


def test_nothing_is_stored_of_nothing(inbox: LineInbox, queue: LineQueue) -> None:
    """No events, no rows."""
    assert inbox.receive([]) == []
    assert queue.counts() == {}


def test_a_sender_is_limited(inbox: LineInbox, queue: LineQueue, clock: FixedClock) -> None:
    """Beyond the limit one event is told so and the rest are not answered, until the span is over; others are not affected."""
    assert len(inbox.receive([incoming(clock, str(n)) for n in range(6)])) == 4
    assert inbox.receive([incoming(clock, "other", chat="other")]) == ["other"]
    kinds = [
        work.kind for _ in range(5) for work in queue.claim(9) if queue.settle(work.id, EventState.ANSWERED)
    ]
    assert sorted(kinds) == [Kind.TEXT] * 4 + [Kind.TOO_MANY]
    assert queue.counts() == {EventState.ANSWERED: 5, EventState.LIMITED: 2}

    clock.moment += timedelta(hours=1)
    assert inbox.receive([incoming(clock, "later")]) == []  # six within the day
    clock.moment += timedelta(days=1)
    assert inbox.receive([incoming(clock, "tomorrow")]) == ["tomorrow"]


def test_a_clock_set_back_limits_nobody(inbox: LineInbox, clock: FixedClock) -> None:
    """Events of what is to come again by the clock are not counted as those of the last minute."""
    inbox.receive([incoming(clock, str(n)) for n in range(6)])
    clock.moment -= timedelta(days=2)
    assert inbox.receive([incoming(clock, "back")]) == ["back"]


def test_a_redelivery_renews_a_token_that_died(inbox: LineInbox, queue: LineQueue, clock: FixedClock) -> None:
    """An expired event comes back with LINE's redelivery, unless it is too old or may have been answered."""
    events = [incoming(clock, str(n), chat=str(n)) for n in range(3)]
    inbox.receive(events)
    for work in queue.claim(9):
        if work.id == "1":
            queue.begin(work.id, work.route)
        queue.settle(work.id, EventState.UNCONFIRMED if work.id == "1" else EventState.EXPIRED)
    again = [replace(event, redelivered=True, reply_token="renewed") for event in events]

    assert inbox.receive(events) == []
    clock.moment += timedelta(minutes=10)
    assert inbox.receive(again[:2]) == ["0"]
    (work,) = queue.claim(9)
    assert (work.reply_token, work.text, work.received_at) == ("renewed", "要幾家?", clock.now())
    clock.moment += timedelta(minutes=11)
    assert inbox.receive(again[2:]) == []


def test_a_redelivery_renews_a_token_that_waits(
    inbox: LineInbox, queue: LineQueue, clock: FixedClock
) -> None:
    """An event that is still open gets its new minute; it is not answered twice for it."""
    one = incoming(clock, "1")
    inbox.receive([one])
    clock.moment += timedelta(seconds=50)

    inbox.receive([replace(one, redelivered=True)])
    (work,) = queue.claim(9)
    assert work.received_at == clock.now()
    assert queue.counts() == {EventState.ANSWERING: 1}


def test_an_unsent_message_is_emptied(
    inbox: LineInbox,
    queue: LineQueue,
    clock: FixedClock,
    conversations: Conversations,
    make_turn: MakeTurn,
    session: Session,
) -> None:
    """Unsending deletes the turn of an answered message, and empties one that waits."""
    inbox.receive([incoming(clock, "1"), incoming(clock, "2", chat="other")])
    queue.claim(1)
    conversations.start("s", "digital-cluster")
    conversations.append("s", make_turn(answer_id_of("1")))
    queue.settle("1", EventState.ANSWERED)

    unsend = [incoming(clock, f"u{n}", Kind.UNSEND, message_id=f"m-{n}", text=None) for n in (1, 2)]
    assert inbox.receive(unsend) == []

    assert conversations.recent("s", 5) == ()
    assert queue.counts() == {EventState.ANSWERED: 1, EventState.WITHDRAWN: 3}
    assert queue.claim(9) == []
    held = session.execute(text("SELECT text, reply_token, push_to, outgoing FROM line_event"))
    assert set(map(tuple, held)) == {(None, None, None, None)}


def test_an_unsend_may_come_first(inbox: LineInbox, queue: LineQueue, clock: FixedClock) -> None:
    """A message whose unsend is known already is withdrawn at once; in one webhook, too."""
    inbox.receive([incoming(clock, "u", Kind.UNSEND, message_id="m-1")])

    assert inbox.receive([incoming(clock, "1")]) == []
    assert inbox.receive([incoming(clock, "2"), incoming(clock, "v", Kind.UNSEND, message_id="m-2")]) == []
    assert queue.counts() == {EventState.WITHDRAWN: 4}


def test_who_leaves_is_forgotten(
    inbox: LineInbox,
    queue: LineQueue,
    clock: FixedClock,
    database: Database,
    conversations: Conversations,
    make_turn: MakeTurn,
) -> None:
    """When a person blocks the bot, the conversations go, and what waits is not answered."""
    session_id = LineChats(database, clock).session_id("chat")
    conversations.start(session_id, "digital-cluster")
    conversations.append(session_id, make_turn("a"))
    inbox.receive([incoming(clock, "1"), incoming(clock, "2", chat="other")])

    assert inbox.receive([incoming(clock, "gone", Kind.GONE, message_id=None)]) == []
    assert conversations.recent(session_id, 5) == ()
    assert [work.id for work in queue.claim(9)] == ["2"]


def test_rows_expire(inbox: LineInbox, queue: LineQueue, clock: FixedClock) -> None:
    """Old events are deleted, answered or not."""
    inbox.receive([incoming(clock, "1"), incoming(clock, "2", chat="other")])
    queue.claim(1)
    queue.settle("1", EventState.ANSWERED)
    clock.moment += timedelta(days=8)
    inbox.receive([incoming(clock, "3")])

    assert inbox.expire(clock.now() - timedelta(days=7)) == 2
    assert queue.counts() == {EventState.RECEIVED: 1}
