"""The focus goes in, through the panel, and back out."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.assistant.channels.widget.conftest import Stage, Visit
from tests.assistant.channels.widget.states import answered

pytestmark = pytest.mark.browser


def test_focus_goes_in_and_comes_back(visit: Visit) -> None:
    """Opened by keyboard, the field has the focus; Escape gives it back to the launcher."""
    seen = visit()
    seen.launcher.focus()
    seen.page.keyboard.press("Enter")
    expect(seen.field).to_be_focused()
    seen.page.keyboard.press("Escape")

    expect(seen.panel).to_be_hidden()
    expect(seen.launcher).to_be_focused()


def test_keyboard_order(visit: Visit, stage: Stage) -> None:
    """From the head through the log to the field and the button; then out to the page again."""
    seen = visit()
    answered(seen, stage)
    seen.panel.get_by_role("button", name="清除對話").focus()
    stops = []
    for _ in range(30):
        stops.append(
            seen.page.evaluate(
                "(() => { const node = document.activeElement.shadowRoot?.activeElement; return node && "
                "(node.getAttribute('aria-label') || node.textContent || node.placeholder) })()"
            )
        )
        seen.page.keyboard.press("Tab")

    found = [stop for stop in stops if stop]
    order = [
        "清除對話",
        "關閉",
        "對話紀錄",
        "依據〔1〕",
        "依據〔2〕",
        "複製",
        "有幫助",
        "沒有幫助",
        "B類",
        "輸入",
        "送出",
    ]
    places = [next(at for at, stop in enumerate(found) if stop.startswith(name)) for name in order]
    assert places == sorted(places)


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_full_screen_keeps_the_focus(visit: Visit, key: str) -> None:
    """On a phone, where nothing of the page is seen, the focus stays in the panel."""
    seen = visit("phone")
    seen.open()
    assert seen.panel.get_attribute("aria-modal") == "true"

    for _ in range(15):
        seen.page.keyboard.press(key)
        assert seen.page.evaluate("document.activeElement.localName") == "guideline-assistant"


def test_on_a_desktop_the_page_stays_usable(visit: Visit) -> None:
    """Beside the page the panel is not modal."""
    seen = visit()
    seen.open()

    assert seen.panel.get_attribute("aria-modal") is None


def test_touch_does_not_bring_up_the_keyboard(visit: Visit) -> None:
    """On a touch screen opening puts the focus on the title, so that there is something to read."""
    seen = visit("phone", touch=True)
    seen.launcher.tap()

    expect(seen.panel.get_by_role("heading", level=2)).to_be_focused()


def test_launcher_does_not_cover_the_focus(visit: Visit, stage: Stage) -> None:
    """While a link of the page is in focus below it, the launcher stands aside."""
    stage.site.inline = '<p class="end"><a href="#end" id="end">頁尾的連結</a></p>'
    stage.site.style = ".end { position: fixed; right: 30px; bottom: 30px; }"
    seen = visit()
    link = seen.page.locator("#end")
    link.focus()

    mine, its = seen.launcher.bounding_box(), link.bounding_box()
    assert mine is not None
    assert its is not None
    assert mine["x"] + mine["width"] < its["x"]
    seen.page.get_by_role("link", name="更多").focus()
    back = seen.launcher.bounding_box()
    assert back is not None
    assert back["x"] > 640
