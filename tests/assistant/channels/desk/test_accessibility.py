"""The console's pages in a browser: readable for everybody, at every width."""

from __future__ import annotations

from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.assistant.channels.desk.browsing import SCHEMES, OpenPage, keep
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


def test_pages_are_accessible(open_page: OpenPage, rig: Rig) -> None:
    """
    On no page, in either colour scheme, does axe find anything against WCAG 2.2 AA.

    Nor has anything to be scrolled sideways, down to 320 pixels.
    """
    rig.assistant.draft = understood(rig.assistant.draft)
    page = open_page()
    for name, path in {**paths(page), "sign-in": "/desk/sign-in"}.items():
        page.goto(path)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            keep(page, f"{name}-{scheme}")
        page.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true })")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
            assert found.violations_count == 0, f"{name}, {scheme}: {found.generate_report()}"
        for width in (1280, 768, 320):
            page.set_viewport_size({"width": width, "height": 900})
            keep(page, f"{name}-{width}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name}, {width}"
        page.set_viewport_size({"width": 1280, "height": 900})


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
