"""Signed-in browsers, kept on the server: a cookie's token in, the account and its CSRF token out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from typing import Final

from sqlalchemy import delete, select

from assistant.ports import Clock
from assistant.records.database import Database
from assistant.records.desk_tables import StaffSessionRow
from assistant.records.staff import Staff, digest

IDLE: Final = timedelta(hours=2)
LONGEST: Final = timedelta(hours=12)
# The last use is written down this seldom: every request would else be a write.
_NOTED: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, and the token that each of their forms has to hold."""

    staff: Staff
    csrf: str


class StaffSessions:
    """The store of sessions; safe to share between threads."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def begin(self, staff_id: int) -> str:
        """A new session; returns its token, which is stored nowhere. Old ones are cleared away."""
        token, now = token_urlsafe(32), self._clock.now()
        with self._database.writing() as session:
            session.execute(
                delete(StaffSessionRow).where(
                    (StaffSessionRow.used_at < now - IDLE) | (StaffSessionRow.created_at < now - LONGEST)
                )
            )
            row = StaffSessionRow(
                token=digest(token), staff_id=staff_id, csrf=token_urlsafe(32), created_at=now, used_at=now
            )
            session.add(row)
        return token

    def find(self, token: str) -> SignedIn | None:
        """Whose token this is; None if it is nobody's, was idle for IDLE, or is older than LONGEST."""
        now = self._clock.now()
        query = (
            select(StaffSessionRow, Staff)
            .join(Staff, Staff.id == StaffSessionRow.staff_id)
            .where(StaffSessionRow.token == digest(token), Staff.active)
        )
        with self._database.reading() as session:
            found = session.execute(query).first()
        if found is None:
            return None
        row, staff = found
        if row.used_at < now - IDLE or row.created_at < now - LONGEST:
            return None
        if row.used_at < now - _NOTED:
            with self._database.writing() as session:
                noted = session.get(StaffSessionRow, row.token, with_for_update=True)
                if noted is not None:
                    noted.used_at = now
        return SignedIn(staff, row.csrf)

    def end(self, token: str) -> None:
        """Sign out; nothing happens if the session has ended already."""
        with self._database.writing() as session:
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.token == digest(token)))
