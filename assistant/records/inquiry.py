"""An inquiry: an applicant's mail, its questions with their answers, and the reply as it is being written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assistant.records.desk_tables import HASH_LENGTH
from assistant.records.staff import Staff
from assistant.records.tables import TOKEN_LENGTH, WORD_LENGTH, RecordRow, word


class InquiryState(StrEnum):
    """How far a reply is. SENT is copied or sent; REOPENED was approved or sent before."""

    DRAFT = "draft"
    EDITED = "edited"
    APPROVED = "approved"
    SENT = "sent"
    REOPENED = "reopened"


OPEN = (InquiryState.DRAFT, InquiryState.EDITED, InquiryState.REOPENED)


class UnknownInquiry(LookupError):  # noqa: N818 - the name is the fact
    """There is no inquiry with that id."""


class HandedIn(Exception):  # noqa: N818 - the name is the fact
    """The ticket system handed this inquiry in before, by the same key."""

    def __init__(self, inquiry: Inquiry) -> None:
        super().__init__(f"inquiry {inquiry.id} has that key")
        self.inquiry = inquiry


class StaleVersion(RuntimeError):  # noqa: N818 - the name is the fact
    """Somebody changed the inquiry meanwhile; nothing was written. `current` is what it is now."""

    def __init__(self, current: Inquiry) -> None:
        super().__init__(f"inquiry {current.id} has version {current.version} by now")
        self.current = current


class InquiryQuestion(RecordRow):
    """
    One question of a mail; `answer` has the shape of its JSON, `confidence` is percent.

    `block` is its part of the draft; `kept` says after approval whether that
    part went out as it was.
    """

    __tablename__ = "inquiry_question"
    __table_args__ = (UniqueConstraint("inquiry_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id", ondelete="CASCADE"))
    position: Mapped[int]
    question: Mapped[str]
    hint: Mapped[str]
    answer_id: Mapped[str] = mapped_column(String(TOKEN_LENGTH))
    outcome: Mapped[str]
    confidence: Mapped[int]
    clauses: Mapped[list[str]] = mapped_column(JSON)
    answer: Mapped[dict[str, Any]] = mapped_column("answer_json", JSON)
    block: Mapped[str]
    corpus_hash: Mapped[str]
    kept: Mapped[bool | None]


class Inquiry(RecordRow):
    """
    An applicant's mail and the reply to it.

    `origin` is "paste" or "api". `version` grows with every change. `drafted` is
    what the assistant wrote, `text` what it has become, `final` what was approved.
    `citations` number the clauses for the whole reply. `share_edited` is how much of
    `drafted` was changed, in whole percent. `writers` are all members of staff who had a hand in it.
    `handed_key` is the SHA-256 of the key by which a ticket system knows that it handed it in. After `erased_at` all text is gone.
    """

    __tablename__ = "inquiry"
    __table_args__ = (
        Index(None, "state", "updated_at"),
        Index(None, "created_at"),
        Index(None, "handed_key", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    programme: Mapped[str]
    origin: Mapped[str] = mapped_column(String(WORD_LENGTH))
    handed_key: Mapped[str | None] = mapped_column(String(HASH_LENGTH))
    reference: Mapped[str]
    sender: Mapped[str]
    subject: Mapped[str]
    mail: Mapped[str]
    conversation: Mapped[str] = mapped_column(String(TOKEN_LENGTH))
    state: Mapped[InquiryState] = mapped_column(word(InquiryState))
    drafted: Mapped[str]
    text: Mapped[str]
    final: Mapped[str]
    citations: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    corpus_hash: Mapped[str]
    second_reader: Mapped[bool]
    waits: Mapped[bool]
    share_edited: Mapped[int | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id))
    writers: Mapped[list[int]] = mapped_column(JSON)
    edited_by: Mapped[int | None] = mapped_column(ForeignKey(Staff.id))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey(Staff.id))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    questions: Mapped[list[InquiryQuestion]] = relationship(
        order_by=InquiryQuestion.position, lazy="selectin"
    )


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new inquiry, masked and drafted."""

    programme: str
    origin: str
    reference: str
    sender: str
    subject: str
    mail: str
    conversation: str
    text: str
    citations: Sequence[Mapping[str, object]]
    corpus_hash: str
    owner_id: int | None
    questions: Sequence[InquiryQuestion]
    handed_key: str | None = None


def with_writer(writers: Sequence[int], staff_id: int) -> list[int]:
    """The writers of a reply with one more among them, each once."""
    return sorted({*writers, staff_id})


def source_of(inquiry_id: int, position: int | None = None) -> str:
    """How an asking names a question of an inquiry; without a position, how it begins for each of them."""
    return f"draft:{inquiry_id}:{'' if position is None else position}"
