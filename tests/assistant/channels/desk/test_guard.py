"""Who asks, and with which form: what forged forms, foreign sites and too low a role are refused."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from assistant.channels.desk import app as desk_app
from assistant.channels.desk.guard import COOKIE
from assistant.records.staff import Role
from assistant.records.staff_sessions import IDLE, LONGEST
from tests.assistant.channels.desk.conftest import Clerk, Rig, another


def test_every_post_needs_the_sessions_token(rig: Rig, clerk: Clerk) -> None:
    """Each route that changes something refuses a form without the token, and with another session's."""
    other = another(rig, "ben")
    number = clerk.paste()
    paths = [
        re.sub(r"{\w+}", "1", route.path.replace("{inquiry_id}", str(number)))
        for route in _routes()
        if "POST" in (route.methods or ()) and route.path.startswith("/desk/") and not _guests(route.path)
    ]
    assert len(paths) > 20

    for path in paths:
        for token in ("", "x", other.csrf):
            answer = clerk.http.post(
                path, data={"csrf": token, "version": "1", "text": "x"}, follow_redirects=False
            )
            assert answer.status_code == 403, path
    assert rig.desk.inquiries.get(number).version == 1


def test_other_sites_are_refused(clerk: Clerk) -> None:
    """A form that the browser says comes from another site is refused even with the right token."""
    for site in ("cross-site", "same-site"):
        answer = clerk.http.post(
            "/desk/inquiries",
            data={"csrf": clerk.csrf, "mail": "A類要幾家？"},
            headers={"sec-fetch-site": site},
        )
        assert answer.status_code == 403


def test_sessions_end_by_themselves(rig: Rig, clerk: Clerk) -> None:
    """Idle for too long, or too old however busy, a session ends."""
    token = str(clerk.http.cookies.get(COOKIE, path="/desk"))
    began = rig.clock.moment
    rig.clock.moment = began + IDLE * 0.9
    assert rig.desk.sessions.find(token) is not None
    rig.clock.moment = began + IDLE * 1.8
    assert rig.desk.sessions.find(token) is not None
    rig.clock.moment = began + IDLE * 2.9
    assert rig.desk.sessions.find(token) is None
    rig.clock.moment = began + LONGEST * 1.01
    assert rig.desk.sessions.find(token) is None


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_cookies_are_the_consoles_alone(rig: Rig, scheme: str, secure: bool) -> None:
    """No script reads a cookie, no other site's form sends it; over HTTPS it never goes over HTTP."""
    rig.add("amy")
    with TestClient(rig.app, base_url=f"{scheme}://testserver") as http:
        answer = Clerk(http).sign_in("amy")

    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/desk" in cookie
    assert ("Secure" in cookie) is secure


def test_steps_up_are_refused(rig: Rig, clerk: Clerk, admin: Clerk) -> None:
    """A drafter reads no audit trail, approves no second reading, changes no account and erases nothing."""
    number = clerk.paste()
    me = rig.desk.staff.named("amy")
    assert me is not None
    for path in ("/desk/audit", "/desk/staff"):
        assert clerk.http.get(path).status_code == 403, path
    for path in (
        "/desk/audit/proof",
        "/desk/audit/export.csv",
        "/desk/audit/export.json",
        "/desk/staff",
        f"/desk/staff/{me.id}",
        f"/desk/staff/{me.id}/link",
        f"/desk/inquiries/{number}/erase",
        f"/desk/inquiries/{number}/return",
    ):
        fields = {
            "role": "admin",
            "active": "1",
            "sure": "1",
            "version": "1",
            "note": "x",
            "name": "evil",
            "shown": "x",
        }
        assert clerk.post(path, fields).status_code == 403, path
    assert rig.desk.staff.get(me.id).role is Role.DRAFTER

    fay = another(rig, "fay", Role.APPROVER)
    assert fay.http.get("/desk/audit").status_code == 200
    assert fay.http.get("/desk/staff").status_code == 403
    assert admin.http.get("/desk/staff").status_code == 200


def _routes() -> list[APIRoute]:
    modules = [module for module in vars(desk_app).values() if hasattr(module, "router")]
    return [route for module in modules for route in module.router.routes if isinstance(route, APIRoute)]


def _guests(path: str) -> bool:
    return path.endswith("/sign-in") or "/links/" in path
