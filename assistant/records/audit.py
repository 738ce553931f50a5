"""
The audit trail: acts in, a chain of hashes that shows any later change.

The hash of an entry is SHA-256 over the previous hash, a newline, and the entry's body in
canonical JSON (sorted keys, no blanks, UTF-8). Texts, which may tell of a person, stay outside
of the body: it holds the SHA-256 of a random salt and the text. Without salt and text the
digest tells nothing, so texts can be deleted and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from assistant.ports import Clock
from assistant.records.database import Database
from assistant.records.desk_tables import AuditEntryRow, AuditHeadRow, AuditTextRow
from assistant.records.stored_text import encodable

START: Final = "0" * 64
ERASED: Final = "erased"
# Who did what nobody did by hand.
SYSTEM: Final = "system"
_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Act:
    """
    What somebody did: `action` is a word such as "approved"; `inquiry_id` if it was to an inquiry.

    `facts` are JSON and hold nothing personal; `texts` are kept outside the chain, deletable.
    """

    actor: str
    action: str
    inquiry_id: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An entry as it is read back; `texts` that were deleted are None."""

    position: int
    at: datetime
    actor: str
    action: str
    inquiry_id: int | None
    facts: Mapping[str, Any]
    texts: Mapping[str, str | None]
    hash: str


class AuditTrail:
    """The store of the audit trail; safe to share between threads and processes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def add(self, act: Act) -> int:
        """Append an act in a transaction of its own; returns its position."""
        with self._database.writing() as session:
            return self.append(session, act)

    def append(self, session: Session, act: Act) -> int:
        """
        Append an act in the transaction of what it tells of: both are kept, or none.

        Locks the end of the chain; lock rows of your own before.
        """
        head = session.get_one(AuditHeadRow, 1, with_for_update=True, populate_existing=True)
        position = head.position + 1
        texts = {name: (token_hex(16), encodable(text)) for name, text in act.texts.items()}
        body = canonical(
            {
                "position": position,
                "at": self._clock.now().isoformat(),
                "actor": act.actor,
                "action": act.action,
                "inquiry": act.inquiry_id,
                "facts": act.facts,
                "texts": {name: digest_of(salt, text) for name, (salt, text) in texts.items()},
            }
        )
        head.position, head.hash = position, chained(head.hash, body)
        session.add(AuditEntryRow(position=position, inquiry_id=act.inquiry_id, body=body, hash=head.hash))
        session.flush()
        session.add_all(
            AuditTextRow(position=position, name=name, salt=salt, text=text)
            for name, (salt, text) in texts.items()
        )
        return position

    def erase(self, session: Session, inquiry_id: int) -> None:
        """Delete the texts of an inquiry's entries; append the act that says so, or they count as missing."""
        positions = select(AuditEntryRow.position).where(AuditEntryRow.inquiry_id == inquiry_id)
        session.execute(delete(AuditTextRow).where(AuditTextRow.position.in_(positions)))

    def head(self) -> tuple[int, str]:
        """Position and hash of the last entry; (0, START) of an empty trail. Keep it elsewhere, as a seal."""
        with self._database.reading() as session:
            head = session.get_one(AuditHeadRow, 1)
            return head.position, head.hash

    def entries(
        self, inquiry_id: int | None = None, limit: int | None = None, before: int | None = None
    ) -> list[AuditEntry]:
        """Entries, newest first: of one inquiry if it is named, `limit` at most, below position `before`."""
        query = select(AuditEntryRow).order_by(AuditEntryRow.position.desc()).limit(limit)
        if inquiry_id is not None:
            query = query.where(AuditEntryRow.inquiry_id == inquiry_id)
        if before is not None:
            query = query.where(AuditEntryRow.position < before)
        return self._read(query)

    def all(self) -> Iterator[AuditEntry]:
        """Every entry, oldest first, read in pages."""
        last = 0
        query = select(AuditEntryRow).order_by(AuditEntryRow.position).limit(_PAGE)
        while page := self._read(query.where(AuditEntryRow.position > last)):
            yield from page
            last = page[-1].position

    def _read(self, query: Select[AuditEntryRow]) -> list[AuditEntry]:
        with self._database.reading() as session:
            rows = list(session.scalars(query))
            texts = texts_of(session, rows)
            return [_entry(row, texts[row.position]) for row in rows]


def canonical(value: object) -> str:
    """A JSON value in its one form: keys sorted, no blanks."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chained(previous: str, body: str) -> str:
    """The hash of an entry."""
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def digest_of(salt: str, text: str) -> str:
    """What a body holds of a text."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def texts_of(session: Session, rows: Iterable[AuditEntryRow]) -> Mapping[int, Mapping[str, AuditTextRow]]:
    """The texts of entries that are still there, by position and name."""
    found: dict[int, dict[str, AuditTextRow]] = {row.position: {} for row in rows}
    for text in session.scalars(select(AuditTextRow).where(AuditTextRow.position.in_(found))):
        found[text.position][text.name] = text
    return found


def _entry(row: AuditEntryRow, texts: Mapping[str, AuditTextRow]) -> AuditEntry:
    body = json.loads(row.body)
    return AuditEntry(
        position=row.position,
        at=datetime.fromisoformat(body["at"]),
        actor=body["actor"],
        action=body["action"],
        inquiry_id=body["inquiry"],
        facts=body["facts"],
        texts={name: texts[name].text if name in texts else None for name in body["texts"]},
        hash=row.hash,
    )
