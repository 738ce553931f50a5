"""The accounts, for admins: new ones get a one-time link, never a password."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.desk import Desk, DeskDep
from assistant.channels.desk.guard import AdminDep, FormDep
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.route import desk_router
from assistant.records.audit import Act
from assistant.records.staff import NameTaken, Role
from assistant.records.staff_sessions import SignedIn

router = desk_router()


@router.get("/staff")
def listed(desk: DeskDep, signed: AdminDep) -> Response:
    """Every account."""
    return _page(desk, signed)


@router.post("/staff")
def add(request: Request, desk: DeskDep, signed: AdminDep, fields: FormDep) -> Response:
    """A new account, and the link with which its owner sets a password."""
    role = _role(fields.text("role"))
    try:
        staff = desk.staff.add(fields.text("name"), fields.text("shown", 60), role)
    except NameTaken as taken:
        return _page(desk, signed, fault=str(taken), status=422)
    facts = {"staff": staff.name, "role": role.name.lower()}
    desk.audit.add(Act(signed.staff.name, "staff_added", None, facts))
    return _with_link(request, desk, signed, staff.id)


@router.post("/staff/{staff_id}/link")
def new_link(request: Request, desk: DeskDep, signed: AdminDep, fields: FormDep, staff_id: int) -> Response:
    """A new link, for who forgot their password."""
    del fields  # checked
    return _with_link(request, desk, signed, staff_id)


@router.post("/staff/{staff_id}")
def change(desk: DeskDep, signed: AdminDep, fields: FormDep, staff_id: int) -> Response:
    """Another role, closed, or open again; who is signed in with the account is signed out."""
    role, active = _role(fields.text("role")), fields.text("active") == "1"
    try:
        staff = desk.staff.change(staff_id, role=role, active=active)
    except ValueError as error:
        return _page(desk, signed, fault=str(error), status=409)
    facts = {"staff": staff.name, "role": role.name.lower(), "active": active}
    desk.audit.add(Act(signed.staff.name, "staff_changed", None, facts))
    return RedirectResponse("/desk/staff", 303)


def _with_link(request: Request, desk: Desk, signed: SignedIn, staff_id: int) -> Response:
    staff = desk.staff.get(staff_id)
    path = f"/desk/links/{desk.staff.make_link(staff_id)}"
    desk.audit.add(Act(signed.staff.name, "link_made", None, {"staff": staff.name}))
    return _page(desk, signed, link=str(request.url.replace(path=path, query="")), link_for=staff.name)


def _role(name: str) -> Role:
    try:
        return Role[name.upper()]
    except KeyError as error:
        raise Refusal(422, "請選擇一種角色。") from error


def _page(
    desk: Desk, signed: SignedIn, *, fault: str = "", link: str = "", link_for: str = "", status: int = 200
) -> Response:
    page = desk.sheets.render(
        "staff.html",
        signed=signed,
        here="staff",
        everyone=desk.staff.all(),
        now=desk.clock.now(),
        fault=fault,
        link=link,
        link_for=link_for,
    )
    page.status_code = status
    return page
