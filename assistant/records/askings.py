"""What was asked in vain: turns not counted yet out, askings grouped into items in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, delete, exists, or_, select, text, update
from ulid import ULID

from assistant.domain import Outcome
from assistant.records.open_items import ItemState, Reason, firsts
from assistant.records.proposal_tables import NOTE_LENGTH, AskingRow, OpenItemRow
from assistant.records.stored_text import stored_text
from assistant.records.tables import ConversationRow, FeedbackRow, TurnRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from assistant.ports import Clock
    from assistant.records.database import Database

TURN: Final = "turn:"


@dataclass(frozen=True, slots=True)
class InVain:
    """A question that was asked in vain, masked; `turn_id` is None if it came by another way."""

    source: str
    question: str
    reason: Reason
    asked_at: datetime
    turn_id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An asking with its vector: the bytes of 32-bit floats, little-endian, of the encoder `embedder`."""

    asked: InVain
    embedder: str
    vector: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """An item that a new asking may be like: its first question. A closed one takes what was asked before that."""

    item_id: str
    question: str
    embedder: str
    vector: bytes
    closed_at: datetime | None


class Askings:
    """The store of askings; safe to share between threads. RecordsUnavailable if the database fails."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def uncounted(self, programme: str, doubtful: float, limit: int) -> tuple[InVain, ...]:
        """
        Turns that were never counted, oldest first: no clause, not helpful, or answered with less confidence.

        What was counted as doubtful and found unhelpful since is marked so.
        """
        counted = exists().where(AskingRow.source == TURN + TurnRow.id)
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
                update(AskingRow)
                .where(AskingRow.reason == Reason.LOW_CONFIDENCE.value)
                .where(AskingRow.turn_id.in_(found_unhelpful))
                .values(reason=Reason.THUMBS_DOWN.value)
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
        askings: Sequence[Placed],
        like: Callable[[Placed, Sequence[Known]], str | None],
    ) -> int:
        """
        Count askings, in their order, each source once; returns how many are new.

        `like` says to which item an asking belongs, None to one of its own. Items whose
        askings are all forgotten are removed.
        """
        with self._database.writing() as session:
            if session.get_bind().dialect.name == "postgresql":
                # Two that count at once would open two items for the same thing.
                session.execute(text("LOCK TABLE open_item IN SHARE ROW EXCLUSIVE MODE"))
            asked = exists().where(AskingRow.item_id == OpenItemRow.id)
            session.execute(delete(OpenItemRow).where(OpenItemRow.programme == programme, ~asked))
            known = _known(session, programme)
            count = 0
            for placed in askings:
                if session.get(AskingRow, placed.asked.source) is not None or _forgotten(session, placed):
                    continue
                item_id = like(placed, [one for one in known if _takes(one, placed.asked)])
                if item_id is None:
                    item_id = self._new_item(session, programme)
                    question, vector = placed.asked.question, placed.vector
                    known.append(Known(item_id, question, placed.embedder, vector, None))
                session.add(_row(placed, item_id))
                session.flush()
                count += 1
            return count

    def _new_item(self, session: Session, programme: str) -> str:
        now = self._clock.now()
        item_id = str(ULID.from_datetime(now))
        row = OpenItemRow(
            id=item_id, programme=programme, state=ItemState.OPEN.value, created_at=now, changed_at=now
        )
        session.add(row)
        session.flush()
        return item_id


def _in_vain(turn: TurnRow, unhelpful: bool) -> InVain:
    if turn.outcome == Outcome.NO_CLAUSE.value:
        reason = Reason.NO_CLAUSE
    else:
        reason = Reason.THUMBS_DOWN if unhelpful else Reason.LOW_CONFIDENCE
    return InVain(TURN + turn.id, turn.understood, reason, turn.created_at, turn.id)


def _known(session: Session, programme: str) -> list[Known]:
    """The items of a programme by age, each by its first question."""
    query = select(OpenItemRow).where(OpenItemRow.programme == programme)
    rows = {row.id: row for row in session.scalars(query)}
    closed = {row.id: row.changed_at for row in rows.values() if row.state == ItemState.CLOSED.value}
    return [
        Known(first.item_id, first.question, first.embedder, first.vector, closed.get(first.item_id))
        for first in sorted(firsts(session, list(rows)), key=lambda asking: (asking.asked_at, asking.source))
    ]


def _takes(item: Known, asked: InVain) -> bool:
    """What was asked after an item was closed was not closed with it."""
    return item.closed_at is None or asked.asked_at <= item.closed_at


def _forgotten(session: Session, placed: Placed) -> bool:
    """The conversation was forgotten while its question was embedded."""
    turn_id = placed.asked.turn_id
    return turn_id is not None and session.get(TurnRow, turn_id) is None


def _row(placed: Placed, item_id: str) -> AskingRow:
    asked = placed.asked
    return AskingRow(
        source=asked.source,
        item_id=item_id,
        turn_id=asked.turn_id,
        question=stored_text(asked.question),
        reason=asked.reason.value,
        note=stored_text(asked.note)[:NOTE_LENGTH] if asked.note else None,
        embedder=placed.embedder,
        vector=placed.vector,
        asked_at=asked.asked_at,
    )
