"""A chat's hash -> the session id of its conversation; begun anew and forgotten on request."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assistant.ports import Clock
from assistant.records.database import Database
from assistant.records.line_events import OPEN, EventState
from assistant.records.line_tables import LineChatRow, LineEventRow
from assistant.records.tables import ConversationRow


class LineChats:
    """
    The store of chats; safe to share between threads.

    Every method raises RecordsUnavailable if the database fails.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def session_id(self, chat: str) -> str:
        """The session id under which a chat's conversation goes on."""
        with self._database.writing() as session:
            return _session_id(chat, self._row(session, chat).conversations)

    def restart(self, chat: str) -> str:
        """Begin a new conversation; its session id. What was said before stays stored, but counts no more."""
        with self._database.writing() as session:
            row = self._row(session, chat)
            row.conversations += 1
            return _session_id(chat, row.conversations)

    def forget(self, chat: str) -> None:
        """Delete everything that was said in a chat; what is still to be answered in it stays."""
        with self._database.writing() as session:
            forget(session, chat)

    def expire(self, before: datetime) -> int:
        """Forget the chats in which nothing was said since that moment; how many there were."""
        with self._database.writing() as session:
            silent = select(LineChatRow.id).where(LineChatRow.updated_at < before)
            # Locked in one order: nothing is said in them meanwhile, and two processes never wait in a circle.
            old = session.scalars(silent.order_by(LineChatRow.id).with_for_update()).all()
            for chat in old:
                forget(session, chat)
            return len(old)

    def _row(self, session: Session, chat: str) -> LineChatRow:
        row = session.get(LineChatRow, chat, with_for_update=True)
        if row is None:
            row = LineChatRow(id=chat, conversations=1)
            session.add(row)
        row.updated_at = self._clock.now()
        return row


def forget(session: Session, chat: str) -> None:
    """
    The same within a transaction of the caller's.

    The settled events stay, for they tell a repeated delivery; nothing in them leads
    to what was said.
    """
    row = session.get(LineChatRow, chat, with_for_update=True)
    if row is not None:
        known = [_session_id(chat, number) for number in range(1, row.conversations + 1)]
        session.execute(delete(ConversationRow).where(ConversationRow.id.in_(known)))
        session.delete(row)
    session.execute(
        update(LineEventRow)
        .where(LineEventRow.chat == chat, LineEventRow.state.not_in(OPEN))
        .where(LineEventRow.state != EventState.WITHDRAWN)
        .values(message_id=None)
    )


def _session_id(chat: str, number: int) -> str:
    return f"line-{chat}-{number}"
