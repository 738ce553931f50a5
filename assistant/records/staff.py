"""Staff accounts: who may sign in, by what, and with what role."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from enum import IntEnum
from secrets import token_urlsafe
from typing import Final

from sqlalchemy import Enum, String, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from assistant.ports import Clock
from assistant.records.database import Database
from assistant.records.desk_tables import StaffLinkRow, StaffSessionRow
from assistant.records.stored_text import encodable
from assistant.records.tables import WORD_LENGTH, RecordRow

NAME_LENGTH: Final = 60
LINK_HOURS: Final = 24
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


class Role(IntEnum):
    """What one may do; each may do what those before it may."""

    DRAFTER = 1
    APPROVER = 2
    ADMIN = 3


class UnknownStaff(LookupError):  # noqa: N818 - the name is the fact
    """There is no such account, or its link was used or has expired."""


class NameTaken(ValueError):  # noqa: N818 - the name is the fact
    """Another account has that name, or it cannot be a name."""


class Staff(RecordRow):
    """
    An account; `name` signs in, `shown` stands below replies.

    `password` is argon2's hash; without one the account waits for its one-time link. `totp` is the
    secret of an authenticator app, in base 32, where one is used, `totp_step` the last of whose codes was.
    """

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    shown: Mapped[str] = mapped_column(String(NAME_LENGTH))
    role: Mapped[Role] = mapped_column(
        Enum(
            Role,
            native_enum=False,
            length=WORD_LENGTH,
            values_callable=lambda roles: [role.name.lower() for role in roles],
        )
    )
    password: Mapped[str | None]
    active: Mapped[bool]
    totp: Mapped[str | None] = mapped_column(String(WORD_LENGTH * 2))
    totp_step: Mapped[int]
    created_at: Mapped[datetime]


class StaffBook:
    """The store of staff accounts; safe to share between threads."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def add(self, name: str, shown: str, role: Role, password: str | None = None) -> Staff:
        """
        A new account.

        Raises:
            NameTaken: the name is another's, or not 2 to 40 of a-z, 0-9, ".", "_", "-"; the message is for people.
        """
        name, shown = name.strip().lower(), encodable(shown).strip()[:NAME_LENGTH]
        if not _NAME.fullmatch(name):
            raise NameTaken("帳號要用 2 到 40 個小寫英文字母、數字、點、底線或連字號。")
        row = Staff(
            name=name,
            shown=shown or name,
            role=role,
            password=password,
            active=True,
            totp=None,
            totp_step=0,
            created_at=self._clock.now(),
        )
        try:
            with self._database.writing() as session:
                session.add(row)
        except IntegrityError as error:
            raise NameTaken(f"帳號 {name} 已經有人使用，請換一個。") from error
        return row

    def named(self, name: str) -> Staff | None:
        """The account that signs in with that name."""
        with self._database.reading() as session:
            return session.scalar(select(Staff).where(Staff.name == name.strip().lower()[:NAME_LENGTH]))

    def get(self, staff_id: int) -> Staff:
        """
        An account by id.

        Raises:
            UnknownStaff: there is none.
        """
        with self._database.reading() as session:
            row = session.get(Staff, staff_id)
            if row is None:
                raise UnknownStaff(staff_id)
            return row

    def all(self) -> list[Staff]:
        """Every account, by name."""
        with self._database.reading() as session:
            return list(session.scalars(select(Staff).order_by(Staff.name)))

    def count(self) -> int:
        """How many accounts there are."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(Staff)) or 0

    def set_totp(self, staff_id: int, secret: str | None, step: int = 0) -> Staff:
        """
        Ask for codes of an authenticator app from now on, the one of `step` used already; None: no more.

        Raises:
            UnknownStaff: there is no such account.
        """
        with self._database.writing() as session:
            row = session.get(Staff, staff_id, with_for_update=True)
            if row is None:
                raise UnknownStaff(staff_id)
            row.totp, row.totp_step = secret, step
            return row

    def use_step(self, staff_id: int, step: int) -> bool:
        """Take a code by its step, once, and none that is older; False if it was taken already."""
        with self._database.writing() as session:
            later = update(Staff).where(Staff.id == staff_id, Staff.totp_step < step).values(totp_step=step)
            return session.scalar(later.returning(Staff.id)) is not None

    def change(self, staff_id: int, *, role: Role | None = None, active: bool | None = None) -> Staff:
        """
        Change role or activity; every session of the account ends.

        Raises:
            UnknownStaff: there is no such account.
            ValueError: no active admin would be left; the message is for people.
        """
        with self._database.writing() as session:
            # All of them are locked: two admins who dismiss each other at once must not both succeed.
            rows = {
                row.id: row for row in session.scalars(select(Staff).order_by(Staff.id).with_for_update())
            }
            if staff_id not in rows:
                raise UnknownStaff(staff_id)
            row = rows[staff_id]
            row.role = row.role if role is None else role
            row.active = row.active if active is None else active
            if not any(other.active and other.role is Role.ADMIN for other in rows.values()):
                raise ValueError("至少要留一位可以登入的管理者。")
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.staff_id == staff_id))
            return row

    def set_password(self, staff_id: int, password: str) -> None:
        """Set argon2's hash of a password; links and sessions of the account end."""
        with self._database.writing() as session:
            row = session.get(Staff, staff_id, with_for_update=True)
            if row is None:
                raise UnknownStaff(staff_id)
            row.password = password
            session.execute(delete(StaffLinkRow).where(StaffLinkRow.staff_id == staff_id))
            session.execute(delete(StaffSessionRow).where(StaffSessionRow.staff_id == staff_id))

    def make_link(self, staff_id: int) -> str:
        """A token with which a password can be set once, within LINK_HOURS; earlier ones end."""
        token = token_urlsafe(32)
        with self._database.writing() as session:
            session.execute(delete(StaffLinkRow).where(StaffLinkRow.staff_id == staff_id))
            expires = self._clock.now() + timedelta(hours=LINK_HOURS)
            session.add(StaffLinkRow(staff_id=staff_id, token=digest(token), expires_at=expires))
        return token

    def of_link(self, token: str) -> Staff:
        """
        The account of a token.

        Raises:
            UnknownStaff: the token was used, has expired or never was, or the account was closed.
        """
        with self._database.reading() as session:
            link = session.scalar(select(StaffLinkRow).where(StaffLinkRow.token == digest(token)))
            row = None if link is None else session.get(Staff, link.staff_id)
            if link is None or row is None or not row.active or link.expires_at <= self._clock.now():
                raise UnknownStaff("link")
            return row

    def use_link(self, token: str, password: str) -> Staff:
        """
        Set a password by a token, once.

        Raises:
            UnknownStaff: see of_link.
        """
        staff = self.of_link(token)
        with self._database.writing() as session:
            used = session.execute(
                delete(StaffLinkRow)
                .where(StaffLinkRow.token == digest(token))
                .returning(StaffLinkRow.staff_id)
            )
            if used.first() is None:
                raise UnknownStaff("link")
        self.set_password(staff.id, password)
        return staff


def digest(token: str) -> str:
    """What is stored of a token: who reads the database cannot use it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
