"""Accounts are changed at once, and never so that nobody is left who could."""

from __future__ import annotations

from dataclasses import replace

from assistant.channels.site import Site
from tests.assistant.channels.desk.conftest import Clerk, Rig


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


def test_a_link_begins_with_the_public_address(rig: Rig, admin: Clerk) -> None:
    """The link that sets a password leads to the address that was set, whatever host the admin's browser named."""
    options = replace(rig.desk.options, site=Site("https://desk.example.gov.tw/guide/"))
    rig.app.state.desk = replace(rig.desk, options=options)
    page = admin.post("/desk/staff", {"name": "fay", "shown": "林小姐", "role": "drafter"}).text
    assert "https://desk.example.gov.tw/guide/desk/links/" in page
    assert "testserver" not in page
    assert "t0ken" not in repr(options)
