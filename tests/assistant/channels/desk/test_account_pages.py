"""The second step of signing in: its owner turns it on and off, and an admin off for who lost it."""

from __future__ import annotations

import re

import httpx2
import pytest
from starlette.testclient import TestClient

from assistant.channels.desk.attempts import FAILURES
from assistant.channels.desk.totp import SECONDS, code_at, new_secret
from tests.assistant.channels.desk.conftest import PASSWORD, Clerk, Rig


def code(rig: Rig, secret: str) -> str:
    """What the app shows now."""
    return code_at(secret, int(rig.clock.moment.timestamp()) // SECONDS)


def signed_in(rig: Rig, number: str) -> httpx2.Response:
    """Another browser signs in with the right password and a code."""
    http = TestClient(rig.app)
    csrf = re.findall(r'name="csrf" value="([^"]+)"', http.get("/desk/sign-in").text)[0]
    fields = {"csrf": csrf, "name": "amy", "password": PASSWORD, "code": number}
    return http.post("/desk/sign-in", data=fields, follow_redirects=False)


@pytest.fixture
def secret(rig: Rig, clerk: Clerk) -> str:
    """The secret of Amy's app, turned on by the page."""
    shown = re.findall(r'name="secret" value="([A-Z2-7]{32})"', clerk.http.get("/desk/account").text)[0]
    fields = {"old": PASSWORD, "secret": shown, "code": code(rig, shown)}
    assert clerk.post("/desk/account/second-step", fields).status_code == 303
    return str(shown)


def test_a_password_alone_does_not_do(rig: Rig, secret: str) -> None:
    """With the second step on, only the password and a code of now sign in, and each code once."""
    assert signed_in(rig, "").status_code == 401
    assert signed_in(rig, "000000").status_code == 401
    assert signed_in(rig, code(rig, secret)).status_code == 401  # it turned the step on
    rig.clock.moment = rig.clock.moment.replace(second=0, minute=rig.clock.moment.minute + 1)
    now = code(rig, secret)
    assert signed_in(rig, now).status_code == 303
    assert signed_in(rig, now).status_code == 401


def test_turning_it_on_needs_password_and_code(rig: Rig, clerk: Clerk) -> None:
    """A wrong password, a wrong code, or a secret that is none leave it off; the secret on the page stays the same."""
    mine = new_secret()
    for old, secret, number in (
        ("x", mine, code(rig, mine)),
        (PASSWORD, mine, "000000"),
        (PASSWORD, "A" * 8, "000000"),
    ):
        answer = clerk.post("/desk/account/second-step", {"old": old, "secret": secret, "code": number})
        assert answer.status_code == 422
        assert (mine in answer.text) is (secret == mine)
    amy = rig.desk.staff.named("amy")
    assert amy is not None
    assert amy.totp is None


def test_turning_it_off(rig: Rig, clerk: Clerk, secret: str) -> None:
    """Its owner turns it off with password and code; who has but the open browser does not."""
    assert clerk.post("/desk/account/second-step", {"old": PASSWORD, "code": "000000"}).status_code == 422
    rig.clock.moment = rig.clock.moment.replace(second=0, minute=rig.clock.moment.minute + 1)
    fields = {"old": PASSWORD, "code": code(rig, secret)}
    assert clerk.post("/desk/account/second-step", fields).status_code == 303
    assert signed_in(rig, "").status_code == 303


def test_an_admin_turns_it_off(rig: Rig, clerk: Clerk, admin: Clerk, secret: str) -> None:
    """Who lost their app is let in again by an admin, and by nobody else; the trail tells of each step."""
    amy = rig.desk.staff.named("amy")
    assert amy is not None
    assert secret not in admin.http.get("/desk/staff").text
    assert clerk.post(f"/desk/staff/{amy.id}/second-step").status_code == 403
    assert admin.post(f"/desk/staff/{amy.id}/second-step").status_code == 303
    assert signed_in(rig, "").status_code == 303
    assert admin.post("/desk/staff/999/second-step").status_code == 404
    actions = [entry.action for entry in rig.desk.audit.entries()]
    assert [actions.count(f"second_step_{how}") for how in ("on", "off")] == [1, 1]


def test_an_open_browser_does_not_guess(clerk: Clerk) -> None:
    """Wrong passwords count at one's own account as they do at the door."""
    for _ in range(FAILURES):
        assert clerk.post("/desk/account", {"old": "x", "password": "y", "again": "y"}).status_code == 422
    assert clerk.post("/desk/account", {"old": PASSWORD}).status_code == 429
