"""The accounts, for admins: new ones get a one-time link, never a password."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.guard import CHECKED_FORM, AdminDep, FormDep, RowId, Visit
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.route import desk_router
from assistant.records.staff import NameTaken, Role

router = desk_router()


@router.get("/staff")
def listed(visit: AdminDep) -> Response:
    """Every account."""
    return _page(visit)


@router.post("/staff")
def add(request: Request, visit: AdminDep, fields: FormDep) -> Response:
    """A new account, and the link with which its owner sets a password."""
    role = _role(fields.text("role"))
    try:
        staff = visit.desk.staff.add(fields.text("name"), fields.text("shown", 60), role)
    except NameTaken as taken:
        return _page(visit, 422, fault=str(taken))
    visit.desk.audit.add(visit.act("staff_added", {"staff": staff.name, "role": role.name.lower()}))
    return _with_link(request, visit, staff.id)


@router.post("/staff/{staff_id}/link", dependencies=CHECKED_FORM)
def new_link(request: Request, visit: AdminDep, staff_id: RowId) -> Response:
    """A new link, for who forgot their password."""
    return _with_link(request, visit, staff_id)


@router.post("/staff/{staff_id}/second-step", dependencies=CHECKED_FORM)
def end_second_step(visit: AdminDep, staff_id: RowId) -> Response:
    """No codes any more, for who lost their app."""
    staff = visit.desk.staff.set_totp(staff_id, None)
    visit.desk.audit.add(visit.act("second_step_off", {"staff": staff.name}))
    return RedirectResponse("/desk/staff", 303)


@router.post("/staff/{staff_id}")
def change(visit: AdminDep, fields: FormDep, staff_id: RowId) -> Response:
    """Another role, closed, or open again; who is signed in with the account is signed out."""
    role, active = _role(fields.text("role")), fields.text("active") == "1"
    try:
        staff = visit.desk.staff.change(staff_id, role=role, active=active)
    except ValueError as error:
        return _page(visit, 409, fault=str(error))
    facts = {"staff": staff.name, "role": role.name.lower(), "active": active}
    visit.desk.audit.add(visit.act("staff_changed", facts))
    return RedirectResponse("/desk/staff", 303)


def _with_link(request: Request, visit: Visit, staff_id: int) -> Response:
    desk = visit.desk
    staff = desk.staff.get(staff_id)
    path = f"/desk/links/{desk.staff.make_link(staff_id)}"
    desk.audit.add(visit.act("link_made", {"staff": staff.name}))
    return _page(visit, link=desk.options.site.address(request) + path, link_for=staff.name)


def _role(name: str) -> Role:
    try:
        return Role[name.upper()]
    except KeyError as error:
        raise Refusal(422, "請選擇一種角色。") from error


def _page(
    visit: Visit, status: int = 200, *, fault: str = "", link: str = "", link_for: str = ""
) -> Response:
    everyone = visit.desk.staff.all()
    return visit.page("staff.html", status, everyone=everyone, fault=fault, link=link, link_for=link_for)
