"""
The pages in a real browser: without JavaScript, on a phone and a desktop, light and dark.

With SCREENSHOTS set to a folder, what is seen is kept there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assistant.domain import Guideline
from tests.assistant.channels.understood import understood
from tests.assistant.channels.web.conftest import CITED, Rig

pytestmark = pytest.mark.browser

SCREENS: Final = {"phone": (390, 844), "desktop": (1280, 800)}
WCAG: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
QUESTION: Final = "A類的申請條件有哪些？"
PATHS: Final = {
    "home": "/",
    "answer": f"/?q={QUESTION}",
    "refused": "/?q=%20",
    "clause": f"/clauses/{CITED}",
    "contents": "/clauses",
    "docs": "/docs",
}
UNFOLD: Final = "document.querySelectorAll('details').forEach(found => { found.open = true })"
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[OpenPage]:
    """Opens pages of the server; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(screen: str = "desktop", javascript: bool = True) -> Page:
        width, height = SCREENS[screen]
        context = browser.new_context(
            base_url=server,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",  # what is half faded in has no contrast yet
            java_script_enabled=javascript,
            locale="zh-TW",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("requestfailed", lambda request: complaints.append(f"{request.failure} {request.url}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    # A refused question has its status logged; a file that is still loading is let go when the next
    # page is opened.
    expected = re.compile(r"status of 422|ERR_ABORTED")
    assert [text for text in complaints if not expected.search(text)] == []


def keep(page: Page, name: str) -> None:
    """Save what is seen, if asked to."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("screen", SCREENS)
def test_asking_without_javascript(open_page: OpenPage, rig: Rig, guideline: Guideline, screen: str) -> None:
    """Ask, read the cited answer, follow a mark and a citation to the clause, come back: asked once."""
    clause = guideline.by_id[CITED]
    page = open_page(screen, javascript=False)

    page.goto("/")
    page.get_by_label("您的問題").fill(QUESTION)
    page.get_by_role("button", name="送出問題").click()
    expect(page.get_by_role("heading", name="回答")).to_be_visible()
    expect(page.get_by_text(QUESTION)).to_be_visible()
    expect(page.locator("blockquote").first).to_have_text(clause.text)
    answered = page.url

    page.get_by_role("link", name=re.compile("依據 ?〔1〕")).click()
    assert page.url == f"{answered}#c1"
    page.get_by_role("link", name=clause.label).click()
    expect(page.locator("mark")).to_have_text(clause.text)
    expect(page.get_by_text("版本", exact=True)).to_be_visible()

    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", name="回答")).to_be_visible()
    assert len(rig.assistant.questions) == 1


def show(page: Page, path: str) -> None:
    """The page at a path; one that has a question is sent."""
    page.goto(path)
    if "?q=" in path:
        page.get_by_role("button", name="送出問題").click()


@pytest.mark.parametrize("screen", SCREENS)
def test_correcting_without_javascript(open_page: OpenPage, rig: Rig, screen: str) -> None:
    """What was understood opens to a form; a fault is told at its field, where the focus is; then it is judged again."""
    rig.assistant.draft = understood(rig.assistant.draft)
    page = open_page(screen, javascript=False)

    show(page, f"/?q={QUESTION}")
    page.locator("summary", has_text="我的理解").click()
    field = page.get_by_label("群聚全部家數")
    field.fill("很多")
    page.get_by_role("button", name="重新判斷").click()
    expect(field).to_have_accessible_description(re.compile("請填整數"))
    expect(field).to_be_focused()
    keep(page, f"correcting-{screen}")
    field.fill("14")
    page.get_by_role("button", name="重新判斷").click()
    expect(page.get_by_role("heading", name="回答")).to_be_visible()

    assert "群聚全部家數：14 家" in rig.assistant.questions[1].text


def test_conversation_without_javascript(open_page: OpenPage, rig: Rig) -> None:
    """A follow-up question is asked by its button, a further one by the form, all in one conversation."""
    page = open_page("phone", javascript=False)

    show(page, f"/?q={QUESTION}")
    page.get_by_role("button", name="B類的申請條件有哪些").click()
    page.get_by_label("您的下一個問題").fill("還有呢？")
    page.get_by_role("button", name="送出問題").click()

    first, second, third = rig.assistant.questions
    assert first.session_id is None
    assert second.session_id is not None
    assert second.session_id == third.session_id


def test_pages_are_accessible(open_page: OpenPage, rig: Rig) -> None:
    """
    On no page, on a phone and a desktop, in either colour scheme, does axe find anything against WCAG 2.2 AA.

    Nor has anything to be scrolled sideways, down to 320 pixels.
    """
    rig.assistant.draft = understood(rig.assistant.draft)
    page = open_page()

    for name, path in PATHS.items():
        show(page, path)
        for (screen, (width, height)), scheme in product(SCREENS.items(), SCHEMES):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            keep(page, f"{name}-{screen}-{scheme}")
        page.evaluate(UNFOLD)
        for (screen, (width, height)), scheme in product(SCREENS.items(), SCHEMES):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
            violations = found.response["violations"]
            where = (name, screen, scheme)
            assert [(where, v["id"], [node["html"] for node in v["nodes"]]) for v in violations] == []
        for width in (1280, 960, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)


def test_keyboard_reaches_the_form(open_page: OpenPage) -> None:
    """The first stop is the way past the menu, the next what is kept; the focus is seen; a question is sent by keyboard alone."""
    page = open_page()
    page.goto("/")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到主要內容")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert skip.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="資料怎麼保存").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("您的問題")).to_be_focused()
    page.keyboard.insert_text(QUESTION)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="回答")).to_be_visible()


def test_refused_question_is_in_focus(open_page: OpenPage) -> None:
    """After a question that cannot be taken, the field has the focus and says what is wrong."""
    page = open_page()
    show(page, "/?q=%20")

    field = page.get_by_label("您的問題")
    expect(field).to_be_focused()
    assert "沒有可以讀的文字" in (page.locator("#q-fault").text_content() or "")
    assert page.title().startswith("沒有送出")
