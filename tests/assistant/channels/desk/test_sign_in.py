"""Attacks on signing in: planted sessions, guessed passwords, stolen cookies, links that lead elsewhere."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from assistant.channels.desk.attempts import FAILURES, WAIT
from assistant.channels.desk.guard import COOKIE, FORM_COOKIE
from assistant.channels.desk.sign_in import within
from assistant.records.staff import Role
from tests.assistant.channels.desk.conftest import PASSWORD, Clerk, Rig


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


def test_brute_force_has_to_wait(rig: Rig, http: TestClient) -> None:
    """After a few wrong passwords even the right one is not looked at for a while, and the trail tells of it."""
    rig.add("amy")
    clerk = Clerk(http)
    for _ in range(FAILURES):
        assert clerk.sign_in("amy", "wrong password").status_code == 401

    assert "15 分鐘" in (refused := clerk.sign_in("amy")).text
    assert refused.status_code == 429
    rig.clock.moment += WAIT
    assert clerk.sign_in("amy").status_code == 303
    actions = [entry.action for entry in rig.desk.audit.entries()]
    assert actions.count("sign_in_locked") == 1
    assert actions.count("sign_in_failed") == FAILURES - 1


def test_a_stranger_locks_nobody_else_out(rig: Rig, http: TestClient) -> None:
    """Wrong passwords from one address, however many, leave the account open from another."""
    rig.add("admin", Role.ADMIN)
    stranger = Clerk(TestClient(rig.app, client=("203.0.113.9", 1)))
    for _ in range(FAILURES + 1):
        stranger.sign_in("admin", "wrong password")

    assert stranger.sign_in("admin").status_code == 429
    assert Clerk(http).sign_in("admin").status_code == 303


def test_refusals_tell_nothing(rig: Rig, http: TestClient) -> None:
    """An unknown name, a wrong password and a closed account get the same words and the same work, and wait alike."""
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
    assert len(set(told)) == 1
    for name in ("amy", "nobody"):
        for _ in range(FAILURES):
            clerk.sign_in(name, "wrong")
    waiting = {_without_names(clerk.sign_in(name).text) for name in ("amy", "nobody")}
    assert len(waiting) == 1
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


def _without_names(page: str) -> str:
    return re.sub(r'value="[^"]*"| autofocus', "", page)
