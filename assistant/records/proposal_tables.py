"""The tables of the loop that closes: open items and their askings, proposals and their history."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.records.tables import TOKEN_LENGTH, RecordRow, TurnRow

STATE_LENGTH = 16
WHO_LENGTH = 64
NOTE_LENGTH = 2000


class OpenItemRow(RecordRow):
    """Askings that are alike; what was asked stands with the askings, so that it goes with them."""

    __tablename__ = "open_item"
    __table_args__ = (Index(None, "programme", "state"),)

    id: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True)
    programme: Mapped[str]
    state: Mapped[str] = mapped_column(String(STATE_LENGTH))
    note: Mapped[str | None] = mapped_column(String(NOTE_LENGTH))
    changed_by: Mapped[str | None] = mapped_column(String(WHO_LENGTH))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class AskingRow(RecordRow):
    """
    One time that something was asked in vain; `source` names the turn or draft, once.

    `vector` is the question's, 32-bit floats, little-endian, of the encoder `embedder`. An asking
    that came of a turn goes when the turn is forgotten.
    """

    __tablename__ = "asking"
    __table_args__ = (Index(None, "item_id"), Index(None, "turn_id"))

    source: Mapped[str] = mapped_column(String(TOKEN_LENGTH * 2), primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey(OpenItemRow.id, ondelete="CASCADE"))
    turn_id: Mapped[str | None] = mapped_column(ForeignKey(TurnRow.id, ondelete="CASCADE"))
    question: Mapped[str]
    reason: Mapped[str] = mapped_column(String(STATE_LENGTH))
    note: Mapped[str | None] = mapped_column(String(NOTE_LENGTH))
    embedder: Mapped[str]
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime]


class ProposalRow(RecordRow):
    """A change of the corpus that somebody proposed; `work_json` says what is being done with it."""

    __tablename__ = "proposal"
    __table_args__ = (Index(None, "programme", "state"), Index(None, "item_id"))

    id: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True)
    programme: Mapped[str]
    item_id: Mapped[str | None] = mapped_column(ForeignKey(OpenItemRow.id, ondelete="SET NULL"))
    reverts: Mapped[str | None] = mapped_column(String(TOKEN_LENGTH))
    state: Mapped[str] = mapped_column(String(STATE_LENGTH))
    change_json: Mapped[dict[str, object]] = mapped_column(JSON)
    file: Mapped[str]
    diff: Mapped[str]
    preview_json: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    work_json: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    created_by: Mapped[str] = mapped_column(String(WHO_LENGTH))
    created_at: Mapped[datetime]


class ProposalEventRow(RecordRow):
    """What was done with a proposal, by whom and when; rows are only ever added."""

    __tablename__ = "proposal_event"
    __table_args__ = (Index(None, "proposal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey(ProposalRow.id, ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(STATE_LENGTH))
    who: Mapped[str] = mapped_column(String(WHO_LENGTH))
    note: Mapped[str | None] = mapped_column(String(NOTE_LENGTH))
    at: Mapped[datetime]
