"""A chat has one conversation at a time, begun anew and forgotten on request."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.line_chats import LineChats
from assistant.records.stored_text import is_token
from tests.assistant.records.conftest import MakeTurn
from tests.fakes import FixedClock

CHAT = "a" * 40


@pytest.fixture
def chats(database: Database, clock: FixedClock) -> LineChats:
    """An empty store of chats."""
    return LineChats(database, clock)


def test_a_conversation_goes_on(chats: LineChats) -> None:
    """A chat keeps its session id, which is a token; another chat has another."""
    assert chats.session_id(CHAT) == chats.session_id(CHAT)
    assert chats.session_id(CHAT) != chats.session_id("b" * 40)
    assert is_token(chats.session_id(CHAT))


def test_a_conversation_begins_anew(chats: LineChats) -> None:
    """After a fresh start the chat has another session id, and keeps it."""
    first = chats.session_id(CHAT)
    second = chats.restart(CHAT)

    assert second != first
    assert chats.session_id(CHAT) == second
    assert is_token(second)


def test_everything_is_forgotten(chats: LineChats, conversations: Conversations, make_turn: MakeTurn) -> None:
    """Forgetting deletes every conversation of the chat, those before a fresh start too, and no others."""
    sessions = [chats.session_id(CHAT), chats.restart(CHAT), chats.session_id("b" * 40)]
    for number, session_id in enumerate(sessions):
        conversations.start(session_id, "digital-cluster")
        conversations.append(session_id, make_turn(str(number)))
    chats.forget(CHAT)
    chats.forget("never seen")

    assert [len(conversations.recent(session_id, 5)) for session_id in sessions] == [0, 0, 1]


def test_silent_chats_expire(
    chats: LineChats, conversations: Conversations, make_turn: MakeTurn, clock: FixedClock
) -> None:
    """A chat in which nothing was said for long is forgotten with its conversations."""
    old = chats.session_id(CHAT)
    conversations.start(old, "digital-cluster")
    conversations.append(old, make_turn("1"))
    clock.moment += timedelta(days=91)
    chats.session_id("b" * 40)

    assert chats.expire(clock.now() - timedelta(days=90)) == 1
    assert conversations.recent(old, 5) == ()
    assert chats.expire(clock.now() - timedelta(days=90)) == 0
