"""The help desk's tables that only its stores see: sessions and links of staff, the audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.records.tables import WORD_LENGTH, RecordRow

HASH_LENGTH: Final = 64


class StaffSessionRow(RecordRow):
    """A signed-in browser; `token` is the SHA-256 of what its cookie holds, `csrf` goes into its forms."""

    __tablename__ = "staff_session"

    token: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    csrf: Mapped[str] = mapped_column(String(HASH_LENGTH))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime]


class StaffLinkRow(RecordRow):
    """A link that sets a password, once; `token` is the SHA-256 of what the address holds."""

    __tablename__ = "staff_link"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    token: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    expires_at: Mapped[datetime]


class AuditEntryRow(RecordRow):
    """
    One act, never changed: `body` is canonical JSON, `hash` is over the previous hash and it.

    `position` counts from 1 without a gap. `inquiry_id` repeats what the body
    says, to be looked for.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "inquiry_id"),)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    inquiry_id: Mapped[int | None]
    body: Mapped[str]
    hash: Mapped[str] = mapped_column(String(HASH_LENGTH))


class AuditTextRow(RecordRow):
    """A text that an entry names by the digest of salt and text; deletable, the chain stays valid."""

    __tablename__ = "audit_text"

    position: Mapped[int] = mapped_column(ForeignKey(AuditEntryRow.position), primary_key=True)
    name: Mapped[str] = mapped_column(String(WORD_LENGTH), primary_key=True)
    salt: Mapped[str] = mapped_column(String(HASH_LENGTH))
    text: Mapped[str]


class AuditHeadRow(RecordRow):
    """The end of the chain, one row; writers lock it, so that entries follow one another."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int]
    hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
