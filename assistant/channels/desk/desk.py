"""What the console's pages work with, put together by wiring and reached through the request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import Request

from assistant.channels.desk.attempts import SignInAttempts
from assistant.channels.desk.passwords import Passwords
from assistant.channels.desk.rendering import new_pages
from assistant.channels.pages import Pages
from assistant.channels.service import Service
from assistant.channels.site import Site
from assistant.ports import Clock
from assistant.records.audit import SYSTEM, Act, AuditTrail
from assistant.records.canned import CannedTexts
from assistant.records.figures import DeskFigures
from assistant.records.inquiries import Inquiries
from assistant.records.staff import NameTaken, Role, StaffBook
from assistant.records.staff_sessions import StaffSessions


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """
    What the settings say of the console.

    `second_reader` are topics whose replies a second person approves; `api_token`
    opens POST /api/desk/inquiries, None closes it; `site` is what links begin with.
    """

    second_reader: tuple[str, ...] = ()
    api_token: str | None = field(default=None, repr=False)
    site: Site = field(default_factory=Site)


@dataclass(frozen=True, slots=True)
class Desk:
    """The stores of the console, the service that answers, and the pages."""

    service: Service
    clock: Clock
    options: DeskOptions
    passwords: Passwords
    attempts: SignInAttempts
    staff: StaffBook
    sessions: StaffSessions
    audit: AuditTrail
    inquiries: Inquiries
    canned: CannedTexts
    figures: DeskFigures
    pages: Pages

    @classmethod
    def over(
        cls, service: Service, clock: Clock, options: DeskOptions, passwords: Passwords | None = None
    ) -> Desk:
        """The console over an opened service and its database."""
        database = service.database
        audit = AuditTrail(database, clock)
        return cls(
            service=service,
            clock=clock,
            options=options,
            passwords=passwords or Passwords(),
            attempts=SignInAttempts(clock),
            staff=StaffBook(database, clock),
            sessions=StaffSessions(database, clock),
            audit=audit,
            inquiries=Inquiries(database, clock, audit),
            canned=CannedTexts(database, clock, audit),
            figures=DeskFigures(database, clock),
            pages=new_pages(clock),
        )

    def first_admin(self, password: str | None) -> str | None:
        """
        Make sure that somebody can sign in; there is no default password.

        Without any account, "admin" is made: with `password`, or else with a one-time
        link, whose path is returned. While it has no password, a later call does the same.
        """
        admin = self.staff.named("admin")
        if admin is None:
            if self.staff.count():
                return None
            try:
                admin = self.staff.add("admin", "管理者", Role.ADMIN)
            except NameTaken:
                return None  # another process started at the same time, and printed its link
            self.audit.add(Act(SYSTEM, "staff_added", None, {"staff": admin.name, "role": "admin"}))
        if admin.password is not None or not admin.active:
            return None
        if password is not None:
            self.staff.set_password(admin.id, self.passwords.hash(password, admin.name))
            return None
        return f"/desk/links/{self.staff.make_link(admin.id)}"

    def programme(self, named: str | None) -> str:
        """The programme of that name; the default one if there is none."""
        if named is None or named not in self.service.assistants:
            return self.service.default_programme
        return named


def desk_of(request: Request) -> Desk:
    """The console of this app."""
    return cast("Desk", request.app.state.desk)


DeskDep = Annotated[Desk, Depends(desk_of)]
