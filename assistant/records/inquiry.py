"""An inquiry: an applicant's mail, its questions with their answers, and the reply as it is being written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


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


class StaleVersion(RuntimeError):  # noqa: N818 - the name is the fact
    """Somebody changed the inquiry meanwhile; nothing was written. `current` is what it is now."""

    def __init__(self, current: Inquiry) -> None:
        super().__init__(f"inquiry {current.id} has version {current.version} by now")
        self.current = current


@dataclass(frozen=True, slots=True)
class InquiryQuestion:
    """A question of a mail with its answer; `answer` has the shape of its JSON, `confidence` is percent."""

    position: int
    question: str
    hint: str
    answer_id: str
    outcome: str
    confidence: int
    clauses: Sequence[str]
    answer: Mapping[str, Any]
    block: str
    corpus_hash: str
    kept: bool | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new inquiry, masked and drafted; `origin` is "paste" or "api"."""

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
    second_reader: bool
    owner_id: int | None
    questions: Sequence[InquiryQuestion]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An inquiry as it is; see InquiryRow. `questions` are empty in lists."""

    id: int
    version: int
    programme: str
    origin: str
    reference: str
    sender: str
    subject: str
    mail: str
    conversation: str
    state: InquiryState
    drafted: str
    text: str
    final: str
    citations: Sequence[Mapping[str, Any]]
    corpus_hash: str
    second_reader: bool
    waits: bool
    share_edited: int | None
    owner_id: int | None
    edited_by: int | None
    approved_by: int | None
    created_at: datetime
    updated_at: datetime
    approved_at: datetime | None
    sent_at: datetime | None
    erased_at: datetime | None
    questions: tuple[InquiryQuestion, ...] = ()


def source_of(inquiry_id: int, position: int | None = None) -> str:
    """How an asking names a question of an inquiry; without a position, how it begins for each of them."""
    return f"draft:{inquiry_id}:{'' if position is None else position}"
