"""The records' tables: conversation, turn, feedback. Migrations must produce exactly these."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

REASON_LENGTH = 200
COMMENT_LENGTH = 2000
TOKEN_LENGTH = 64
WORD_LENGTH = 20


class Moment(TypeDecorator[datetime]):
    """
    A moment with a time zone, stored and returned in UTC.

    SQLite keeps no time zone, so UTC is what its column means; a moment without
    a zone is refused (ValueError), for its meaning would be a guess.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """A moment in any zone to UTC, without its zone where the database keeps none."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"a moment needs a time zone: {value.isoformat()}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What the database returned, as a moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def word(kind: type[StrEnum], length: int = WORD_LENGTH) -> Enum:
    """The type of a column that holds one of some words."""
    return Enum(kind, native_enum=False, length=length, values_callable=list)


class RecordRow(DeclarativeBase):
    """What the tables share: constraint names, which migrations need, and Python's types."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, str: Text}  # noqa: RUF012 - SQLAlchemy's own form


class ConversationRow(RecordRow):
    """A conversation; its id is the session id that the client holds."""

    __tablename__ = "conversation"
    __table_args__ = (Index(None, "updated_at"),)  # retention looks for the oldest

    id: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True)
    programme: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class TurnRow(RecordRow):
    """
    A question and its answer; `position` counts from 1 within a conversation.

    `answer_json` is JSON, not JSONB: JSONB would reorder the keys, and the
    answer that is read must be the answer that was given.
    """

    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("conversation_id", "position"),)

    id: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey(ConversationRow.id, ondelete="CASCADE"))
    position: Mapped[int]
    question: Mapped[str]
    understood: Mapped[str]
    outcome: Mapped[str]
    answer_json: Mapped[dict[str, object]] = mapped_column(JSON)
    corpus_hash: Mapped[str]
    created_at: Mapped[datetime]


class FeedbackRow(RecordRow):
    """What a person said of an answer, once per answer."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[str] = mapped_column(ForeignKey(TurnRow.id, ondelete="CASCADE"), unique=True)
    helpful: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(REASON_LENGTH))
    comment: Mapped[str | None] = mapped_column(String(COMMENT_LENGTH))
    created_at: Mapped[datetime]
