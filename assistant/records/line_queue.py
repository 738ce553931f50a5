"""Open LINE events -> the workers that answer them: taken under a lease, settled once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from assistant.ports import Clock
from assistant.records.database import Database
from assistant.records.line_events import OPEN, EventState, Messages, OpenEvent, Route, answer_id_of
from assistant.records.line_inbox import SETTLED
from assistant.records.line_tables import LineEventRow
from assistant.records.tables import TurnRow

_LONGEST_WAIT: Final = timedelta(minutes=1)


class LineQueue:
    """
    One worker's view of the open events; make one for each worker.

    A row belongs to a worker until its lease ends, unless the worker renews it: what
    a killed worker held is taken up by the next one. Every change names the owner, so
    a worker that lost a row, or whose row was withdrawn meanwhile, is told (False) and
    changes nothing. Every method raises RecordsUnavailable if the database fails.
    """

    def __init__(self, database: Database, clock: Clock, lease: timedelta) -> None:
        self._database, self._clock, self._lease = database, clock, lease
        self._owner = uuid4().hex

    def take_over(self) -> None:
        """On SQLite, which has one worker: what is held is held by one that is gone."""
        if self._database.engine.dialect.name == "sqlite":
            with self._database.writing() as session:
                session.execute(_all_held().values(owner=None, leased_until=None))

    def claim(self, most: int) -> list[OpenEvent]:
        """
        Take up to `most` events that are due, the oldest first.

        Of one chat only the oldest open event is taken: a conversation has an order. What is due, or held,
        further ahead than anything is ever put off was so by a clock that has been set back since.
        """
        now = self._clock.now()
        earlier = aliased(LineEventRow)
        waits = exists().where(
            earlier.chat == LineEventRow.chat,
            earlier.state.in_(OPEN),
            tuple_(earlier.happened_at, earlier.id) < tuple_(LineEventRow.happened_at, LineEventRow.id),
        )
        due = (
            select(LineEventRow)
            .where(LineEventRow.state.in_(OPEN), ~waits)
            .where(or_(LineEventRow.due_at <= now, LineEventRow.due_at > now + _LONGEST_WAIT))
            .where(
                or_(
                    LineEventRow.leased_until.is_(None),
                    LineEventRow.leased_until <= now,
                    LineEventRow.leased_until > now + 2 * self._lease,
                )
            )
            .order_by(LineEventRow.happened_at, LineEventRow.id)
            .limit(most)
            .with_for_update(skip_locked=True, of=LineEventRow)
        )
        with self._database.writing() as session:
            rows = session.scalars(due).all()
            for row in rows:
                row.owner, row.leased_until = self._owner, now + self._lease
                if row.outgoing is None:
                    row.state = EventState.ANSWERING
            return [_work(row) for row in rows]

    def renew(self, ids: Sequence[str]) -> None:
        """Hold on to events that take their time."""
        until = self._clock.now() + self._lease
        with self._database.writing() as session:
            session.execute(self._mine(*ids).values(leased_until=until))

    def keep(self, event_id: str, outgoing: Messages) -> bool:
        """
        Store the answer, so that every attempt sends the same.

        False if the event was withdrawn meanwhile; then its turn is deleted too.
        """
        with self._database.writing() as session:
            if _changed(session, self._mine(event_id).values(state=EventState.READY, outgoing=outgoing)):
                return True
            state = session.scalar(select(LineEventRow.state).where(LineEventRow.id == event_id))
            if state in {None, EventState.WITHDRAWN}:
                session.execute(delete(TurnRow).where(TurnRow.id == answer_id_of(event_id)))
            return False

    def begin(self, event_id: str, route: Route) -> bool:
        """Note, before the request goes out, that it may have."""
        values = {
            "state": EventState.SENDING,
            "route": route,
            "doubtful": True,
            "tries": LineEventRow.tries + 1,
        }
        return self._change(event_id, values)

    def postpone(self, event_id: str, wait: timedelta, doubtful: bool) -> bool:
        """Let the event go until later; `doubtful` unless nothing can have been delivered."""
        due = self._clock.now() + wait
        return self._change(
            event_id, {"due_at": due, "doubtful": doubtful, "owner": None, "leased_until": None}
        )

    def settle(self, event_id: str, state: EventState) -> bool:
        """End an event; what it held is emptied."""
        return self._change(event_id, {"state": state, **SETTLED})

    def release(self) -> None:
        """Let everything go that this worker holds."""
        with self._database.writing() as session:
            held = _all_held().where(LineEventRow.owner == self._owner)
            session.execute(held.values(owner=None, leased_until=None))

    def counts(self) -> dict[EventState, int]:
        """How many events there are in each state that there are any in."""
        query = select(LineEventRow.state, func.count()).group_by(LineEventRow.state)
        with self._database.reading() as session:
            return dict(session.execute(query).all())

    def _change(self, event_id: str, values: dict[str, Any]) -> bool:
        with self._database.writing() as session:
            return _changed(session, self._mine(event_id).values(values))

    def _mine(self, *ids: str) -> Any:  # noqa: ANN401 - SQLAlchemy's Update
        return _all_held().where(LineEventRow.id.in_(ids), LineEventRow.owner == self._owner)


def _all_held() -> Any:  # noqa: ANN401 - SQLAlchemy's Update
    held: ColumnElement[bool] = LineEventRow.state.in_(OPEN)
    return update(LineEventRow).where(held, LineEventRow.owner.is_not(None))


def _changed(session: Session, statement: Any) -> bool:  # noqa: ANN401 - SQLAlchemy's Update
    return bool(session.scalars(statement.returning(LineEventRow.id)).all())


def _work(row: LineEventRow) -> OpenEvent:
    return OpenEvent(**{field.name: getattr(row, field.name) for field in fields(OpenEvent)})
