"""One line on a page of another origin, under a strict policy, whatever the page's own style."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.channels.widget.conftest import Stage, Visit

pytestmark = pytest.mark.browser

HOSTILE = """
* { display: none !important; font: 3px/1 fantasy !important; color: red !important; letter-spacing: 2em !important; }
html, head, body, body > header, main, main *, footer, body > guideline-assistant { display: block !important; }
head { display: none !important; }
html { font-size: 4px !important; direction: rtl; }
button, textarea, svg, div { opacity: 0 !important; transform: rotate(180deg) !important; pointer-events: none !important; }
guideline-assistant { opacity: .01 !important; visibility: hidden !important; filter: blur(9px) !important;
  position: absolute !important; left: -9999px !important; clip-path: inset(50%) !important; z-index: -1 !important; }
:focus, :focus-visible { outline: none !important; }
"""
GLOBALS = "Object.keys(window).concat(Object.getOwnPropertyNames(window)).sort().join()"
INLINE = '<guideline-assistant endpoint="{api}" programme="digital-cluster"></guideline-assistant>'


def test_one_line_is_enough(visit: Visit, stage: Stage) -> None:
    """With the one line, and the policy of the documentation, a question gets its cited answer."""
    seen = visit()

    seen.open()
    seen.ask("A類要幾家？")

    expect(seen.turns.last).to_contain_text(stage.guideline.by_id["digital-cluster/7/A/1"].plain)
    assert [asked["path"] for asked in seen.asked] == ["chat/stream"]
    assert seen.asked[0]["programme"] == "digital-cluster"


def test_inline_element(visit: Visit, stage: Stage) -> None:
    """The element stands where it was written, open, with no launcher and no way to close it."""
    stage.site.embed, stage.site.inline = '<script src="{api}/widget.js" defer></script>', INLINE
    seen = visit()

    expect(seen.field).to_be_visible()
    expect(seen.launcher).to_have_count(0)
    expect(seen.page.get_by_role("button", name="關閉")).to_have_count(0)
    assert seen.page.locator("main guideline-assistant").count() == 1
    seen.ask("A類要幾家？")
    expect(seen.turns).to_have_count(1)


def test_a_hostile_style_sheet_changes_nothing(visit: Visit, stage: Stage) -> None:
    """Launcher and panel have the same place, size and look as on a page with no style at all."""
    looks = []
    for style in ("", HOSTILE):
        stage.site.style = style
        seen = visit()
        found = [_look(seen.page, "button.launcher")]
        seen.open()
        seen.ask("A類要幾家？")
        expect(seen.turns.last).to_contain_text("依據的條文")
        found += [
            _look(seen.page, name) for name in (".panel", ".question", ".mark", ".send", ".composer textarea")
        ]
        looks.append(found)
    seen.keep("hostile-page")

    assert looks[0] == looks[1]


def test_the_page_keeps_its_own_look(visit: Visit, stage: Stage) -> None:
    """Nothing of the widget's style reaches the page."""
    stage.site.embed = ""
    bare = _look(visit().page, "main")
    stage.site.embed = '<script src="{api}/widget.js" defer data-programme=""></script>'
    seen = visit()
    seen.open()

    assert _look(seen.page, "main") == bare


def test_no_globals_no_cookies(visit: Visit, stage: Stage) -> None:
    """After a conversation the page's window has no new name, and there are no cookies."""
    stage.site.embed = ""
    bare = visit().page.evaluate(GLOBALS)
    stage.site.embed = '<script src="{api}/widget.js" defer data-programme=""></script>'
    seen = visit()
    seen.open()
    seen.ask("A類要幾家？")
    expect(seen.turns.last).to_contain_text("依據的條文")

    assert seen.page.evaluate(GLOBALS) == bare
    assert seen.page.context.cookies() == []


def test_twice_on_a_page_is_once(visit: Visit, stage: Stage) -> None:
    """A page that has the script twice has two widgets at most, and no error."""
    stage.site.embed = '<script src="{api}/widget.js" defer></script>' * 2 + stage.site.embed
    seen = visit()

    expect(seen.launcher).to_have_count(1)


def test_origin_that_is_not_allowed_is_told_in_words(visit: Visit, stage: Stage) -> None:
    """On a site that is not on the list the question stays, and words say that the service is not reached."""
    seen = visit(url=f"{stage.home.replace('127.0.0.1', 'localhost')}/embed-test.html")
    seen.open()
    seen.ask("A類要幾家？")

    expect(seen.turns.last).to_contain_text("連不上問答服務")
    expect(seen.field).to_have_value("A類要幾家？")
    assert stage.assistant.questions == []
    assert all("CORS" in text or "ERR_FAILED" in text for text in seen.complaints)
    seen.complaints.clear()


def test_texts_and_colours_are_the_pages(visit: Visit, stage: Stage) -> None:
    """Attributes replace texts and starters, variables replace colours; the rest stays."""
    stage.site.embed = (
        '<script src="{api}/widget.js" defer data-programme="" data-text-launcher="問小幫手" '
        'data-text-title="縣府小幫手" data-starters="第一題|第二題" data-theme="dark"></script>'
    )
    stage.site.style = "guideline-assistant { --ga-dark-accent: rgb(255, 200, 0); }"
    seen = visit()

    launcher = seen.page.get_by_role("button", name="問小幫手")
    assert launcher.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 200, 0)"
    launcher.click()
    expect(seen.panel.get_by_role("heading", name="縣府小幫手")).to_be_visible()
    expect(seen.log.get_by_role("button")).to_have_text(["第一題", "第二題"])


def test_page_is_told_what_happens(visit: Visit) -> None:
    """Events tell the page of opening, of answers without their words, and of closing."""
    seen = visit()
    seen.page.evaluate(
        """() => { for (const name of ["open", "answer", "close"]) addEventListener("guideline-assistant:" + name,
        (event) => document.body.append(Object.assign(document.createElement("i"),
          {className: name, textContent: JSON.stringify(event.detail)}))) }"""
    )
    seen.open()
    seen.ask("A類要幾家？")
    expect(seen.turns.last).to_contain_text("依據的條文")
    seen.page.get_by_role("button", name="關閉").click()

    assert seen.page.locator("i.open, i.close").count() == 2
    told = seen.page.locator("i.answer").text_content() or ""
    assert '"outcome":"answered"' in told
    assert "A類" not in told


def test_element_that_is_removed_leaves_nothing(visit: Visit) -> None:
    """With the element its announcer goes, too; put back, it shows the same conversation."""
    seen = visit()
    seen.open()
    seen.ask("A類要幾家？")
    expect(seen.turns.last).to_contain_text("依據的條文")
    script = """() => { const found = document.querySelector("guideline-assistant"); found.remove();
      const left = document.querySelectorAll("[aria-live]").length; document.body.append(found); return left; }"""

    assert seen.page.evaluate(script) == 0
    expect(seen.turns).to_have_count(1)


def _look(page: Page, selector: str) -> object:
    """Where an element is and how it looks."""
    element = page.locator(selector).first
    names = [
        "color",
        "backgroundColor",
        "fontSize",
        "fontFamily",
        "letterSpacing",
        "opacity",
        "transform",
        "visibility",
    ]
    style = element.evaluate("(e, names) => names.map((name) => getComputedStyle(e)[name])", names)
    return element.bounding_box(), style
