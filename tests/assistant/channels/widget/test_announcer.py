"""What is heard: the beginning and the whole of an answer, and what went wrong."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import expect

from tests.assistant.channels.widget.conftest import CITED, Stage, Visit
from tests.assistant.channels.widget.states import QUESTION, failed

pytestmark = pytest.mark.browser
# Every announcement that is made, in order.
HEARD: Final = """() => { window.heard = []; for (const region of document.querySelectorAll("body > div > [aria-live], body > div > [role=alert]"))
  new MutationObserver(() => region.textContent && window.heard.push(region.textContent)).observe(region, {childList: true}); }"""


def test_log_is_never_read_piece_by_piece(visit: Visit, stage: Stage) -> None:
    """The log is off; the announcer, in the page's own DOM, tells of the beginning and the whole once."""
    seen = visit()
    seen.page.evaluate(HEARD)
    seen.open()
    assert seen.log.get_attribute("aria-live") == "off"
    stage.assistant.gate.clear()
    seen.ask(QUESTION)
    expect(seen.page.get_by_text("正在產生回覆", exact=True)).to_be_attached()
    stage.assistant.gate.set()
    expect(seen.page.get_by_text("回覆完成")).to_be_attached()

    heard = seen.page.evaluate("window.heard")
    assert heard[0] == "正在產生回覆"
    assert heard[1].startswith("回覆完成。")
    assert stage.guideline.by_id[CITED].plain in heard[1]
    assert "〔" not in heard[1]
    assert len(heard) == 2


def test_announcer_is_seen_by_nobody(visit: Visit) -> None:
    """It is there, and takes no room on the page."""
    seen = visit()
    box = seen.page.locator("body > div:has([aria-live])").bounding_box()

    assert box is not None
    assert (box["width"], box["height"]) == (1, 1)


def test_errors_are_alerts(visit: Visit, stage: Stage) -> None:
    """What went wrong, and that the question was kept, is announced at once."""
    seen = visit()
    seen.page.evaluate(HEARD)
    failed(seen, stage)
    alert = seen.page.get_by_role("alert")

    expect(alert).to_contain_text("系統發生未預期的錯誤")
    expect(alert).to_contain_text("您的問題還留在輸入框")
