"""What an attacker would try, each with the answer that it gets."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from assistant.channels.desk import app as desk_app
from assistant.channels.desk.export import csv_of
from assistant.channels.desk.guard import COOKIE, FORM_COOKIE
from assistant.channels.desk.sending import file_name
from assistant.channels.desk.sign_in import within
from assistant.records.staff import ATTEMPTS, LOCKED_MINUTES, Role
from assistant.records.staff_sessions import IDLE, LONGEST
from tests.assistant.channels.desk.conftest import PASSWORD, Clerk, Rig, another

STORED = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}"


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


def test_signing_in_needs_a_form_of_this_browser(rig: Rig, http: TestClient) -> None:
    """A form to sign in that was made for another browser is not taken: nobody is signed in by a foreign site."""
    rig.add("amy")
    fields = {"csrf": "a" * 43, "name": "amy", "password": PASSWORD}

    assert http.post("/desk/sign-in", data=fields).status_code == 403
    http.cookies.set(FORM_COOKIE, "b" * 43, domain="testserver.local", path="/desk")
    assert http.post("/desk/sign-in", data=fields).status_code == 403
    assert COOKIE not in http.cookies


def test_a_session_is_never_the_one_that_was_brought_along(rig: Rig, http: TestClient) -> None:
    """Signing in makes a new session id: a planted one is worth nothing, before and after, and an old one ends."""
    rig.add("amy")
    http.cookies.set(COOKIE, "planted", domain="testserver.local", path="/desk")
    clerk = Clerk(http)
    clerk.sign_in("amy")
    first = http.cookies.get(COOKIE, path="/desk")
    assert first not in {None, "planted"}

    clerk.sign_in("amy")
    second = http.cookies.get(COOKIE, path="/desk")
    assert second != first
    assert rig.desk.sessions.find("planted") is None
    assert rig.desk.sessions.find(str(first)) is None
    assert rig.desk.sessions.find(str(second)) is not None


def test_signing_out_ends_the_session_on_the_server(rig: Rig, clerk: Clerk) -> None:
    """A stolen cookie is worth nothing after its owner signed out."""
    token = str(clerk.http.cookies.get(COOKIE, path="/desk"))
    clerk.post("/desk/sign-out")

    assert rig.desk.sessions.find(token) is None


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


def test_markup_in_a_mail_stays_text(rig: Rig, clerk: Clerk) -> None:
    """Markup in every field of a mail is shown as text wherever it turns up; no page allows inline script."""
    number = clerk.paste(f"A類要幾家？{STORED}", sender=STORED, subject=STORED, reference=STORED)
    pages = [f"/desk/inquiries/{number}", "/desk", "/desk/figures", f"/desk?q={STORED}&show=all"]
    _, text = clerk.read(number)
    assert STORED in text
    clerk.act(number, "approve")

    for path in [*pages, f"/desk/inquiries/{number}/reply.html"]:
        answer = clerk.http.get(path)
        assert "<script>alert" not in answer.text, path
        assert "<img src=x" not in answer.text, path
        assert "script-src 'self';" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
    assert "&lt;script&gt;" in clerk.http.get(f"/desk/inquiries/{number}").text
    conflict = clerk.act(number, "save", text=STORED)
    assert "<script>alert" not in conflict.text
    assert rig.desk.inquiries.get(number).sender.startswith("<script>")


@pytest.mark.parametrize(
    "reference",
    [
        "../../etc/passwd",
        "a/b\\c",
        'x"; filename="evil.exe',
        "行\r\nSet-Cookie: a=b",
        "..",
        "%2e%2e%2f",
        "C:\\x",
    ],
)
def test_export_names_hold_no_path(clerk: Clerk, reference: str) -> None:
    """A case number gets into a file's name as letters and digits only."""
    number = clerk.paste(reference=reference)
    clerk.act(number, "approve")

    answer = clerk.http.get(f"/desk/inquiries/{number}/reply.txt")

    assert re.fullmatch(
        rf'attachment; filename="reply-{number}(-[0-9A-Za-z_-]+)?\.txt"',
        answer.headers["content-disposition"],
    )
    assert "set-cookie" not in answer.headers
    assert re.fullmatch(r"[0-9A-Za-z_-]+", file_name(reference, number))


@pytest.mark.parametrize(
    "name", ["../desk.py", "..%2Fdesk.py", "%2e%2e/desk.py", "desk.css/../../desk.py", "nothing.js"]
)
def test_static_files_are_a_fixed_few(clerk: Clerk, name: str) -> None:
    """No path leads from the static files to any other."""
    assert clerk.http.get(f"/desk/static/{name}").status_code == 404


def test_steps_up_are_refused(rig: Rig, clerk: Clerk, admin: Clerk) -> None:
    """A drafter reads no audit trail, approves no second reading, changes no account and erases nothing."""
    number = clerk.paste()
    me = rig.desk.staff.named("amy")
    assert me is not None
    for path in ("/desk/audit", "/desk/audit/export.csv", "/desk/audit/export.json", "/desk/staff"):
        assert clerk.http.get(path).status_code == 403, path
    for path in (
        "/desk/audit/proof",
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


def test_a_changed_role_counts_at_once(rig: Rig, clerk: Clerk, admin: Clerk) -> None:
    """An account that is closed, or gets another role, is signed out everywhere."""
    me = rig.desk.staff.named("amy")
    assert me is not None

    assert admin.post(f"/desk/staff/{me.id}", {"role": "drafter"}).status_code == 303

    assert clerk.http.get("/desk", follow_redirects=False).status_code == 303
    assert clerk.sign_in("amy").status_code == 401


def test_the_last_admin_stays(rig: Rig, admin: Clerk) -> None:
    """Nobody can lock everybody out."""
    zoe = rig.desk.staff.named("zoe")
    assert zoe is not None
    for fields in ({"role": "drafter", "active": "1"}, {"role": "admin"}):
        answer = admin.post(f"/desk/staff/{zoe.id}", fields)
        assert answer.status_code == 409
        assert "至少要留一位" in answer.text


def test_brute_force_locks_the_account(rig: Rig, http: TestClient) -> None:
    """After a few wrong passwords even the right one is refused for a while, and the trail tells of it."""
    rig.add("amy")
    clerk = Clerk(http)
    for _ in range(ATTEMPTS):
        assert clerk.sign_in("amy", "wrong password").status_code == 401

    assert clerk.sign_in("amy").status_code == 401
    rig.clock.moment = rig.clock.moment.replace(minute=rig.clock.moment.minute + LOCKED_MINUTES)
    assert clerk.sign_in("amy").status_code == 303
    actions = [entry.action for entry in rig.desk.audit.entries()]
    assert actions.count("sign_in_locked") == 1
    assert actions.count("sign_in_failed") == ATTEMPTS - 1


def test_refusals_tell_nothing(rig: Rig, http: TestClient) -> None:
    """An unknown name, a wrong password, a locked and a closed account get the same words and the same work."""
    rig.add("amy")
    rig.add("ben")
    rig.add("zoe", Role.ADMIN)
    ben = rig.desk.staff.named("ben")
    assert ben is not None
    rig.desk.staff.change(ben.id, active=False)
    clerk = Clerk(http)
    told = [
        _without_names(clerk.sign_in(name, password).text)
        for name, password in (
            ("nobody", "x"),
            ("amy", "x"),
            ("ben", PASSWORD),
            ("ben", "x"),
            ("a" * 300, "x"),
        )
    ]
    for _ in range(ATTEMPTS):
        clerk.sign_in("amy", "wrong")
    told.append(_without_names(clerk.sign_in("amy").text))

    assert len(set(told)) == 1
    assert not rig.desk.passwords.fits(None, PASSWORD)


def test_there_is_no_default_password(rig: Rig, http: TestClient) -> None:
    """The first admin signs in with nothing but the link, which works once; common guesses do not."""
    path = rig.desk.first_admin(None)
    assert path is not None
    clerk = Clerk(http)
    for guess in ("", "admin", "password", "admin123", "changeme"):
        assert clerk.sign_in("admin", guess).status_code == 401
    token = re.findall(r'name="csrf" value="([^"]+)"', http.get(path).text)[0]
    short = {"csrf": token, "password": "short", "again": "short"}
    assert http.post(path, data=short).status_code == 422
    same = {"csrf": token, "password": PASSWORD, "again": PASSWORD}
    rig.clock.moment = rig.clock.moment.replace(hour=20)
    assert http.post(path, data=same, follow_redirects=False).status_code == 303
    assert http.post(path, data=same).status_code == 404
    assert http.get(path).status_code == 404
    assert clerk.sign_in("admin").status_code == 303
    assert rig.desk.first_admin(None) is None
    assert rig.desk.first_admin("another password") is None


def test_the_first_admin_by_setting(rig: Rig, http: TestClient) -> None:
    """With a password in the settings no link is made; with other accounts there is no admin out of nowhere."""
    assert rig.desk.first_admin(PASSWORD) is None
    assert Clerk(http).sign_in("admin").status_code == 303
    assert rig.desk.first_admin("quite another password") is None
    assert Clerk(http).sign_in("admin", "quite another password").status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example",
        "//evil.example",
        "/desk\\evil",
        "/desk//evil.example",
        "/deskevil",
        "javascript:x",
        "/desk\r\nx",
        "",
    ],
)
def test_signing_in_leads_nowhere_else(path: str) -> None:
    """After signing in the browser goes on within the console only."""
    assert within(path) == "/desk"
    assert within("/desk/inquiries/3") == "/desk/inquiries/3"


def test_secrets_are_not_stored(rig: Rig, clerk: Clerk) -> None:
    """Neither a session's token nor a link's nor a password stands in the database as it is used."""
    token = str(clerk.http.cookies.get(COOKIE, path="/desk"))
    amy = rig.desk.staff.named("amy")
    assert amy is not None
    link = rig.desk.staff.make_link(amy.id)
    with rig.desk.service.database.engine.connect() as connection:
        rows = [
            str(row)
            for table in ("staff", "staff_session", "staff_link")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]

    assert not any(secret in row for row in rows for secret in (token, link, PASSWORD))
    assert amy.password is not None
    assert amy.password.startswith("$argon2id$")


def test_formulas_do_not_reach_a_spreadsheet(rig: Rig, clerk: Clerk, admin: Clerk) -> None:
    """A CSV cell that would be a formula begins with an apostrophe."""
    clerk.paste()
    assert admin.http.get("/desk/audit/export.csv").status_code == 200
    cells = list(csv_of([("=1+1", "+1", "-1", "@x", "\t=1", "＝1", -5, 3, None, "ok")]))[1]

    assert cells == "'=1+1,'+1,'-1,'@x,'\t=1,'＝1,-5,3,,ok\r\n"
    assert rig.desk.audit.entries(limit=1)[0].action == "exported"


def _routes() -> list[APIRoute]:
    modules = [module for module in vars(desk_app).values() if hasattr(module, "router")]
    return [route for module in modules for route in module.router.routes if isinstance(route, APIRoute)]


def _guests(path: str) -> bool:
    return path.endswith("/sign-in") or "/links/" in path


def _without_names(page: str) -> str:
    return re.sub(r'value="[^"]*"| autofocus', "", page)
