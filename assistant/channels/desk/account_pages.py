"""One's own account: another password, and the second step of signing in, turned on and off by its owner."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.guard import Fields, FormDep, Visit, VisitDep
from assistant.channels.desk.passwords import PasswordRefused
from assistant.channels.desk.refusal import Shown
from assistant.channels.desk.route import desk_router
from assistant.channels.desk.sign_in import address_of, has_code, new_password, too_often
from assistant.channels.desk.totp import app_address, is_secret, new_secret, step_of

router = desk_router()


@router.get("/account")
def account(visit: VisitDep) -> Response:
    """One's own account."""
    return _page(visit)


@router.post("/account")
def change_password(request: Request, visit: VisitDep, fields: FormDep) -> Response:
    """A new password; every session of the account ends, this one too."""
    desk = visit.desk
    _check_password(request, visit, fields)
    try:
        hashed = new_password(desk, fields, visit.staff)
    except PasswordRefused as refused:
        return _page(visit, 422, str(refused))
    desk.staff.set_password(visit.staff.id, hashed)
    desk.audit.add(visit.act("password_set"))
    return RedirectResponse("/desk/sign-in", 303)


@router.post("/account/second-step")
def second_step(request: Request, visit: VisitDep, fields: FormDep) -> Response:
    """Turn the second step on, with a code that shows that the app has the secret; or off, with a code of now."""
    desk, staff = visit.desk, visit.staff
    secret, code = fields.text("secret"), fields.text("code")
    _check_password(request, visit, fields)
    if staff.totp is not None:
        if not has_code(desk, staff, code):
            return _failed(request, visit, "驗證碼不對，所以沒有關閉。")
        desk.staff.set_totp(staff.id, None)
        desk.audit.add(visit.act("second_step_off", {"staff": staff.name}))
        return RedirectResponse("/desk/account", 303)
    step = step_of(secret, code, desk.clock.now(), 0) if is_secret(secret) else None
    if step is None:
        return _failed(
            request,
            visit,
            "驗證碼不對，所以沒有開啟。請確認手機的時間，再輸入 App 現在顯示的六個數字。",
            secret,
        )
    desk.staff.set_totp(staff.id, secret, step)
    desk.audit.add(visit.act("second_step_on", {"staff": staff.name}))
    return RedirectResponse("/desk/account", 303)


def _check_password(request: Request, visit: Visit, fields: Fields) -> None:
    """
    Who has but the open browser changes nothing of the account.

    Raises:
        Shown: the password is wrong, or was too often.
    """
    name, address = visit.staff.name, address_of(request)
    if minutes := visit.desk.attempts.minutes_left(name, address):
        raise Shown(_page(visit, 429, too_often(minutes)))
    if not visit.desk.passwords.fits(visit.staff.password, fields.text("old", 500)):
        raise Shown(_failed(request, visit, "目前的密碼不對，所以沒有變更。", fields.text("secret")))


def _failed(request: Request, visit: Visit, fault: str, secret: str = "") -> Response:
    visit.desk.attempts.failed(visit.staff.name, address_of(request))
    return _page(visit, 422, fault, secret)


def _page(visit: Visit, status: int = 200, fault: str = "", secret: str = "") -> Response:
    """The page; after a refusal with the secret that the app may have by now."""
    secret = secret if is_secret(secret) else new_secret()
    desk = visit.desk
    issuer = desk.service.assistant(None).guideline.source.title
    return visit.page(
        "account.html", status, fault=fault, secret=secret, app=app_address(secret, visit.staff.name, issuer)
    )
