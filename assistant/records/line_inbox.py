"""Delivered LINE events -> rows, each once; unsent messages and people who left -> nothing kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assistant.ports import Clock
from assistant.records.database import Database
from assistant.records.line_chats import forget
from assistant.records.line_events import OPEN, EventState, Incoming, Kind, Route, answer_id_of
from assistant.records.line_tables import LineEventRow
from assistant.records.tables import TurnRow

# A redelivered event's token is good for a new minute, unless the event is older than this (LINE's reference).
REVIVABLE: Final = timedelta(minutes=20)
# How many events of one person are answered within how long.
LIMITS: Final = ((20, timedelta(minutes=1)), (300, timedelta(days=1)))
_SILENT: Final = frozenset({Kind.UNSEND, Kind.GONE})
# Rows in one statement: SQLite takes 32,766 values.
_AT_ONCE: Final = 500
SETTLED: Final[dict[str, Any]] = {
    "text": None,
    "reply_token": None,
    "push_to": None,
    "outgoing": None,
    "owner": None,
    "leased_until": None,
}


class LineInbox:
    """
    Where the webhook puts events; safe to share between threads and processes.

    `limits` are pairs of a number and a span: so many events of one sender are
    answered within it, the next one is told so, further ones get no answer.
    Every method raises RecordsUnavailable if the database fails.
    """

    def __init__(
        self, database: Database, clock: Clock, limits: tuple[tuple[int, timedelta], ...] = LIMITS
    ) -> None:
        self._database, self._clock, self._limits = database, clock, limits

    def receive(self, events: Sequence[Incoming]) -> list[str]:
        """
        Store events that are not stored yet, all or none; the ids of those that are to be answered.

        An event that is here already is left alone, except that a redelivered one
        whose token had died unused gets its new minute.
        """
        now = self._clock.now()
        asked = [event for event in events if event.kind not in _SILENT]
        with self._database.writing() as session:
            for event in events:
                if event.kind is Kind.GONE:
                    _withdraw(session, _open_of(session, event.chat))
                    forget(session, event.chat)
                elif event.kind is Kind.UNSEND:
                    # Kept, for the order of delivery is not that of events.
                    _withdraw(session, _sent_as(session, event.message_id))
                    _insert(session, [_row(event, event.kind, EventState.WITHDRAWN, now)])
            new: set[str] = set()
            for at in range(0, len(asked), _AT_ONCE):
                new |= self._received(session, asked[at : at + _AT_ONCE], now)
        return [event.id for event in asked if event.id in new]

    def expire(self, before: datetime) -> int:
        """Delete events received before that moment, answered or not, 500 at most; how many."""
        with self._database.writing() as session:
            past = select(LineEventRow.id).where(LineEventRow.received_at < before).limit(_AT_ONCE)
            gone = delete(LineEventRow).where(LineEventRow.id.in_(past))
            return len(session.scalars(gone.returning(LineEventRow.id)).all())

    def _received(self, session: Session, events: Sequence[Incoming], now: datetime) -> set[str]:
        unsent = _unsent(session, events)
        recent = self._recent(session, events, now)
        rows: dict[str, dict[str, Any]] = {}
        for event in events:
            kind, state = event.kind, EventState.RECEIVED
            if event.message_id in unsent:
                state = EventState.WITHDRAWN
            elif event.id not in rows:
                kind, state = self._limited(event, recent[event.sender])
            rows.setdefault(event.id, _row(event, kind, state, now))
        added = _insert(session, list(rows.values()))
        fresh = {event_id for event_id in added if rows[event_id]["state"] is EventState.RECEIVED}
        again = [event for event in events if event.redelivered and event.id not in added]
        return fresh | {event.id for event in again if _revive(session, event, now)}

    def _recent(
        self, session: Session, events: Sequence[Incoming], now: datetime
    ) -> defaultdict[str, list[int]]:
        """How many events of each sender there are within each limit's span."""
        at = LineEventRow.received_at
        # Not after now: a clock that was set back must not count an hour as a minute.
        counts = [func.count().filter(at > now - span, at <= now) for _, span in self._limits]
        query = (
            select(LineEventRow.sender, *counts)
            .where(LineEventRow.sender.in_({event.sender for event in events}))
            .where(LineEventRow.id.not_in([event.id for event in events]))
            .group_by(LineEventRow.sender)
        )
        found = {sender: list(numbers) for sender, *numbers in session.execute(query)}
        return defaultdict(lambda: [0] * len(self._limits), found)

    def _limited(self, event: Incoming, recent: list[int]) -> tuple[Kind, EventState]:
        """What becomes of the next event of a sender, who is counted on."""
        before = tuple(recent)
        recent[:] = [number + 1 for number in recent]
        for (most, _), number in zip(self._limits, before, strict=True):
            if number >= most:
                return Kind.TOO_MANY, EventState.RECEIVED if number == most else EventState.LIMITED
        return event.kind, EventState.RECEIVED


def _row(event: Incoming, kind: Kind, state: EventState, now: datetime) -> dict[str, Any]:
    told = {field.name: getattr(event, field.name) for field in fields(event) if field.name != "redelivered"}
    emptied = {} if state is EventState.RECEIVED else {"text": None, "reply_token": None, "push_to": None}
    fresh = {"route": Route.REPLY, "tries": 0, "doubtful": False, "received_at": now, "due_at": now}
    return {**told, **emptied, **fresh, "kind": kind, "state": state}


def _insert(session: Session, rows: list[dict[str, Any]]) -> set[str]:
    """The ids that are new; of two deliveries at once, one waits for the other and is not."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    added = dialect.insert(LineEventRow).values(rows).on_conflict_do_nothing().returning(LineEventRow.id)
    return set(session.scalars(added))


def _unsent(session: Session, events: Sequence[Incoming]) -> set[str | None]:
    """Which messages of these events were unsent before they came."""
    ids = [event.message_id for event in events if event.message_id]
    query = select(LineEventRow.message_id).where(
        LineEventRow.kind == Kind.UNSEND, LineEventRow.message_id.in_(ids)
    )
    return set(session.scalars(query))


def _revive(session: Session, event: Incoming, now: datetime) -> bool:
    row = session.get_one(LineEventRow, event.id, with_for_update=True)
    unsent = row.state == EventState.EXPIRED or row.state in OPEN
    if not unsent or row.doubtful or event.happened_at < now - REVIVABLE:
        return False
    row.received_at, row.reply_token, row.route = now, event.reply_token, Route.REPLY
    if row.state == EventState.EXPIRED:
        row.state, row.text, row.push_to, row.due_at = EventState.RECEIVED, event.text, event.push_to, now
    return True


def _sent_as(session: Session, message_id: str | None) -> Sequence[LineEventRow]:
    if not message_id:
        return ()
    query = select(LineEventRow).where(LineEventRow.message_id == message_id).with_for_update()
    return session.scalars(query).all()


def _open_of(session: Session, chat: str) -> Sequence[LineEventRow]:
    query = select(LineEventRow).where(LineEventRow.chat == chat, LineEventRow.state.in_(OPEN))
    return session.scalars(query.with_for_update()).all()


def _withdraw(session: Session, rows: Sequence[LineEventRow]) -> None:
    """Empty the events, keep them from being answered, and delete the turns in which they were."""
    for row in rows:
        if row.kind == Kind.UNSEND:
            continue
        if row.state in OPEN:
            row.state = EventState.WITHDRAWN
        for name, value in SETTLED.items():
            setattr(row, name, value)
        session.execute(delete(TurnRow).where(TurnRow.id == answer_id_of(row.id)))
