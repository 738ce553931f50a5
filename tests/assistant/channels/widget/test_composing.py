"""Enter that picks a word of Zhuyin never sends, in whatever order the browser tells of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, expect

from tests.assistant.channels.widget.conftest import Seen, Stage, Visit

pytestmark = pytest.mark.browser

ENTER = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
NOTED = """(field) => { window.noted = []; for (const type of ["compositionstart", "compositionend", "keydown"])
  field.addEventListener(type, (event) => window.noted.push([type, event.isComposing === true, event.keyCode ?? 0]));
  field.addEventListener("compositionend", (event) => { window.ended = event.timeStamp; });
}"""
# Safari ends the composition before it tells of the key, in the same moment.
SAFARI = """(field, keyCode) => {
  field.dispatchEvent(new CompositionEvent("compositionstart", {bubbles: true}));
  field.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true, data: "你"}));
  const enter = new KeyboardEvent("keydown", {key: "Enter", keyCode, which: keyCode, bubbles: true, cancelable: true});
  field.dispatchEvent(enter);
  return enter.isComposing;
}"""
PLAIN = """(field) => field.dispatchEvent(
  new KeyboardEvent("keydown", {key: "Enter", keyCode: 13, which: 13, bubbles: true, cancelable: true}))"""


@pytest.fixture
def opened(visit: Visit) -> Seen:
    """The widget, open, with something written."""
    seen = visit()
    seen.open()
    seen.field.fill("群聚要幾家")
    return seen


def compose(session: CDPSession) -> None:
    """Type Zhuyin as an input method does, not yet picked."""
    session.send("Input.imeSetComposition", {"text": "ㄋㄧˇ", "selectionStart": 3, "selectionEnd": 3})


def test_chromium_order(opened: Seen, stage: Stage) -> None:
    """A real composition: Enter while composing is left to the input method; the next one sends."""
    session = opened.page.context.new_cdp_session(opened.page)
    opened.field.evaluate(NOTED)
    opened.field.focus()
    compose(session)
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **ENTER})
    session.send("Input.insertText", {"text": "你"})

    noted = opened.page.evaluate("window.noted")
    assert ["keydown", True, 13] in noted or ["keydown", True, 229] in noted
    assert [event[0] for event in noted] == ["compositionstart", "keydown", "compositionend"]
    expect(opened.field).to_have_value("群聚要幾家你")
    expect(opened.turns).to_have_count(0)

    # Nobody is as fast as an input method: the next Enter comes after its moment.
    while not opened.page.evaluate("performance.now() > window.ended + 50"):
        continue
    opened.page.keyboard.press("Enter")
    expect(opened.turns.last).to_contain_text("依據的條文")
    assert [question.text for question in stage.assistant.questions] == ["群聚要幾家你"]


@pytest.mark.parametrize("key_code", [229, 13])
def test_safari_orders(opened: Seen, key_code: int) -> None:
    """The composition ends first, then the key comes, as 229 or as a plain Enter: nothing is sent."""
    composing = opened.field.evaluate(SAFARI, key_code)

    assert composing is False
    expect(opened.turns).to_have_count(0)
    expect(opened.field).to_have_value("群聚要幾家")


def test_a_plain_enter_sends(opened: Seen) -> None:
    """The same key, told the same way, without a composition before it, sends."""
    opened.field.evaluate(PLAIN)

    expect(opened.turns).to_have_count(1)


def test_escape_while_composing_closes_nothing(opened: Seen) -> None:
    """Escape that drops a composition leaves the panel open."""
    session = opened.page.context.new_cdp_session(opened.page)
    opened.field.focus()
    compose(session)
    escape = {"type": "keyDown", "key": "Escape", "code": "Escape", "windowsVirtualKeyCode": 27}
    session.send("Input.dispatchKeyEvent", escape)

    expect(opened.panel).to_be_visible()


def test_shift_enter_is_a_new_line(opened: Seen) -> None:
    """With Shift, Enter writes a line."""
    opened.field.press("End")
    opened.field.press("Shift+Enter")
    opened.page.keyboard.insert_text("第二行")

    expect(opened.field).to_have_value("群聚要幾家\n第二行")
    expect(opened.turns).to_have_count(0)


def test_touch_screens_send_by_the_button(visit: Visit) -> None:
    """On a touch screen Enter writes a line; the button, always there, sends."""
    seen = visit("phone", touch=True)
    seen.open()
    seen.field.fill("第一行")
    seen.field.press("Enter")
    seen.page.keyboard.insert_text("第二行")

    expect(seen.field).to_have_value("第一行\n第二行")
    expect(seen.send).to_be_in_viewport()
    seen.send.click()
    expect(seen.turns).to_have_count(1)
