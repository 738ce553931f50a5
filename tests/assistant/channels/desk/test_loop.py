"""The loop closed on the console: asked in vain, proposed, previewed, applied, and the next applicant is answered."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assistant.channels.desk.app import add_desk
from assistant.channels.desk.desk import Desk, DeskOptions
from assistant.channels.desk.passwords import Passwords
from assistant.channels.service import Service
from assistant.channels.web.app import create_app
from assistant.records.asking import ItemState
from assistant.records.audit_proof import prove
from assistant.records.database import Database
from assistant.records.staff import Role
from tests.assistant.channels.desk.conftest import CHEAP, PASSWORD, Clerk
from tests.assistant.channels.serving import served
from tests.assistant.knowledge.conftest import (  # noqa: F401 - fixtures of this module
    PROGRAMME,
    Rig,
    assistants,
    builder,
    clock,
    conversations,
    opened,
    places,
    rig,
)

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
ASKED: Final = "可以帶狗嗎？"
WCAG: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@dataclass(frozen=True, slots=True)
class Loop:
    """The console over the small programme, served; Amy drafts, Fay approves."""

    address: str
    desk: Desk
    rig: Rig
    open_clients: ExitStack

    def clerk(self, name: str) -> Clerk:
        """Amy or Fay at a browser."""
        client = httpx2.Client(base_url=self.address, timeout=60)
        clerk = Clerk(self.open_clients.enter_context(client))
        assert clerk.sign_in(name).status_code == 303
        return clerk

    def outcome(self) -> str:
        """What an applicant is told who asks the question."""
        answer = httpx2.post(f"{self.address}/api/chat", json={"message": ASKED}, timeout=60)
        found: str = answer.json()["outcome"]
        return found


@pytest.fixture
def loop(rig: Rig, database: Database) -> Iterator[Loop]:  # noqa: F811 - the fixture above
    """The console, served."""
    service = Service(
        assistants=rig.assistants,
        default_programme=PROGRAMME,
        feedback=rig.feedback,
        conversations=rig.conversations,
        database=database,
        version="1",
        knowledge=rig.knowledge,
    )
    app = create_app(lambda: nullcontext(service))
    desk = Desk.over(service, rig.clock, DeskOptions(), Passwords(CHEAP))
    add_desk(app, desk)
    for name, role in (("amy", Role.DRAFTER), ("fay", Role.APPROVER)):
        desk.staff.add(name, name.title(), role, desk.passwords.hash(PASSWORD))
    with served(app) as address, ExitStack() as open_clients:
        yield Loop(address, desk, rig, open_clients)


def sign_in(page: Page, name: str) -> None:
    """By the form."""
    page.goto("/desk/sign-in")
    page.get_by_label("帳號").fill(name)
    page.get_by_label("密碼").fill(PASSWORD)
    page.get_by_role("button", name="登入").click()
    expect(page.get_by_role("heading", name="收件匣")).to_be_visible()


def looked_at(page: Page, name: str) -> None:
    """The page is accessible, and is kept if asked to."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"desk-{name}.png", full_page=True)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1], name


@pytest.mark.browser
@BOTH
def test_a_gap_is_closed_and_the_next_applicant_is_answered(browser: Browser, loop: Loop) -> None:
    """A drafter proposes, an approver previews and applies without a stop, and the same question is answered."""
    assert loop.outcome() != "answered"
    context = browser.new_context(
        base_url=loop.address, viewport={"width": 1280, "height": 900}, locale="zh-TW"
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    sign_in(page, "amy")
    page.goto("/desk/new")
    page.get_by_label("來信內容").fill(ASKED)
    page.get_by_role("button", name="產生草稿").click()
    expect(page.locator(".question .pill")).not_to_have_text("條文有答案")

    loop.rig.knowledge.collect_all()
    page.get_by_role("link", name="待補問題").click()
    looked_at(page, "items")
    page.get_by_role("link", name="可以帶狗嗎").click()
    looked_at(page, "item")
    page.get_by_label("或從全部條文選").select_option("1/s1")
    page.get_by_role("button", name="提出：加這些問法").click()
    expect(page.get_by_role("heading", name="加一種問法")).to_be_visible()
    expect(page.get_by_text("套用要有覆核權限。")).to_be_visible()
    expect(page.get_by_role("button", name="套用")).to_have_count(0)
    proposal = page.url

    sign_in(page, "fay")
    page.goto(proposal)
    page.get_by_role("button", name="試算影響").click()
    expect(page.get_by_role("heading", name="試算結果")).to_be_visible(timeout=60_000)
    looked_at(page, "proposal")
    page.get_by_role("button", name="套用", exact=True).click()
    expect(page.locator(".bar .pill")).to_have_text("已套用", timeout=60_000)
    looked_at(page, "applied")
    context.close()

    assert loop.outcome() == "answered"
    (closed,) = loop.rig.knowledge.items(PROGRAMME, ItemState.CLOSED)
    assert "帶狗" in closed.question
    actions = [entry.action for entry in loop.desk.audit.all()]
    assert [action for action in actions if action in {"proposed", "previewed", "applied"}] == [
        "proposed",
        "previewed",
        "applied",
    ]
    assert prove(loop.desk.service.database).faults == ()


def test_an_applied_change_is_taken_back(loop: Loop) -> None:
    """By forms alone: propose, preview, apply, propose the inverse, apply it; the question is unanswered again."""
    amy, fay = loop.clerk("amy"), loop.clerk("fay")
    before = loop.outcome()
    loop.rig.knowledge.collect_all()
    (item,) = loop.rig.knowledge.items(PROGRAMME)
    answer = amy.post(
        f"/desk/items/{item.id}/propose",
        {"kind": "gap", "topic": "寵物", "questions": ASKED, "referral": "請洽服務台"},
    )
    path = answer.headers["location"]
    for step in ("preview", "apply"):
        assert fay.post(f"{path}/{step}").status_code == 303
        loop.rig.knowledge.wait(path.rpartition("/")[2], 60)
        assert fay.http.get(f"{path}/work").headers["hx-refresh"] == "true"
    assert loop.outcome() == "no_clause"

    back = fay.post(f"{path}/revert").headers["location"]
    for step in ("preview", "apply"):
        fay.post(f"{back}/{step}")
        loop.rig.knowledge.wait(back.rpartition("/")[2], 60)
    assert loop.outcome() == before
    assert "已還原" in fay.http.get(path).text


def test_what_cannot_be_proposed_is_said(loop: Loop) -> None:
    """Faults of a change are told with what was typed still there; nothing is proposed."""
    amy = loop.clerk("amy")
    loop.outcome()
    loop.rig.knowledge.collect_all()
    (item,) = loop.rig.knowledge.items(PROGRAMME)
    path = f"/desk/items/{item.id}/propose"
    none = amy.post(path, {"kind": "phrasing", "other": "1/s1", "questions": " \n "})
    assert none.status_code == 422
    assert "還不能提出" in none.text
    nowhere = amy.post(path, {"kind": "phrasing", "other": "no/such", "questions": "可以帶貓嗎"})
    assert nowhere.status_code == 422
    assert "可以帶貓嗎" in nowhere.text
    assert amy.post(path, {"kind": "phrasing", "questions": "x"}).status_code == 422
    assert amy.post(path, {"kind": "nothing", "questions": "x"}).status_code == 422
    assert loop.rig.knowledge.proposals(PROGRAMME) == ()


def test_only_approvers_decide(loop: Loop) -> None:
    """A drafter proposes and previews; applying, rejecting and taking back are refused. A rejected item waits again."""
    amy, fay = loop.clerk("amy"), loop.clerk("fay")
    loop.outcome()
    loop.rig.knowledge.collect_all()
    (item,) = loop.rig.knowledge.items(PROGRAMME)
    path = amy.post(f"/desk/items/{item.id}/propose", {"kind": "outside", "questions": ASKED}).headers[
        "location"
    ]
    for step in ("apply", "reject", "revert"):
        assert amy.post(f"{path}/{step}", {"note": "x"}).status_code == 403
    assert fay.post(f"{path}/apply").status_code == 409  # not previewed
    assert fay.post(f"{path}/reject", {"note": "再想想"}).status_code == 303
    assert loop.rig.knowledge.item(item.id).state is ItemState.OPEN
    assert "再想想" in fay.http.get(path).text
    assert fay.http.get("/desk/proposals").status_code == 200


def test_items_are_set_aside_and_taken_up(loop: Loop) -> None:
    """A dismissed item says why, and can be taken up again; unknown ones are 404."""
    amy = loop.clerk("amy")
    loop.outcome()
    loop.rig.knowledge.collect_all()
    (item,) = loop.rig.knowledge.items(PROGRAMME)
    amy.post(f"/desk/items/{item.id}/dismiss", {"note": "測試訊息"})
    assert "測試訊息" in amy.http.get(f"/desk/items/{item.id}").text
    assert item.id in amy.http.get("/desk/items?show=dismissed").text
    amy.post(f"/desk/items/{item.id}/reopen")
    assert item.id in amy.http.get("/desk/items").text
    assert amy.http.get("/desk/items/nothing").status_code == 404
    assert amy.http.get("/desk/proposals/nothing").status_code == 404


def test_a_rewritten_draft_becomes_an_item(loop: Loop) -> None:
    """A reply that staff wrote anew is counted by the loop; deleting the inquiry deletes that too."""
    amy = loop.clerk("amy")
    number = amy.paste("保證金可以退嗎？")
    assert loop.desk.inquiries.get(number).questions[0].outcome in {"answered", "needs_info"}
    amy.act(number, "approve", text="您好：\n\n請來電洽詢。")
    (item,) = loop.rig.knowledge.items(PROGRAMME)
    assert "保證金" in item.question

    loop.desk.staff.add("zoe", "Zoe", Role.ADMIN, loop.desk.passwords.hash(PASSWORD))
    loop.clerk("zoe").post(f"/desk/inquiries/{number}/erase", {"sure": "1"})
    assert loop.rig.knowledge.items(PROGRAMME) == ()


def test_looking_counts_nothing(loop: Loop) -> None:
    """The page shows what was counted: to open it, as a link elsewhere can have it opened, changes nothing."""
    amy = loop.clerk("amy")
    loop.outcome()
    assert amy.http.get("/desk/items").status_code == 200
    assert loop.rig.knowledge.items(PROGRAMME) == ()
