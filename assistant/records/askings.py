"""What was asked in vain: turns not counted yet out, askings grouped into items in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import and_, delete, exists, or_, select, text, update
from sqlalchemy.orm import Session
from ulid import ULID

from assistant.domain import Outcome
from assistant.ports import Clock
from assistant.records.asking import NOTE_LENGTH, Asking, ItemState, OpenItemRow, Reason
from assistant.records.database import Database
from assistant.records.open_items import firsts
from assistant.records.stored_text import stored_text
from assistant.records.tables import ConversationRow, FeedbackRow, TurnRow

TURN: Final = "turn:"


class Askings:
    """The store of askings; safe to share between threads. RecordsUnavailable if the database fails."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def uncounted(self, programme: str, doubtful: float, limit: int) -> tuple[Asking, ...]:
        """
        Turns that were never counted, oldest first: no clause, not helpful, or answered with less confidence.

        None of them has an item or a vector yet. What was counted as doubtful and found unhelpful since is marked so.
        """
        counted = exists().where(Asking.source == TURN + TurnRow.id)
        unhelpful = FeedbackRow.helpful.is_(False)
        doubted = and_(
            TurnRow.outcome == Outcome.ANSWERED.value,
            TurnRow.answer_json["confidence"].as_float() < doubtful,
        )
        query = (
            select(TurnRow, unhelpful)
            .join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
            .outerjoin(FeedbackRow, FeedbackRow.turn_id == TurnRow.id)
            .where(ConversationRow.programme == programme, ~counted)
            .where(or_(TurnRow.outcome == Outcome.NO_CLAUSE.value, unhelpful, doubted))
            .order_by(TurnRow.created_at, TurnRow.id)
            .limit(limit)
        )
        found_unhelpful = select(FeedbackRow.turn_id).where(unhelpful)
        with self._database.writing() as session:
            session.execute(
                update(Asking)
                .where(Asking.reason == Reason.LOW_CONFIDENCE)
                .where(Asking.turn_id.in_(found_unhelpful))
                .values(reason=Reason.THUMBS_DOWN)
            )
            return tuple(_in_vain(turn, bool(bad)) for turn, bad in session.execute(query))

    def recent(self, programme: str, limit: int) -> tuple[str, ...]:
        """The last questions that were asked of a programme, masked, each once, newest first."""
        query = (
            select(TurnRow.understood)
            .join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
            .where(ConversationRow.programme == programme)
            .order_by(TurnRow.created_at.desc(), TurnRow.id)
            .limit(limit)
        )
        with self._database.reading() as session:
            return tuple(dict.fromkeys(session.scalars(query)))

    def place(
        self,
        programme: str,
        askings: Sequence[Asking],
        like: Callable[[Asking, Sequence[Asking]], str | None],
    ) -> int:
        """
        Count askings, in their order, each source once; returns how many are new.

        `like` says to which item an asking belongs, given the first asking of each that it may
        join, None to one of its own. Items whose askings are all forgotten are removed.
        """
        with self._database.writing() as session:
            if session.get_bind().dialect.name == "postgresql":
                # Two that count at once would open two items for the same thing.
                session.execute(text("LOCK TABLE open_item IN SHARE ROW EXCLUSIVE MODE"))
            asked = exists().where(Asking.item_id == OpenItemRow.id)
            session.execute(delete(OpenItemRow).where(OpenItemRow.programme == programme, ~asked))
            known = _known(session, programme)
            count = 0
            for asking in askings:
                if session.get(Asking, asking.source) is not None or _forgotten(session, asking):
                    continue
                # What was asked after an item was closed was not closed with it.
                open_then = [first for first, closed in known if closed is None or asking.asked_at <= closed]
                item_id = like(asking, open_then)
                if item_id is None:
                    item_id = self._new_item(session, programme)
                    known.append((asking, None))
                asking.item_id, asking.question = item_id, stored_text(asking.question)
                asking.note = stored_text(asking.note)[:NOTE_LENGTH] if asking.note else None
                session.add(asking)
                session.flush()
                count += 1
            return count

    def _new_item(self, session: Session, programme: str) -> str:
        now = self._clock.now()
        item_id = str(ULID.from_datetime(now))
        row = OpenItemRow(
            id=item_id, programme=programme, state=ItemState.OPEN, created_at=now, changed_at=now
        )
        session.add(row)
        session.flush()
        return item_id


def _in_vain(turn: TurnRow, unhelpful: bool) -> Asking:
    if turn.outcome == Outcome.NO_CLAUSE.value:
        reason = Reason.NO_CLAUSE
    else:
        reason = Reason.THUMBS_DOWN if unhelpful else Reason.LOW_CONFIDENCE
    source, asked_at = TURN + turn.id, turn.created_at
    return Asking(source=source, turn_id=turn.id, question=turn.understood, reason=reason, asked_at=asked_at)


def _known(session: Session, programme: str) -> list[tuple[Asking, datetime | None]]:
    """The first asking of each item of a programme by age, and when the item was closed."""
    query = select(OpenItemRow).where(OpenItemRow.programme == programme)
    rows = {row.id: row for row in session.scalars(query)}
    closed = {row.id: row.changed_at for row in rows.values() if row.state is ItemState.CLOSED}
    return [
        (first, closed.get(first.item_id))
        for first in sorted(firsts(session, list(rows)), key=lambda asking: (asking.asked_at, asking.source))
    ]


def _forgotten(session: Session, asking: Asking) -> bool:
    """The conversation was forgotten while its question was embedded."""
    return asking.turn_id is not None and session.get(TurnRow, asking.turn_id) is None
