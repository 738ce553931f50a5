"""Signing in and out, and setting a password by a one-time link."""

from __future__ import annotations

from secrets import compare_digest, token_urlsafe
from typing import Annotated, Final

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.desk import Desk, DeskDep
from assistant.channels.desk.guard import (
    CHECKED_FORM,
    COOKIE,
    FORM_COOKIE,
    Fields,
    VisitDep,
    form_of,
    set_cookie,
)
from assistant.channels.desk.passwords import PasswordRefused
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.route import desk_router
from assistant.channels.desk.totp import step_of
from assistant.records.audit import Act
from assistant.records.staff import Staff, UnknownStaff

router = desk_router()
_TOKEN: Final = 43
# One sentence for every cause: it tells nobody which names exist, or whether the password was right.
_WRONG: Final = "帳號、密碼或驗證碼不對。忘記密碼，或換了手機，請找管理者。"
_LINK_GONE: Final = "這個連結已經用過或過期了，請管理者再給您一個新的連結。"
_EXPIRED: Final = "這一頁放太久了，請再輸入一次。"


def guest_form(request: Request, fields: Annotated[Fields, Depends(form_of)]) -> Fields | None:
    """The form of somebody who is not signed in; None unless it has the token that their cookie has."""
    token, told = request.cookies.get(FORM_COOKIE, ""), fields.text("csrf")
    return fields if len(token) == _TOKEN and compare_digest(token.encode(), told.encode()) else None


GuestDep = Annotated[Fields | None, Depends(guest_form)]


@router.get("/sign-in")
def form(request: Request, desk: DeskDep, wanted: Annotated[str, Query(alias="next")] = "/desk") -> Response:
    """The form."""
    return _guest_page(request, desk, "sign_in.html", wanted=within(wanted))


@router.post("/sign-in")
def sign_in(request: Request, desk: DeskDep, fields: GuestDep) -> Response:
    """Sign in: a new session, whatever the browser brought along."""
    if fields is None:
        return _guest_page(request, desk, "sign_in.html", 403, fault=_EXPIRED)
    name, wanted = fields.text("name", 500), within(fields.text("next", 500))
    if minutes := desk.attempts.minutes_left(name, address_of(request)):
        return _guest_page(
            request, desk, "sign_in.html", 429, fault=too_often(minutes), name=name, wanted=wanted
        )
    staff = _checked(request, desk, name, fields)
    if staff is None:
        return _guest_page(request, desk, "sign_in.html", 401, fault=_WRONG, name=name, wanted=wanted)
    if old := request.cookies.get(COOKIE):
        desk.sessions.end(old)
    desk.audit.add(Act(staff.name, "signed_in"))
    response = RedirectResponse(wanted, 303)
    set_cookie(request, response, COOKIE, desk.sessions.begin(staff.id))
    response.delete_cookie(FORM_COOKIE, path="/desk")
    return response


@router.post("/sign-out", dependencies=CHECKED_FORM)
def sign_out(request: Request, visit: VisitDep) -> Response:
    """Sign out: the session ends on the server."""
    visit.desk.sessions.end(request.cookies[COOKIE])
    visit.desk.audit.add(visit.act("signed_out"))
    response = RedirectResponse("/desk/sign-in", 303)
    response.delete_cookie(COOKIE, path="/desk")
    return response


@router.get("/links/{token}")
def link(request: Request, desk: DeskDep, token: str) -> Response:
    """The page on which a one-time link sets a password; opening it does not use it up."""
    staff = _of_link(desk, token)
    return _guest_page(request, desk, "set_password.html", staff=staff, action=f"/desk/links/{token}")


@router.post("/links/{token}")
def use_link(request: Request, desk: DeskDep, token: str, fields: GuestDep) -> Response:
    """Set the password, once."""
    staff = _of_link(desk, token)
    action = f"/desk/links/{token}"
    if fields is None:
        return _guest_page(
            request, desk, "set_password.html", 403, staff=staff, action=action, fault=_EXPIRED
        )
    try:
        hashed = new_password(desk, fields, staff)
    except PasswordRefused as refused:
        fault = str(refused)
        return _guest_page(request, desk, "set_password.html", 422, staff=staff, action=action, fault=fault)
    try:
        desk.staff.use_link(token, hashed)
    except UnknownStaff as error:
        raise Refusal(404, _LINK_GONE) from error
    desk.audit.add(Act(staff.name, "password_set"))
    return RedirectResponse("/desk/sign-in?next=/desk", 303)


def within(path: str) -> str:
    """A path of the console to go on to; the inbox for anything that would lead elsewhere."""
    own = path == "/desk" or path.startswith(("/desk/", "/desk?"))
    return path if own and "\\" not in path and "//" not in path and path.isprintable() else "/desk"


def address_of(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else ""


def too_often(minutes: int) -> str:
    """What is said to those who have to wait."""
    return (
        f"從這裡試了太多次都不對，請在 {minutes} 分鐘後再試。別人從別的地方登入不受影響；忘記密碼請找管理者。"
    )


def has_code(desk: Desk, staff: Staff, code: str) -> bool:
    """Whether a code is the account's of now, and was not used; so for an account that needs none."""
    if staff.totp is None:
        return True
    step = step_of(staff.totp, code, desk.clock.now(), staff.totp_step)
    return step is not None and desk.staff.use_step(staff.id, step)


def _checked(request: Request, desk: Desk, name: str, fields: Fields) -> Staff | None:
    """The account, if name, password and code are right; the work is the same for names that nobody has."""
    staff, address = desk.staff.named(name), address_of(request)
    fits = desk.passwords.fits(staff.password if staff else None, fields.text("password", 500))
    if staff is not None and staff.active and fits and has_code(desk, staff, fields.text("code")):
        desk.attempts.succeeded(name, address)
        return staff
    desk.attempts.failed(name, address)
    if staff is not None and staff.active:
        waits = desk.attempts.minutes_left(name, address)
        desk.audit.add(Act(staff.name, "sign_in_locked" if waits else "sign_in_failed"))
    return None


def _of_link(desk: Desk, token: str) -> Staff:
    try:
        return desk.staff.of_link(token)
    except UnknownStaff as error:
        raise Refusal(404, _LINK_GONE) from error


def new_password(desk: Desk, fields: Fields, staff: Staff) -> str:
    """
    The hash of the password that a form holds twice.

    Raises:
        PasswordRefused: the two differ, or it cannot be taken.
    """
    password = fields.text("password", 500)
    if password != fields.text("again", 500):
        raise PasswordRefused("兩次輸入的密碼不一樣，請再輸入一次。")
    return desk.passwords.hash(password, staff.name, staff.shown)


def _guest_page(request: Request, desk: Desk, template: str, status: int = 200, **values: object) -> Response:
    """A page with a form for somebody who is not signed in, bound to their browser by a cookie."""
    kept = request.cookies.get(FORM_COOKIE, "")
    token = kept if len(kept) == _TOKEN else token_urlsafe(32)
    values = {"csrf": token, "fault": "", "name": "", "wanted": "/desk", **values}
    page = desk.pages.render(template, status, **values)
    set_cookie(request, page, FORM_COOKIE, token)
    return page
