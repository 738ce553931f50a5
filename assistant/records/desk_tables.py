"""The help desk's tables: staff, inquiries with their questions, canned texts, the audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.records.tables import TOKEN_LENGTH, RecordRow

HASH_LENGTH: Final = 64
WORD_LENGTH: Final = 20
NAME_LENGTH: Final = 60


class StaffRow(RecordRow):
    """Who may sign in. Without `password` the account waits for its one-time link."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    shown: Mapped[str] = mapped_column(String(NAME_LENGTH))
    role: Mapped[str] = mapped_column(String(WORD_LENGTH))
    password: Mapped[str | None]
    active: Mapped[bool]
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class StaffSessionRow(RecordRow):
    """A signed-in browser; `token` is the SHA-256 of what its cookie holds, `csrf` goes into its forms."""

    __tablename__ = "staff_session"

    token: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey(StaffRow.id, ondelete="CASCADE"))
    csrf: Mapped[str] = mapped_column(String(HASH_LENGTH))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime]


class StaffLinkRow(RecordRow):
    """A link that sets a password, once; `token` is the SHA-256 of what the address holds."""

    __tablename__ = "staff_link"

    staff_id: Mapped[int] = mapped_column(ForeignKey(StaffRow.id, ondelete="CASCADE"), primary_key=True)
    token: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    expires_at: Mapped[datetime]


class InquiryRow(RecordRow):
    """
    An applicant's mail and the reply to it.

    `version` grows with every change. `drafted` is what the assistant wrote,
    `text` what it has become, `final` what was approved. `citations` number the
    clauses for the whole reply. `share_edited` is how much of `drafted` was
    changed, in whole percent. After `erased_at` all text is gone.
    """

    __tablename__ = "inquiry"
    __table_args__ = (Index(None, "state", "updated_at"), Index(None, "created_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    programme: Mapped[str]
    origin: Mapped[str] = mapped_column(String(WORD_LENGTH))
    reference: Mapped[str]
    sender: Mapped[str]
    subject: Mapped[str]
    mail: Mapped[str]
    conversation: Mapped[str] = mapped_column(String(TOKEN_LENGTH))
    state: Mapped[str] = mapped_column(String(WORD_LENGTH))
    drafted: Mapped[str]
    text: Mapped[str]
    final: Mapped[str]
    citations: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    corpus_hash: Mapped[str]
    second_reader: Mapped[bool]
    waits: Mapped[bool]
    share_edited: Mapped[int | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey(StaffRow.id))
    edited_by: Mapped[int | None] = mapped_column(ForeignKey(StaffRow.id))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey(StaffRow.id))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class InquiryQuestionRow(RecordRow):
    """
    One question of a mail and its answer, in the shape of its JSON.

    `block` is its part of the draft; `kept` says after approval whether that
    part went out as it was.
    """

    __tablename__ = "inquiry_question"
    __table_args__ = (UniqueConstraint("inquiry_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey(InquiryRow.id, ondelete="CASCADE"))
    position: Mapped[int]
    question: Mapped[str]
    hint: Mapped[str]
    answer_id: Mapped[str] = mapped_column(String(TOKEN_LENGTH))
    outcome: Mapped[str]
    confidence: Mapped[int]
    clauses: Mapped[list[str]] = mapped_column(JSON)
    answer_json: Mapped[dict[str, object]] = mapped_column(JSON)
    block: Mapped[str]
    corpus_hash: Mapped[str]
    kept: Mapped[bool | None]


class CannedTextRow(RecordRow):
    """A text that staff insert; its variables are written {…}."""

    __tablename__ = "canned_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    body: Mapped[str]
    changed_by: Mapped[int] = mapped_column(ForeignKey(StaffRow.id))
    changed_at: Mapped[datetime]


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
