"""The stored audit trail -> every place where it is not what was written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.records.audit import ERASED, START, chained, digest_of, texts_of
from assistant.records.database import Database
from assistant.records.desk_tables import AuditEntryRow, AuditHeadRow, AuditTextRow

_PAGE: Final = 500
_ORPHANS: Final = (
    select(AuditTextRow.position)
    .where(AuditTextRow.position.not_in(select(AuditEntryRow.position)))
    .distinct()
    .order_by(AuditTextRow.position)
)


@dataclass(frozen=True, slots=True)
class Proof:
    """How many entries were read, the hash they end with, and what is wrong with them, in words."""

    entries: int
    hash: str
    faults: tuple[str, ...]


@dataclass(slots=True)
class _Walk:
    """What is known on the way from the first entry to the last."""

    position: int = 0
    hash: str = START
    faults: list[str] = field(default_factory=list)
    missing: list[tuple[int, int, str]] = field(default_factory=list)  # inquiry, position, place
    erased: dict[int, int] = field(default_factory=dict)  # inquiry to the last position that says so
    seen: dict[int, str] = field(default_factory=dict)


def prove(database: Database, seals: Mapping[int, str] | None = None) -> Proof:
    """
    Read the whole trail and hold every hash against what it was made of.

    Found are entries that were changed, removed, added or put in another order,
    and texts that were changed, or are gone without an act that says so. Who
    can write the database can make a new chain of it all: against that,
    `seals` are heads noted elsewhere, position to hash, which must still be there.

    Raises:
        RecordsUnavailable: the database cannot be read.
    """
    seals = seals or {}
    walk = _Walk()
    with database.reading() as session:
        if database.engine.dialect.name == "postgresql":
            # One view of it all: what is written meanwhile must not look like a fault.
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        for rows in _pages(session):
            texts = texts_of(session, rows)
            for row in rows:
                _step(walk, row, texts[row.position])
                if row.position in seals:
                    walk.seen[row.position] = row.hash
        head = session.get(AuditHeadRow, 1)
        orphans = session.scalars(_ORPHANS).all()
    if head is None or (head.position, head.hash) != (walk.position, walk.hash):
        told = "missing" if head is None else f"at {head.position}"
        walk.faults.append(
            f"the end of the chain is {told}, the last entry is {walk.position}: entries were removed or added"
        )
    walk.faults += [f"text of entry {position}, which does not exist" for position in orphans]
    walk.faults += [
        f"{place}: the text is gone, and no act says that it was erased"
        for inquiry, position, place in walk.missing
        if position > walk.erased.get(inquiry, 0)
    ]
    for position, seal in seals.items():
        if walk.seen.get(position, START if position == 0 else "") != seal:
            walk.faults.append(f"entry {position} is not the one that was sealed")
    return Proof(walk.position, walk.hash, tuple(walk.faults))


def _step(walk: _Walk, row: AuditEntryRow, texts: Mapping[str, AuditTextRow]) -> None:
    if row.position != walk.position + 1:
        walk.faults.append(f"entry {row.position} follows entry {walk.position}: entries were removed")
    if chained(walk.hash, row.body) != row.hash:
        walk.faults.append(f"entry {row.position}: changed, removed before, or put in another place")
    # Going on with what is stored: one change is told once, not of every entry after it.
    walk.position, walk.hash = row.position, row.hash
    try:
        body = json.loads(row.body)
        named, inquiry = dict(body["texts"]), body["inquiry"]
        if (body["position"], inquiry) != (row.position, row.inquiry_id):
            walk.faults.append(f"entry {row.position}: its columns do not say what its body says")
        if body["action"] == ERASED:
            walk.erased[inquiry] = row.position
    except (ValueError, KeyError, TypeError):
        walk.faults.append(f"entry {row.position}: its body cannot be read")
        return
    for place, fault in _text_faults(row.position, named, texts):
        if fault:
            walk.faults.append(f"{place}: {fault}")
        else:
            walk.missing.append((inquiry, row.position, place))


def _text_faults(
    position: int, named: Mapping[str, str], texts: Mapping[str, AuditTextRow]
) -> Iterator[tuple[str, str]]:
    """The places of texts that do not fit with what is wrong; nothing is said of one that is gone."""
    for name in sorted(named.keys() | texts.keys()):
        place = f"entry {position}, {name}"
        if name not in named:
            yield place, "a text that the entry does not have"
        elif name not in texts:
            yield place, ""
        elif digest_of(texts[name].salt, texts[name].text) != named[name]:
            yield place, "the text was changed"


def _pages(session: Session) -> Iterator[list[AuditEntryRow]]:
    """The entries in order, page by page: a trail may be longer than the memory."""
    last: int | None = None
    query = select(AuditEntryRow).order_by(AuditEntryRow.position).limit(_PAGE)
    while rows := list(
        session.scalars(query if last is None else query.where(AuditEntryRow.position > last))
    ):
        yield rows
        last = rows[-1].position
        session.expunge_all()
