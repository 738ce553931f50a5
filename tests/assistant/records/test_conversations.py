"""Conversations: starting, appending, reading back, forgetting and expiring, on both databases."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.records.conversations import Conversations, UnknownConversation
from assistant.records.feedback import FeedbackBook
from assistant.records.tables import ConversationRow, FeedbackRow, TurnRow
from tests.assistant.records.conftest import MakeTurn
from tests.fakes import FixedClock

PROGRAMME = "digital-cluster"


def test_new_session_gets_a_new_id(conversations: Conversations) -> None:
    """Without a session id, each start makes a conversation with an id of its own."""
    first, second = (conversations.start(None, PROGRAMME) for _ in range(2))
    assert first != second
    assert re.fullmatch("[0-9a-f]{32}", first)


def test_known_session_goes_on(conversations: Conversations, session: Session) -> None:
    """Starting with a known id makes no second conversation."""
    session_id = conversations.start(None, PROGRAMME)
    assert conversations.start(session_id, PROGRAMME) == session_id
    assert session.scalars(select(ConversationRow.id)).all() == [session_id]


@pytest.mark.parametrize("session_id", ["a", "Ab_-9", "x" * 64])
def test_clients_id_is_kept(conversations: Conversations, session_id: str) -> None:
    """A client may bring its own id of 1 to 64 characters."""
    assert conversations.start(session_id, PROGRAMME) == session_id


@pytest.mark.parametrize("session_id", ["", "x" * 65, "a b", "a\n", "a\x00", "會話", "../x", "١"])
def test_odd_id_is_refused(conversations: Conversations, session_id: str) -> None:
    """An id that is no token is refused at the start, and unknown everywhere else."""
    with pytest.raises(ValueError, match="1 to 64 characters"):
        conversations.start(session_id, PROGRAMME)
    assert conversations.recent(session_id, 5) == ()
    assert conversations.answer(session_id) is None
    assert not conversations.forget(session_id)


def test_session_stays_with_its_programme(conversations: Conversations) -> None:
    """A session cannot go on about another programme."""
    session_id = conversations.start(None, PROGRAMME)
    with pytest.raises(ValueError, match=PROGRAMME):
        conversations.start(session_id, "another")


def test_same_new_id_twice_at_once(conversations: Conversations, session: Session) -> None:
    """Requests that start the same new session at the same time share one conversation."""
    barrier = Barrier(4)

    def start(_: int) -> str:
        barrier.wait()
        return conversations.start("shared", PROGRAMME)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(start, range(4))) == {"shared"}
    assert session.scalars(select(ConversationRow.id)).all() == ["shared"]


def test_turn_comes_back_as_it_was(conversations: Conversations, make_turn: MakeTurn) -> None:
    """A stored turn equals the one that was given, the order of its answer's keys included."""
    session_id = conversations.start(None, PROGRAMME)
    turn = make_turn("01J")
    conversations.append(session_id, turn)
    assert conversations.recent(session_id, 1) == (turn,)
    found = conversations.answer("01J")
    assert found == turn
    assert found is not None
    assert list(found.answer) == list(turn.answer)
    assert found.created_at.tzinfo is UTC


def test_recent_is_oldest_first(conversations: Conversations, make_turn: MakeTurn) -> None:
    """Of five turns the last three come back, oldest first."""
    session_id = conversations.start(None, PROGRAMME)
    for name in "abcde":
        conversations.append(session_id, make_turn(name))
    assert [turn.answer_id for turn in conversations.recent(session_id, 3)] == ["c", "d", "e"]
    assert len(conversations.recent(session_id, 99)) == 5
    assert conversations.recent(session_id, 0) == ()
    assert conversations.recent(session_id, -1) == ()


def test_sessions_do_not_mix(conversations: Conversations, make_turn: MakeTurn) -> None:
    """A session sees its own turns only."""
    one, other = (conversations.start(None, PROGRAMME) for _ in range(2))
    conversations.append(one, make_turn("a"))
    assert conversations.recent(other, 5) == ()


def test_unknown_answer_is_none(conversations: Conversations) -> None:
    """An answer that was never given is None."""
    assert conversations.answer("never") is None


def test_turn_needs_a_conversation(conversations: Conversations, make_turn: MakeTurn) -> None:
    """A turn of a conversation that was never started is refused."""
    with pytest.raises(UnknownConversation):
        conversations.append("never", make_turn("a"))


def test_answer_id_is_stored_once(conversations: Conversations, make_turn: MakeTurn) -> None:
    """A second turn with the same answer id is refused and the first stays."""
    session_id = conversations.start(None, PROGRAMME)
    conversations.append(session_id, make_turn("a", "第一題"))
    with pytest.raises(ValueError, match="stored already"):
        conversations.append(session_id, make_turn("a", "第二題"))
    assert [turn.question for turn in conversations.recent(session_id, 5)] == ["第一題"]


def test_moment_needs_a_zone(conversations: Conversations, make_turn: MakeTurn, clock: FixedClock) -> None:
    """A moment without a time zone is refused, for a turn and for retention."""
    session_id = conversations.start(None, PROGRAMME)
    naive = clock.now().replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        conversations.append(session_id, replace(make_turn("a"), created_at=naive))
    with pytest.raises(ValueError, match="time zone"):
        conversations.expire(naive)


def test_turns_at_once_all_stay(conversations: Conversations, make_turn: MakeTurn, session: Session) -> None:
    """Turns appended to one session at the same time are all stored, at positions of their own."""
    session_id = conversations.start(None, PROGRAMME)
    barrier = Barrier(8)

    def append(number: int) -> None:
        barrier.wait()
        for step in range(3):
            conversations.append(session_id, make_turn(f"{number}-{step}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(append, range(8)))
    assert sorted(session.scalars(select(TurnRow.position))) == list(range(1, 25))


def test_personal_data_are_not_stored(conversations: Conversations, make_turn: MakeTurn) -> None:
    """A mobile number in a question is masked before it is stored."""
    session_id = conversations.start(None, PROGRAMME)
    conversations.append(session_id, make_turn("a", "請回電0912-345-678"))
    (stored,) = conversations.recent(session_id, 1)
    assert (stored.question, stored.understood) == ("請回電〔手機〕", "請回電〔手機〕")


def test_odd_characters_do_not_fail(conversations: Conversations, make_turn: MakeTurn) -> None:
    """Characters that nobody sees, and that a database refuses, are dropped; those of all planes are kept."""
    session_id = conversations.start(None, PROGRAMME)
    conversations.append(session_id, make_turn("a", "𠮷\x00野家\ud800🙂"))
    assert conversations.recent(session_id, 1)[0].question == "𠮷野家🙂"


def test_forgetting_deletes_everything(
    conversations: Conversations, feedback: FeedbackBook, make_turn: MakeTurn, session: Session
) -> None:
    """Forgetting a session deletes its turns and their feedback, and nothing of another session."""
    for session_id in ("gone", "kept"):
        conversations.start(session_id, PROGRAMME)
        conversations.append(session_id, make_turn(f"answer-{session_id}"))
        feedback.add(f"answer-{session_id}", helpful=True, reason=None, comment=None)
    assert conversations.forget("gone")
    assert not conversations.forget("gone")
    assert session.scalars(select(ConversationRow.id)).all() == ["kept"]
    assert session.scalars(select(TurnRow.id)).all() == ["answer-kept"]
    assert session.scalars(select(FeedbackRow.turn_id)).all() == ["answer-kept"]


def test_expiry_counts_from_last_use(
    conversations: Conversations, make_turn: MakeTurn, clock: FixedClock, session: Session
) -> None:
    """Conversations last used before a moment expire; a new turn keeps an old one alive."""
    clock.moment = datetime(2024, 1, 1, tzinfo=UTC)
    for session_id in ("idle", "used"):
        conversations.start(session_id, PROGRAMME)
    clock.moment += timedelta(days=40)
    conversations.append("used", make_turn("a"))
    assert conversations.expire(clock.moment - timedelta(days=40)) == 0
    assert conversations.expire(clock.moment - timedelta(days=30)) == 1
    assert session.scalars(select(ConversationRow.id)).all() == ["used"]
    row = session.get_one(ConversationRow, "used")
    assert (row.created_at, row.updated_at) == (datetime(2024, 1, 1, tzinfo=UTC), clock.moment)
