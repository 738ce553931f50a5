"""Accounts, canned texts, the audit page, the figures."""

from __future__ import annotations

import json
import re
from datetime import timedelta

from starlette.testclient import TestClient

from assistant.records.staff import Role
from tests.assistant.channels.desk.conftest import PASSWORD, Clerk, Rig


def test_an_account_is_made_with_a_link(rig: Rig, admin: Clerk, http: TestClient) -> None:
    """An admin makes an account and hands over its link; its owner sets the password and signs in."""
    page = admin.post("/desk/staff", {"name": "fay", "shown": "林小姐", "role": "approver"})
    found = re.search(r"http://testserver(/desk/links/[\w-]+)", page.text)
    assert found is not None
    token = re.findall(r'name="csrf" value="([^"]+)"', http.get(found[1]).text)[0]
    http.post(found[1], data={"csrf": token, "password": PASSWORD, "again": PASSWORD})

    assert Clerk(http).sign_in("fay").status_code == 303
    fay = rig.desk.staff.named("FAY ")
    assert fay is not None
    assert (fay.shown, fay.role) == ("林小姐", Role.APPROVER)
    assert admin.post("/desk/staff", {"name": "fay", "shown": "x", "role": "admin"}).status_code == 422
    assert admin.post("/desk/staff", {"name": "有空格 x", "shown": "x", "role": "admin"}).status_code == 422
    assert admin.post("/desk/staff", {"name": "gil", "shown": "x", "role": "root"}).status_code == 422


def test_links_expire(rig: Rig, clerk: Clerk) -> None:
    """A link is good for a day, and a newer one ends it."""
    amy = rig.desk.staff.named("amy")
    assert amy is not None
    first, second = rig.desk.staff.make_link(amy.id), rig.desk.staff.make_link(amy.id)
    assert clerk.http.get(f"/desk/links/{first}").status_code == 404
    assert clerk.http.get(f"/desk/links/{second}").status_code == 200
    rig.clock.moment += timedelta(days=2)
    assert clerk.http.get(f"/desk/links/{second}").status_code == 404


def test_ones_own_password(rig: Rig, clerk: Clerk) -> None:
    """Changed only with the old one and twice the same; afterwards every session has ended."""
    new = "another long sentence"
    assert clerk.post("/desk/account", {"old": "x", "password": new, "again": new}).status_code == 422
    assert clerk.post("/desk/account", {"old": PASSWORD, "password": new, "again": "y"}).status_code == 422
    assert (
        clerk.post("/desk/account", {"old": PASSWORD, "password": "a" * 20, "again": "a" * 20}).status_code
        == 422
    )
    assert clerk.post("/desk/account", {"old": PASSWORD, "password": new, "again": new}).status_code == 303
    assert clerk.http.get("/desk", follow_redirects=False).status_code == 303
    assert clerk.sign_in("amy", new).status_code == 303
    assert "password_set" in [entry.action for entry in rig.desk.audit.entries()]


def test_canned_texts(rig: Rig, clerk: Clerk, admin: Clerk) -> None:
    """Written once, filled in where they are inserted; 署名 signs; unknown variables and old versions are refused."""
    assert clerk.post("/desk/canned", {"title": "問候", "body": "{稱謂}，{案號}"}).status_code == 303
    assert clerk.post("/desk/canned", {"title": "問候", "body": "x"}).status_code == 422
    assert "沒有「{名字}」這個變數" in clerk.post("/desk/canned", {"title": "二", "body": "{名字}"}).text
    assert clerk.post("/desk/canned", {"title": "", "body": "x"}).status_code == 422
    assert (
        admin.post("/desk/canned", {"title": "署名", "body": "計畫辦公室 {承辦人} 敬上"}).status_code == 303
    )
    (greeting, _) = sorted(rig.desk.canned.all(), key=lambda text: text.title != "問候")
    path = f"/desk/canned/{greeting.id}"
    assert clerk.post(path, {"version": "1", "title": "問候", "body": "敬啟者"}).status_code == 303
    assert "剛被別人改過" in clerk.post(path, {"version": "1", "title": "問候", "body": "我的"}).text

    number = clerk.paste()
    assert '<option value="敬啟者">問候</option>' in clerk.http.get(f"/desk/inquiries/{number}").text
    clerk.act(number, "approve")
    assert rig.desk.inquiries.get(number).final.endswith("計畫辦公室 Amy 敬上")
    assert clerk.post(f"{path}/remove").status_code == 303
    assert [text.title for text in rig.desk.canned.all()] == ["署名"]


def test_the_audit_page_proves_and_exports(rig: Rig, admin: Clerk) -> None:
    """The chain is proved on demand; both exports hold every entry."""
    number = admin.paste()
    admin.act(number, "approve")
    assert "驗證相符" in admin.post("/desk/audit/proof").text
    entries = json.loads(admin.post("/desk/audit/export.json").text)
    assert [entry["position"] for entry in entries] == list(range(1, len(entries) + 1))
    approved = next(entry for entry in entries if entry["action"] == "approved")
    assert {"draft", "final", "diff", "question 1"} <= approved["texts"].keys()
    assert approved["facts"]["corpus"] == "fake"
    lines = admin.post("/desk/audit/export.csv").text
    assert lines.startswith("\ufeffposition,at,actor")
    assert rig.desk.audit.head()[0] == len(entries) + 1
    assert admin.http.get("/desk/audit?before=3").status_code == 200


def test_figures(rig: Rig, admin: Clerk) -> None:
    """Questions, shares, times and the acceptance of each clause are counted; erased inquiries still count."""
    kept, edited = admin.paste(), admin.paste("A類要幾家？")
    admin.act(kept, "approve")
    rig.clock.moment += timedelta(minutes=90)
    admin.act(kept, "sent")
    _, text = admin.read(edited)
    admin.act(edited, "approve", text=text.replace("〔1〕", "（見第七點）〔1〕"))
    found = rig.desk.figures.read(4)
    assert (found.received, found.sent, found.open, found.median_minutes) == (2, 1, 1, 90)
    assert sum(found.outcomes.values()) == 4
    share = found.clauses[0]
    assert (share.drafted, share.decided, share.accepted) == (4, 4, 75)
    page = admin.http.get("/desk/figures?weeks=4").text
    assert "75%" in page
    assert "<svg" in page
    admin.post(f"/desk/inquiries/{kept}/erase", {"sure": "1"})
    assert rig.desk.figures.read(4).clauses == found.clauses
    csv = admin.http.get("/desk/figures.csv").text
    assert "clause kept,digital-cluster/7/A/3,,3" in csv
    assert admin.http.get("/desk/figures?weeks=99").status_code == 404


def test_marks_that_nobody_sees_are_not_kept(clerk: Clerk, admin: Clerk) -> None:
    """Direction overrides and zero-width characters in canned texts and names show another text than is sent."""
    clerk.post("/desk/canned", {"title": "問\u200b候", "body": "請匯\u202e款\u2066至"})
    admin.post("/desk/staff", {"name": "fay", "shown": "林\u202e小姐", "role": "drafter"})
    pages = clerk.http.get("/desk/canned").text + admin.http.get("/desk/staff").text
    assert not set("\u200b\u202e\u2066") & set(pages)
    assert "請匯款至" in pages
    assert "林小姐" in pages
