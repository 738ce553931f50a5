"""Open events go to one worker at a time, in each chat's order, and are settled once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.line_events import EventState, Incoming, Kind, Route, answer_id_of
from assistant.records.line_inbox import LineInbox
from assistant.records.line_queue import LineQueue
from tests.assistant.records.conftest import MakeTurn
from tests.fakes import FixedClock

LEASE = timedelta(seconds=10)
HELLO = [{"type": "text", "text": "您好"}]


@pytest.fixture
def inbox(database: Database, clock: FixedClock) -> LineInbox:
    """An empty inbox."""
    return LineInbox(database, clock)


@pytest.fixture
def queue(database: Database, clock: FixedClock) -> LineQueue:
    """A worker's view of the events."""
    return LineQueue(database, clock, LEASE)


@pytest.fixture
def other(database: Database, clock: FixedClock) -> LineQueue:
    """Another worker's view of them."""
    return LineQueue(database, clock, LEASE)


def put(inbox: LineInbox, clock: FixedClock, *ids: str, chat: str | None = None) -> None:
    """Events a second apart, each of its own chat unless one is named."""
    for event_id in ids:
        clock.moment += timedelta(seconds=1)
        name = chat or event_id
        inbox.receive(
            [
                Incoming(
                    event_id,
                    Kind.TEXT,
                    name,
                    name,
                    "user",
                    clock.now(),
                    "要幾家?",
                    "token",
                    "U1",
                    f"m-{event_id}",
                )
            ]
        )


def test_the_oldest_come_first(inbox: LineInbox, queue: LineQueue, clock: FixedClock) -> None:
    """Events are taken in the order in which they happened, as many as asked for, each once."""
    put(inbox, clock, "1", "2", "3")

    assert [work.id for work in queue.claim(2)] == ["1", "2"]
    assert [work.id for work in queue.claim(2)] == ["3"]
    assert queue.claim(2) == []
    assert queue.counts() == {EventState.ANSWERING: 3}


def test_a_chat_has_an_order(inbox: LineInbox, queue: LineQueue, other: LineQueue, clock: FixedClock) -> None:
    """The second event of a chat waits for the first to be settled, with any worker."""
    put(inbox, clock, "1", "2", chat="chat")

    assert [work.id for work in queue.claim(9)] == ["1"]
    assert other.claim(9) == []
    queue.settle("1", EventState.ANSWERED)
    assert [work.id for work in other.claim(9)] == ["2"]


def test_a_lease_ends(inbox: LineInbox, queue: LineQueue, other: LineQueue, clock: FixedClock) -> None:
    """What a worker holds and does not renew is taken up by another; the first can change nothing then."""
    put(inbox, clock, "1")
    queue.claim(9)
    clock.moment += LEASE / 2
    queue.renew(["1"])
    clock.moment += LEASE / 2
    assert other.claim(9) == []
    clock.moment += LEASE / 2

    assert [work.id for work in other.claim(9)] == ["1"]
    assert not queue.keep("1", HELLO)
    assert not queue.begin("1", Route.REPLY)
    assert not queue.settle("1", EventState.ANSWERED)
    assert other.keep("1", HELLO)


def test_the_answer_is_kept(inbox: LineInbox, queue: LineQueue, clock: FixedClock) -> None:
    """An event that is taken up again has the messages that were kept, and knows that they may be out."""
    put(inbox, clock, "1")
    queue.claim(9)
    assert queue.keep("1", HELLO)
    assert queue.begin("1", Route.REPLY)
    assert queue.postpone("1", timedelta(seconds=3), doubtful=True)
    assert queue.claim(9) == []

    clock.moment += timedelta(seconds=3)
    (work,) = queue.claim(9)
    assert (work.outgoing, work.tries, work.doubtful, work.route) == (HELLO, 1, True, Route.REPLY)
    assert queue.counts() == {EventState.SENDING: 1}


def test_a_settled_event_holds_nothing(
    inbox: LineInbox, queue: LineQueue, clock: FixedClock, session: Session
) -> None:
    """Text, token, person and messages go when an event is settled; it cannot be settled twice."""
    put(inbox, clock, "1")
    queue.claim(9)
    queue.keep("1", HELLO)

    assert queue.settle("1", EventState.ANSWERED)
    assert not queue.settle("1", EventState.FAILED)
    (held,) = session.execute(text("SELECT text, reply_token, push_to, outgoing, owner FROM line_event"))
    assert tuple(held) == (None,) * 5
    assert queue.counts() == {EventState.ANSWERED: 1}


def test_an_answer_to_an_unsent_message_is_dropped(
    inbox: LineInbox,
    queue: LineQueue,
    clock: FixedClock,
    conversations: Conversations,
    make_turn: MakeTurn,
) -> None:
    """A message that is unsent while it is being answered is not answered, and its turn is deleted."""
    put(inbox, clock, "1")
    queue.claim(9)
    inbox.receive([Incoming("u", Kind.UNSEND, "1", "1", "user", clock.now(), message_id="m-1")])
    conversations.start("s", "digital-cluster")
    conversations.append("s", make_turn(answer_id_of("1")))

    assert not queue.keep("1", HELLO)
    assert conversations.recent("s", 5) == ()


def test_a_worker_lets_go(inbox: LineInbox, queue: LineQueue, other: LineQueue, clock: FixedClock) -> None:
    """What a worker releases is there for the next one at once; what others hold stays theirs."""
    put(inbox, clock, "1", "2")
    queue.claim(1)
    other.claim(1)
    queue.release()

    assert [work.id for work in other.claim(9)] == ["1"]


def test_the_one_worker_of_sqlite_takes_over(
    inbox: LineInbox, queue: LineQueue, other: LineQueue, clock: FixedClock, database: Database
) -> None:
    """On SQLite a new worker takes what the one before it held; on PostgreSQL there may be others, so it waits."""
    put(inbox, clock, "1")
    queue.claim(9)
    other.take_over()

    expected = ["1"] if database.engine.dialect.name == "sqlite" else []
    assert [work.id for work in other.claim(9)] == expected


def test_workers_share(inbox: LineInbox, database: Database, clock: FixedClock) -> None:
    """Workers that claim at the same time never get the same event, and leave none."""
    ids = [str(number) for number in range(40)]
    put(inbox, clock, *ids)
    queues = [LineQueue(database, clock, LEASE) for _ in range(4)]
    together = Barrier(len(queues))

    def work(queue: LineQueue) -> list[str]:
        together.wait(timeout=20)
        taken: list[str] = []
        while claimed := queue.claim(3):
            taken += [one.id for one in claimed]
        return taken

    with ThreadPoolExecutor(len(queues)) as threads:
        taken = [event_id for found in threads.map(work, queues) for event_id in found]
    # What a claim skipped because another held it for a moment is there for the next look.
    taken += [one.id for one in queues[0].claim(99)]
    assert sorted(taken) == sorted(ids)


@pytest.mark.parametrize("held", ["received", "answering", "put off"])
def test_a_clock_set_back_holds_up_nobody(
    inbox: LineInbox, queue: LineQueue, other: LineQueue, clock: FixedClock, held: str
) -> None:
    """An event in hand when the clock is set back an hour is taken up, and so is the next message of that person."""
    put(inbox, clock, "1", chat="chat")
    if held != "received":
        queue.claim(9)
    if held == "put off":
        queue.keep("1", [])
        queue.postpone("1", timedelta(seconds=8), doubtful=False)
    clock.moment -= timedelta(hours=1)
    put(inbox, clock, "2", chat="chat")

    taken = other.claim(9)
    assert len(taken) == 1
    other.settle(taken[0].id, EventState.ANSWERED)
    assert len(other.claim(9)) == 1


def test_what_was_put_off_waits(
    inbox: LineInbox, queue: LineQueue, other: LineQueue, clock: FixedClock
) -> None:
    """While the clock goes on, an event that was put off, or is held, is left alone."""
    put(inbox, clock, "1", "2")
    queue.claim(9)
    queue.keep("1", [])
    queue.postpone("1", timedelta(seconds=8), doubtful=False)
    assert other.claim(9) == []
