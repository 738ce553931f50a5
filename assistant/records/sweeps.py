"""When records were last swept, and whether the clock can be believed: what is deleted by a wrong one is gone for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.records.database import Database
from assistant.records.inquiry import Inquiry
from assistant.records.tables import ConversationRow, RecordRow

FAR: Final = timedelta(days=7)
DOUBT: Final = timedelta(days=1)


class SweepRow(RecordRow):
    """One row: the last sweep, and since when the clock has been too far from it; None while it is believed."""

    __tablename__ = "sweep"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    swept_at: Mapped[datetime | None]
    doubted_since: Mapped[datetime | None]


class Sweeps:
    """The store of that row; any number of processes may ask at once. RecordsUnavailable if the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def may_begin(self, now: datetime) -> bool:
        """
        Whether records may be deleted by this clock; if so, that they were is noted.

        Not if it is more than a week past the last sweep, or before the first one past the newest
        record: the machine was off, or its clock is wrong. After a day of such a clock it is believed.
        """
        with self._database.writing() as session:
            insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
            session.execute(insert(SweepRow).values(id=1).on_conflict_do_nothing())
            row = session.get_one(SweepRow, 1, with_for_update=True)
            known = row.swept_at or _newest(session)
            if known is not None and now - known > FAR:
                since = row.doubted_since
                if since is None or not timedelta() <= now - since <= FAR:
                    row.doubted_since = since = now
                if now - since < DOUBT:
                    return False
            row.doubted_since = None
            # A clock that was set back deletes less, and is no reason to forget what was known.
            row.swept_at = now if known is None else max(now, known)
            return True


def _newest(session: Session) -> datetime | None:
    moments = (session.scalar(select(func.max(table.updated_at))) for table in (ConversationRow, Inquiry))
    return max((moment for moment in moments if moment is not None), default=None)
