"""Open items: askings in, grouped by whoever knows likeness; the most frequent out first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from assistant.ports import Clock
from assistant.records.asking import NOTE_LENGTH, Asking, ItemState, OpenItemRow, Reason
from assistant.records.database import Database
from assistant.records.stored_text import is_token, stored_text

_LATEST: Final = 50


@dataclass(frozen=True, slots=True)
class OpenItem:
    """
    Askings that are alike.

    `question` is the first that was asked, `times` how often, `reasons` how often each;
    `askings` are the latest 50, newest first (empty in lists). `note` and `changed_by` are of
    whoever dismissed or reopened it last.
    """

    id: str
    programme: str
    state: ItemState
    question: str
    times: int
    reasons: Mapping[Reason, int]
    first_at: datetime
    last_at: datetime
    note: str | None = None
    changed_by: str | None = None
    askings: tuple[Asking, ...] = ()


class UnknownItem(LookupError):  # noqa: N818 - the name is the fact
    """There is no item with that id, or what was asked has been forgotten."""


class OpenItems:
    """
    The store of open items; safe to share between threads.

    Every method raises RecordsUnavailable if the database fails. An item exists as long as
    one of its askings does: those of a conversation go with it.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def items(self, programme: str, state: ItemState, limit: int) -> tuple[OpenItem, ...]:
        """The items in a state, those asked most often first, then the latest."""
        times, last = func.count(Asking.source), func.max(Asking.asked_at)
        query = (
            select(OpenItemRow)
            .join(Asking, Asking.item_id == OpenItemRow.id)
            .where(OpenItemRow.programme == programme, OpenItemRow.state == state)
            .group_by(OpenItemRow.id)
            .order_by(times.desc(), last.desc(), OpenItemRow.id)
            .limit(limit)
        )
        with self._database.reading() as session:
            return _items(session, session.scalars(query).all())

    def count(self, programme: str, state: ItemState) -> int:
        """How many items are in a state."""
        asked = exists().where(Asking.item_id == OpenItemRow.id)
        query = (
            select(func.count())
            .select_from(OpenItemRow)
            .where(OpenItemRow.programme == programme, OpenItemRow.state == state, asked)
        )
        with self._database.reading() as session:
            return session.scalar(query) or 0

    def item(self, item_id: str) -> OpenItem:
        """
        One item with its latest askings.

        Raises:
            UnknownItem: there is none with that id.
        """
        with self._database.reading() as session:
            row = session.get(OpenItemRow, item_id) if is_token(item_id) else None
            found = _items(session, [row] if row else [], askings=True)
        if not found:
            raise UnknownItem(item_id)
        return found[0]

    def mark(self, item_id: str, state: ItemState, who: str, note: str | None = None) -> None:
        """
        Put an item into a state.

        Raises:
            UnknownItem: there is none with that id.
        """
        with self._database.writing() as session:
            row = marked(session, item_id, state, self._clock.now(), who)
            row.note = stored_text(note)[:NOTE_LENGTH] if note else None


def marked(session: Session, item_id: str, state: ItemState, now: datetime, who: str) -> OpenItemRow:
    """
    An item, put into a state within a transaction of the caller's; its note stays.

    Raises:
        UnknownItem: there is none with that id.
    """
    row = session.get(OpenItemRow, item_id, with_for_update=True) if is_token(item_id) else None
    if row is None:
        raise UnknownItem(item_id)
    row.state, row.changed_at, row.changed_by = state, now, who
    return row


def _items(session: Session, rows: Sequence[OpenItemRow], *, askings: bool = False) -> tuple[OpenItem, ...]:
    """The items of rows, in their order; rows without askings are left out."""
    ids = [row.id for row in rows]
    first = {asking.item_id: asking for asking in firsts(session, ids)}
    last_at = {item_id: asking.asked_at for item_id, asking in first.items()}
    reasons: defaultdict[str, dict[Reason, int]] = defaultdict(dict)
    by_reason = (
        select(Asking.item_id, Asking.reason, func.count(), func.max(Asking.asked_at))
        .where(Asking.item_id.in_(ids))
        .group_by(Asking.item_id, Asking.reason)
    )
    for item_id, reason, count, last in session.execute(by_reason):
        reasons[item_id][reason] = count
        last_at[item_id] = max(last_at[item_id], last)
    return tuple(
        OpenItem(
            id=row.id,
            programme=row.programme,
            state=row.state,
            question=first[row.id].question,
            times=sum(reasons[row.id].values()),
            reasons=dict(sorted(reasons[row.id].items())),
            first_at=first[row.id].asked_at,
            last_at=last_at[row.id],
            note=row.note,
            changed_by=row.changed_by,
            askings=_askings(session, row.id) if askings else (),
        )
        for row in rows
        if row.id in first
    )


def firsts(session: Session, item_ids: Sequence[str]) -> Sequence[Asking]:
    """The first asking of each item: it stands for the others."""
    place = func.row_number().over(partition_by=Asking.item_id, order_by=(Asking.asked_at, Asking.source))
    numbered = select(Asking, place.label("place")).where(Asking.item_id.in_(item_ids)).subquery()
    first = aliased(Asking, numbered)
    return session.scalars(select(first).where(numbered.c.place == 1)).all()


def _askings(session: Session, item_id: str) -> tuple[Asking, ...]:
    query = (
        select(Asking)
        .where(Asking.item_id == item_id)
        .order_by(Asking.asked_at.desc(), Asking.source)
        .limit(_LATEST)
    )
    return tuple(session.scalars(query))
