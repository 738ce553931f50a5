"""LINE's tables: the events that were delivered, and the chats that they belong to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.records.line_events import EventState, Kind, Route
from assistant.records.tables import TOKEN_LENGTH, WORD_LENGTH, RecordRow, word


class LineChatRow(RecordRow):
    """
    One person, group or room, by the keyed hash of its id; LINE's own id is never stored here.

    `conversations` counts the conversations begun, the last of which goes on.
    """

    __tablename__ = "line_chat"

    id: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True)
    conversations: Mapped[int]
    updated_at: Mapped[datetime]


class LineEventRow(RecordRow):
    """
    One webhook event, under LINE's own webhookEventId, from its delivery until it expires.

    `chat` and `sender` are keyed hashes. `text`, `reply_token`, `push_to` (LINE's
    id of the person, only where pushing is turned on) and `outgoing` (the messages
    to send) are emptied as soon as the event is settled. `doubtful` means that a
    request went out whose end is not known. A worker, `owner`, holds the row until
    `leased_until`; nothing is to be done before `due_at`.
    """

    __tablename__ = "line_event"
    __table_args__ = (
        Index(None, "state", "due_at"),
        Index(None, "chat", "state"),
        Index(None, "sender", "received_at"),
        Index(None, "message_id"),
        Index(None, "received_at"),
    )

    id: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True)
    chat: Mapped[str] = mapped_column(String(TOKEN_LENGTH))
    sender: Mapped[str] = mapped_column(String(TOKEN_LENGTH))
    place: Mapped[str] = mapped_column(String(WORD_LENGTH))
    kind: Mapped[Kind] = mapped_column(word(Kind))
    state: Mapped[EventState] = mapped_column(word(EventState))
    route: Mapped[Route] = mapped_column(word(Route))
    text: Mapped[str | None]
    reply_token: Mapped[str | None]
    push_to: Mapped[str | None]
    message_id: Mapped[str | None] = mapped_column(String(TOKEN_LENGTH))
    outgoing: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    tries: Mapped[int]
    doubtful: Mapped[bool]
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    owner: Mapped[str | None] = mapped_column(String(TOKEN_LENGTH))
    leased_until: Mapped[datetime | None]
