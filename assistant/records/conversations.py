"""Conversations and their turns: question and answer in, the recent ones out, all gone on request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from assistant.ports import Clock
from assistant.records.database import Database
from assistant.records.stored_text import is_token, stored_text
from assistant.records.tables import ConversationRow, TurnRow

# Others wait for a transaction that deletes.
_AT_ONCE: Final = 500


class UnknownConversation(LookupError):  # noqa: N818 - the name is the fact
    """There is no conversation with that session id: never started, forgotten, or expired."""


@dataclass(frozen=True, slots=True)
class Turn:
    """
    One question and its answer.

    `understood` is the question made to stand alone, `answer` the whole Answer
    in the shape of its JSON, `created_at` a moment with a time zone (UTC when
    read back).
    """

    answer_id: str
    question: str
    understood: str
    outcome: str
    answer: Mapping[str, object]
    corpus_hash: str
    created_at: datetime


class Conversations:
    """
    The store of conversations; safe to share between threads.

    Every method raises RecordsUnavailable if the database fails. Moments of
    conversations come from `clock`.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def start(self, session_id: str | None, programme: str) -> str:
        """
        Go on with a conversation, or begin one; returns its session id.

        None begins one with a new id of 128 random bits. An id that is not known begins one
        with that id: for ids that this system derives itself, as those of LINE's chats.

        Raises:
            ValueError: the id is not 1 to 64 characters of A-Z, a-z, 0-9, "_",
                "-", or its conversation is about another programme.
        """
        if session_id is None:
            session_id = token_hex(16)
        elif not is_token(session_id):
            raise ValueError("a session id is 1 to 64 characters of A-Z, a-z, 0-9, _ and -")
        now = self._clock.now()
        with self._database.writing() as session:
            known = session.get(ConversationRow, session_id)
            if known is None:
                row = ConversationRow(id=session_id, programme=programme, created_at=now, updated_at=now)
                try:
                    with session.begin_nested():
                        session.add(row)
                except IntegrityError:
                    # A second request with the same new id was faster; its row is as good.
                    known = session.get_one(ConversationRow, session_id)
            if known is not None and known.programme != programme:
                raise ValueError(f"this session is about the programme {known.programme!r}")
        return session_id

    def knows(self, session_id: str) -> bool:
        """Whether there is a conversation with that id."""
        with self._database.reading() as session:
            return session.get(ConversationRow, session_id) is not None

    def append(self, session_id: str, turn: Turn) -> None:
        """
        Add a turn at the end of a conversation; personal data in its question are masked.

        Raises:
            UnknownConversation: there is none with that session id.
            ValueError: the answer's id is stored already, or `created_at` has
                no time zone.
        """
        if turn.created_at.utcoffset() is None:
            raise ValueError("created_at needs a time zone")
        with self._database.writing() as session:
            # The row lock makes turns of one conversation wait for each other, so positions differ.
            conversation = session.get(ConversationRow, session_id, with_for_update=True)
            if conversation is None:
                raise UnknownConversation(session_id)
            last = session.scalar(
                select(func.max(TurnRow.position)).where(TurnRow.conversation_id == session_id)
            )
            conversation.updated_at = self._clock.now()
            session.add(_row(turn, session_id, (last or 0) + 1))
            try:
                session.flush()
            except IntegrityError as error:
                raise ValueError(f"answer {turn.answer_id!r} is stored already") from error

    def recent(self, session_id: str, limit: int) -> tuple[Turn, ...]:
        """The last `limit` turns of a conversation, oldest first; none if it is not known."""
        if limit < 1 or not is_token(session_id):
            return ()
        query = (
            select(TurnRow)
            .where(TurnRow.conversation_id == session_id)
            .order_by(TurnRow.position.desc())
            .limit(limit)
        )
        with self._database.reading() as session:
            return tuple(_turn(row) for row in reversed(session.scalars(query).all()))

    def answer(self, answer_id: str) -> Turn | None:
        """The turn whose answer has that id, or None."""
        if not is_token(answer_id):
            return None
        with self._database.reading() as session:
            row = session.get(TurnRow, answer_id)
            return None if row is None else _turn(row)

    def forget(self, session_id: str) -> bool:
        """Delete a conversation with its turns and their feedback; False if it was not known."""
        if not is_token(session_id):
            return False
        with self._database.writing() as session:
            gone = session.scalars(
                delete(ConversationRow).where(ConversationRow.id == session_id).returning(ConversationRow.id)
            )
            return bool(gone.all())

    def expire(self, before: datetime) -> int:
        """
        Delete the conversations last used before that moment, 500 at most; returns how many.

        Raises:
            ValueError: `before` has no time zone.
        """
        if before.utcoffset() is None:
            raise ValueError("before needs a time zone")
        with self._database.writing() as session:
            past = select(ConversationRow.id).where(ConversationRow.updated_at < before).limit(_AT_ONCE)
            gone = delete(ConversationRow).where(ConversationRow.id.in_(past)).returning(ConversationRow.id)
            return len(session.scalars(gone).all())


def _row(turn: Turn, session_id: str, position: int) -> TurnRow:
    return TurnRow(
        id=turn.answer_id,
        conversation_id=session_id,
        position=position,
        question=stored_text(turn.question),
        understood=stored_text(turn.understood),
        outcome=turn.outcome,
        answer_json=dict(turn.answer),
        corpus_hash=turn.corpus_hash,
        created_at=turn.created_at,
    )


def _turn(row: TurnRow) -> Turn:
    return Turn(
        answer_id=row.id,
        question=row.question,
        understood=row.understood,
        outcome=row.outcome,
        answer=row.answer_json,
        corpus_hash=row.corpus_hash,
        created_at=row.created_at,
    )
