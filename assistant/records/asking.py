"""What was asked in vain: askings, and the open items that they are grouped into."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.records.tables import TOKEN_LENGTH, RecordRow, TurnRow, word

STATE_LENGTH = 16
WHO_LENGTH = 64
NOTE_LENGTH = 2000


class Reason(StrEnum):
    """Why an asking counts: no clause, a doubtful answer, one found unhelpful, a draft that staff rewrote."""

    NO_CLAUSE = "no_clause"
    LOW_CONFIDENCE = "low_confidence"
    THUMBS_DOWN = "thumbs_down"
    EDITED = "edited"


class ItemState(StrEnum):
    """OPEN waits; PROPOSED has a proposal that waits; CLOSED is answered now; DISMISSED was set aside."""

    OPEN = "open"
    PROPOSED = "proposed"
    CLOSED = "closed"
    DISMISSED = "dismissed"


class OpenItemRow(RecordRow):
    """Askings that are alike; what was asked stands with the askings, so that it goes with them."""

    __tablename__ = "open_item"
    __table_args__ = (Index(None, "programme", "state"),)

    id: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True)
    programme: Mapped[str]
    state: Mapped[ItemState] = mapped_column(word(ItemState, STATE_LENGTH))
    note: Mapped[str | None] = mapped_column(String(NOTE_LENGTH))
    changed_by: Mapped[str | None] = mapped_column(String(WHO_LENGTH))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Asking(RecordRow):
    """
    One time that something was asked in vain, masked; `source` names the turn or draft, once.

    `vector` is the question's, 32-bit floats, little-endian, of the encoder `embedder`. An asking
    that came of a turn goes when the turn is forgotten.
    """

    __tablename__ = "asking"
    __table_args__ = (Index(None, "item_id"), Index(None, "turn_id"))

    source: Mapped[str] = mapped_column(String(TOKEN_LENGTH * 2), primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey(OpenItemRow.id, ondelete="CASCADE"))
    turn_id: Mapped[str | None] = mapped_column(ForeignKey(TurnRow.id, ondelete="CASCADE"))
    question: Mapped[str]
    reason: Mapped[Reason] = mapped_column(word(Reason, STATE_LENGTH))
    note: Mapped[str | None] = mapped_column(String(NOTE_LENGTH))
    embedder: Mapped[str]
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime]
