"""Feedback of people on answers: one per answer, the last one counts."""

from __future__ import annotations

from sqlalchemy import select

from assistant.ports import Clock
from assistant.records.database import Database
from assistant.records.stored_text import is_token, stored_text
from assistant.records.tables import COMMENT_LENGTH, REASON_LENGTH, FeedbackRow, TurnRow


class UnknownAnswer(LookupError):  # noqa: N818 - the name is the fact
    """There is no answer with that id: never given, forgotten, or expired."""


class FeedbackBook:
    """
    The store of feedback; safe to share between threads.

    Every method raises RecordsUnavailable if the database fails. Moments come
    from `clock`.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, answer_id: str, helpful: bool, reason: str | None, comment: str | None) -> None:
        """
        Keep what a person said of an answer, in place of what was said before.

        `reason` has at most 200 characters, `comment` 2,000. Personal data in
        both are masked.

        Raises:
            UnknownAnswer: no stored turn has that answer.
            ValueError: `reason` or `comment` is too long.
        """
        said = {
            "helpful": helpful,
            "reason": _short("reason", reason, REASON_LENGTH),
            "comment": _short("comment", comment, COMMENT_LENGTH),
            "created_at": self._clock.now(),
        }
        if not is_token(answer_id):
            raise UnknownAnswer(answer_id)
        with self._database.writing() as session:
            # The turn is locked, so that two clicks at once leave one feedback, not an error.
            if session.get(TurnRow, answer_id, with_for_update=True) is None:
                raise UnknownAnswer(answer_id)
            row = session.scalar(select(FeedbackRow).where(FeedbackRow.turn_id == answer_id))
            if row is None:
                session.add(FeedbackRow(turn_id=answer_id, **said))
            else:
                for name, value in said.items():
                    setattr(row, name, value)


def _short(name: str, text: str | None, limit: int) -> str | None:
    if text is None:
        return None
    if len(text) > limit:
        raise ValueError(f"{name} has {len(text)} characters; at most {limit} are kept")
    # A label can be longer than what it masks: cut again rather than refuse.
    return stored_text(text)[:limit]
