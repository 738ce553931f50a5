"""Canned texts: what staff write again and again, kept once; the variables in it are the channel's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from assistant.ports import Clock
from assistant.records.audit import Act, AuditTrail
from assistant.records.database import Database
from assistant.records.staff import NAME_LENGTH, Staff
from assistant.records.stored_text import encodable
from assistant.records.tables import RecordRow


class CannedRefused(ValueError):  # noqa: N818 - the name is the fact
    """The text cannot be kept; the message says to people why and what to do."""


class Canned(RecordRow):
    """A text that staff insert; its variables are written {…}."""

    __tablename__ = "canned_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    body: Mapped[str]
    changed_by: Mapped[int] = mapped_column(ForeignKey(Staff.id))
    changed_at: Mapped[datetime]


class CannedTexts:
    """The store of canned texts; safe to share between threads."""

    def __init__(self, database: Database, clock: Clock, audit: AuditTrail) -> None:
        self._database, self._clock, self._audit = database, clock, audit

    def all(self) -> list[Canned]:
        """Every text, by title."""
        with self._database.reading() as session:
            return list(session.scalars(select(Canned).order_by(Canned.title)))

    def add(self, title: str, body: str, staff_id: int, actor: str) -> None:
        """
        A new text.

        Raises:
            CannedRefused: it has no title or no body, or the title is another's.
        """
        row = Canned(
            version=1,
            title=_title(title),
            body=_body(body),
            changed_by=staff_id,
            changed_at=self._clock.now(),
        )
        try:
            with self._database.writing() as session:
                session.add(row)
                session.flush()
                self._audit.append(session, _act(actor, "canned_added", row))
        except IntegrityError as error:
            raise _taken(title) from error

    def change(self, canned_id: int, version: int, title: str, body: str, staff_id: int, actor: str) -> None:
        """
        Change a text if it still has that version.

        Raises:
            CannedRefused: see `add`, or it was changed or deleted meanwhile.
        """
        try:
            with self._database.writing() as session:
                row = session.get(Canned, canned_id, with_for_update=True)
                if row is None or row.version != version:
                    raise CannedRefused("這段文字剛被別人改過或刪除了，請重新整理後再改。")
                row.title, row.body, row.version = _title(title), _body(body), version + 1
                row.changed_by, row.changed_at = staff_id, self._clock.now()
                session.flush()
                self._audit.append(session, _act(actor, "canned_changed", row))
        except IntegrityError as error:
            raise _taken(title) from error

    def remove(self, canned_id: int, actor: str) -> None:
        """Delete a text; nothing happens if it is gone already."""
        with self._database.writing() as session:
            row = session.get(Canned, canned_id, with_for_update=True)
            if row is not None:
                act = _act(actor, "canned_removed", row)
                session.delete(row)
                self._audit.append(session, act)


def _title(text: str) -> str:
    title = " ".join(encodable(text).split())
    if not title or len(title) > NAME_LENGTH:
        raise CannedRefused(f"標題要有 1 到 {NAME_LENGTH} 個字。")
    return title


def _body(text: str) -> str:
    body = encodable(text).strip()
    if not body:
        raise CannedRefused("內容是空的，請寫上要插入的文字。")
    return body


def _taken(title: str) -> CannedRefused:
    return CannedRefused(f"已經有一段文字叫「{title}」，請換一個標題。")


def _act(actor: str, action: str, row: Canned) -> Act:
    return Act(actor, action, None, {"canned": row.id, "title": row.title, "version": row.version})
