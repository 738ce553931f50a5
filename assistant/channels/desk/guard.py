"""Who asks, and whether the form is one that this console gave them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import compare_digest
from typing import Annotated, Final

from fastapi import Depends, Path
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.channels.desk.desk import Desk, DeskDep
from assistant.channels.desk.refusal import Refusal, SignInNeeded
from assistant.privacy import visible
from assistant.records.audit import Act
from assistant.records.staff import Role, Staff
from assistant.records.staff_sessions import SignedIn

COOKIE: Final = "desk_session"
FORM_COOKIE: Final = "desk_form"
_FORGED: Final = "這份表單已經過期，或不是從本站送出的，所以沒有處理。請回上一頁重新整理後再送一次。"
# The number of a row in an address; no database counts further.
RowId = Annotated[int, Path(ge=1, le=2**31 - 1)]
_OWN_SITE: Final = frozenset({"same-origin", "none"})


class Fields:
    """What a form holds; a field that is missing, or is a file, is empty."""

    def __init__(self, form: FormData) -> None:
        self._form = form

    def text(self, name: str, longest: int = 200) -> str:
        """
        What people see of a field: blanks at its ends taken off, line ends those of Unix.

        Raises:
            Refusal: 422, it has more than `longest` characters.
        """
        value = self._form.get(name)
        text = value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else ""
        text = visible(text).strip()
        if len(text) > longest:
            raise Refusal(422, f"內容有 {len(text):,} 個字，最多 {longest:,} 個字，請縮短後再送出。")
        return text

    def whole(self, name: str) -> int:
        """
        A field that is a whole number.

        Raises:
            Refusal: 422, it is none.
        """
        text = self.text(name, 12)
        if not (text.isascii() and text.isdigit()):
            raise Refusal(422, "表單的內容不完整，請回上一頁重新整理後再送一次。")
        return int(text)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who is signed in: what they see is made for them, what they do noted in their name."""

    desk: Desk
    signed: SignedIn

    @property
    def staff(self) -> Staff:
        """Who it is."""
        return self.signed.staff

    def page(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """A page of the console."""
        return self.desk.pages.render(template, status, signed=self.signed, **values)

    def act(
        self, action: str, facts: Mapping[str, object] | None = None, texts: Mapping[str, str] | None = None
    ) -> Act:
        """What they do, to be kept in the audit trail."""
        return Act(self.staff.name, action, None, facts or {}, texts or {})


def set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """Set a cookie that only this console gets: no script reads it, no other site sends it along."""
    response.set_cookie(
        name, value, path="/desk", httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )


async def form_of(request: Request) -> Fields:
    """
    The form of a POST, which has to come from this site.

    Raises:
        Refusal: 400 it cannot be read, 403 a browser says that another site sent it.
    """
    if request.headers.get("sec-fetch-site", "none") not in _OWN_SITE:
        raise Refusal(403, _FORGED)
    try:
        return Fields(await request.form(max_files=0, max_fields=60))
    except (ValueError, AssertionError) as error:
        raise Refusal(400, "送來的內容讀不出來，請重新整理後再送一次。") from error


def visit_of(request: Request, desk: DeskDep) -> Visit:
    """
    The visit of who is signed in.

    Raises:
        SignInNeeded: nobody is.
    """
    found = desk.sessions.find(request.cookies.get(COOKIE, ""))
    if found is None:
        raise SignInNeeded
    return Visit(desk, found)


VisitDep = Annotated[Visit, Depends(visit_of)]


def own_form(visit: VisitDep, fields: Annotated[Fields, Depends(form_of)]) -> Fields:
    """
    The form of somebody who is signed in, with their session's token in it.

    Raises:
        Refusal: 403, the token is another.
    """
    if not compare_digest(fields.text("csrf").encode(), visit.signed.csrf.encode()):
        raise Refusal(403, _FORGED)
    return fields


FormDep = Annotated[Fields, Depends(own_form)]
# For routes that need no more of the form, or of who asks, than that it was checked.
CHECKED_FORM: Final = [Depends(own_form)]
CHECKED_VISIT: Final = [Depends(visit_of)]


def at_least(role: Role) -> Callable[[Visit], Visit]:
    """A dependency: the visit, if the role is at least this one; else a Refusal with 403."""

    def allowed(visit: VisitDep) -> Visit:
        if visit.staff.role < role:
            raise Refusal(403, "您的帳號沒有這項權限。需要時請洽管理者。")
        return visit

    return allowed


ApproverDep = Annotated[Visit, Depends(at_least(Role.APPROVER))]
AdminDep = Annotated[Visit, Depends(at_least(Role.ADMIN))]
