"""The console's pages in a browser: readable for everybody, at every width."""

from __future__ import annotations

from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.assistant.channels.desk.browsing import OpenPage, Scheme, keep
from tests.assistant.channels.desk.conftest import MAIL, Rig
from tests.assistant.channels.understood import understood

pytestmark = pytest.mark.browser
WCAG: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def paths(page: Page) -> dict[str, str]:
    """Every kind of page, with something on it."""
    page.goto("/desk/canned")
    page.get_by_label("標題").last.fill("問候")
    page.get_by_label("內容").last.fill("{稱謂}，敬請見諒。")
    page.get_by_role("button", name="新增").click()
    for name in ("open", "approved"):
        page.goto("/desk/new")
        page.get_by_label("來信內容").fill(MAIL)
        page.get_by_label("主旨").fill(name)
        page.get_by_role("button", name="產生草稿").click()
        if name == "approved":
            page.get_by_role("button", name="核可", exact=True).click()
    return {
        "inbox": "/desk?show=all",
        "new": "/desk/new",
        "open": "/desk/inquiries/1",
        "approved": "/desk/inquiries/2",
        "canned": "/desk/canned",
        "figures": "/desk/figures",
        "audit": "/desk/audit",
        "staff": "/desk/staff",
        "account": "/desk/account",
        "keys": "/desk/keys",
        "refused": "/desk/inquiries/99",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(open_page: OpenPage, rig: Rig, scheme: Scheme) -> None:
    """On no page, in either colour scheme, does axe find anything against WCAG 2.2 AA."""
    rig.assistant.draft = understood(rig.assistant.draft)
    page = open_page(scheme=scheme)
    for name, path in {**paths(page), "sign-in": "/desk/sign-in"}.items():
        page.goto(path)
        keep(page, f"{name}-{scheme}")
        page.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true })")
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_pages_fit_their_width(open_page: OpenPage, rig: Rig, width: int) -> None:
    """Nothing has to be scrolled sideways, down to 320 pixels."""
    rig.assistant.draft = understood(rig.assistant.draft)
    page = open_page(width)
    for name, path in paths(page).items():
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true })")
        keep(page, f"{name}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_the_marked_words_lie_below_their_own(open_page: OpenPage) -> None:
    """The marks behind the text field are where its words are: both are as high, and as wide."""
    page = open_page()
    page.goto("/desk/new")
    page.get_by_label("來信內容").fill(MAIL)
    page.get_by_role("button", name="產生草稿").click()
    sizes = page.evaluate(
        "['#text', '#backdrop'].map(s => { const e = document.querySelector(s), c = getComputedStyle(e);"
        " return [e.clientWidth, c.font, c.lineHeight, c.paddingTop, c.paddingLeft, c.letterSpacing] })"
    )
    assert sizes[0] == sizes[1]
    high = page.evaluate(
        "[document.querySelector('#text').scrollHeight, document.querySelector('#text').clientHeight]"
    )
    assert high[0] <= high[1]
