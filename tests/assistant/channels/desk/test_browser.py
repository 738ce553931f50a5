"""The console in a browser: by keyboard, without a script, without losing words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Dialog, expect

from assistant.records.audit_proof import prove
from assistant.records.inquiry import InquiryState
from tests.assistant.channels.desk.browsing import OpenPage, keep
from tests.assistant.channels.desk.conftest import MAIL, Rig

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@BOTH
def test_the_whole_story_by_keyboard(open_page: OpenPage, rig: Rig) -> None:
    """Paste a mail of three questions, see a wrong figure stand out, mend it, approve and copy; the chain holds."""
    page = open_page()
    page.locator("#main").focus()
    page.keyboard.press("n")
    expect(page.get_by_label("來信內容")).to_be_focused()
    page.keyboard.insert_text(MAIL)
    page.get_by_label("稱謂（寫在信首）").fill("王小姐")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("article")).to_have_count(3)
    expect(page.locator(".mail .letter")).to_contain_text("〔手機〕")
    text = page.get_by_label("回覆", exact=True)
    expect(text).to_have_value(re.compile("^王小姐您好：.*一、您問：.*三、您問：", re.DOTALL))
    keep(page, "draft")

    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\n成員最多77家。")
    expect(page.get_by_text("1 處要留意")).to_be_visible()
    expect(page.locator("#backdrop mark")).to_have_text("77家")
    keep(page, "typed")
    for _ in range(5):
        page.keyboard.press("Backspace")
    page.keyboard.insert_text("依條文規定辦理〔1〕。")
    expect(page.locator("#backdrop mark")).to_have_count(0)

    page.keyboard.press("Control+s")
    expect(page.get_by_text("已存檔。")).to_be_visible()
    expect(text).to_be_focused()
    page.keyboard.press("Alt+2")
    expect(page.locator("#q2")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("已核可，可以複製寄出。")).to_be_visible()
    keep(page, "approved")

    page.get_by_role("button", name="複製純文字").click()
    expect(page.get_by_text("已標示為寄出。")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    (found,) = rig.desk.inquiries.find((InquiryState.SENT,))
    assert copied.replace("\r\n", "\n") == found.final
    assert "依條文規定辦理〔1〕" in copied
    assert prove(rig.desk.service.database).faults == ()


def test_html_is_copied_as_html(open_page: OpenPage, rig: Rig) -> None:
    """The copy for a mail program has paragraphs, and is the same words."""
    page = open_page()
    page.goto("/desk/new")
    page.get_by_label("來信內容").fill("A類要幾家？<b>粗</b>")
    page.get_by_role("button", name="產生草稿").click()
    page.get_by_role("button", name="核可", exact=True).click()
    page.get_by_role("button", name="複製 HTML").click()
    expect(page.get_by_text("已標示為寄出。")).to_be_visible()

    html = page.evaluate(
        "navigator.clipboard.read().then(items => items[0].getType('text/html')).then(blob => blob.text())"
    )
    assert html.count("<p") >= 3
    assert "<b>粗" not in html
    assert rig.desk.inquiries.find((InquiryState.SENT,))


def test_without_javascript(open_page: OpenPage, rig: Rig) -> None:
    """The same way without a script: paste, save, approve, mark as sent; the checks are on the page."""
    page = open_page(javascript=False)
    page.get_by_role("link", name="貼上新來信").first.click()
    page.get_by_label("來信內容").fill(MAIL)
    page.get_by_role("button", name="產生草稿").click()
    text = page.get_by_label("回覆", exact=True)
    text.fill(text.input_value() + "\n最多77家。")
    page.get_by_role("button", name="存檔").click()
    expect(page.get_by_text("1 處要留意")).to_be_visible()
    page.get_by_role("button", name="核可", exact=True).click()
    page.get_by_role("button", name="標示為已寄出").click()
    expect(page.get_by_text("已標示為寄出。")).to_be_visible()

    assert len(rig.desk.inquiries.find((InquiryState.SENT,))) == 1


def test_leaving_with_unsaved_words_is_asked(open_page: OpenPage) -> None:
    """A change that is not saved is said beside the buttons, and the browser asks before it is left."""
    page = open_page()
    page.goto("/desk/new")
    page.get_by_label("來信內容").fill("A類要幾家？")
    page.get_by_role("button", name="產生草稿").click()
    page.get_by_label("回覆", exact=True).press_sequentially("改")
    expect(page.get_by_text("有修改還沒存檔")).to_be_visible()
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto("/desk")

    assert asked == ["beforeunload"]


def test_zhuyin_is_no_shortcut(open_page: OpenPage) -> None:
    """Keys that compose a word, or are typed into a field, open nothing; single keys can be turned off."""
    page = open_page()
    page.get_by_label("搜尋主旨、寄件人、案號或內文").press_sequentially("n/?")
    assert page.url.endswith("/desk")
    compose = (
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'n', isComposing: true, bubbles: true}))"
    )
    page.evaluate(compose)
    page.locator("#main").focus()
    page.keyboard.press("Shift+?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("使用單鍵快速鍵（N、/、J、K、?）").uncheck()
    page.get_by_role("button", name="關閉").click()
    page.locator("#main").focus()
    page.keyboard.press("n")
    assert page.url.endswith("/desk")
