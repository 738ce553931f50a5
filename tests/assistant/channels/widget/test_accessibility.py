"""
WCAG 2.2 AA and 網站無障礙規範 115.11 AA in every state, and what no scanner sees.

axe_zh_TW.json is the Traditional Chinese locale of axe-core 4.12.1 (Deque Systems, MPL 2.0), unchanged.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assistant.domain import Answer, Line, Outcome, Referral
from assistant.verdict import Missing, Verdict
from tests.assistant.channels.widget.conftest import CITED, Scheme, Seen, Stage, Visit
from tests.assistant.channels.widget.flat import flattened
from tests.assistant.channels.widget.test_answers import ineligible

pytestmark = pytest.mark.browser

QUESTION: Final = "A類要幾家？"
WCAG: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
LOCALE: Final = json.loads((Path(__file__).parent / "axe_zh_TW.json").read_text(encoding="utf-8"))
# Every announcement that is made, in order.
HEARD: Final = """() => { window.heard = []; for (const region of document.querySelectorAll("body > div > [aria-live], body > div > [role=alert]"))
  new MutationObserver(() => region.textContent && window.heard.push(region.textContent)).observe(region, {childList: true}); }"""
STATES: Final[dict[str, Callable[[Seen, Stage], None]]] = {}
Act = Callable[[Seen, Stage], None]


def state(name: str) -> Callable[[Act], Act]:
    """Note a state of the widget that is scanned."""

    def noted(act: Act) -> Act:
        STATES[name] = act
        return act

    return noted


@state("closed")
def closed(seen: Seen, stage: Stage) -> None:
    """Only the launcher."""
    del stage
    expect(seen.launcher).to_be_visible()


@state("open")
def opened(seen: Seen, stage: Stage) -> None:
    """The panel with the starters."""
    seen.open()
    expect(seen.log.get_by_role("button", name=stage.guideline.groups[0].question)).to_be_visible()


@state("streaming")
def streaming(seen: Seen, stage: Stage) -> None:
    """In the middle of an answer."""
    stage.assistant.gate.clear()
    seen.open()
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("正在查找條文")


@state("answered")
def answered(seen: Seen, stage: Stage) -> None:
    """An answer with its sources."""
    del stage
    seen.open()
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("依據的條文")


@state("clause")
def clause(seen: Seen, stage: Stage) -> None:
    """A clause opened in place."""
    answered(seen, stage)
    seen.log.locator(".mark").first.click()
    expect(seen.log.locator("mark")).to_be_visible()


@state("verdict")
def verdict(seen: Seen, stage: Stage) -> None:
    """A verdict as a table, and a clause opened from it."""
    stage.assistant.draft = ineligible(stage)
    answered(seen, stage)
    seen.log.get_by_role("table").locator(".mark").last.click()
    expect(seen.log.locator("mark")).to_be_visible()


@state("missing")
def missing(seen: Seen, stage: Stage) -> None:
    """A fact is asked for, and something is wrong with what was written."""
    asked = (Missing("coached_within_3y", "其中幾家三年內接受過數位群聚相關輔導？"),)
    stage.assistant.draft = replace(
        stage.assistant.draft, outcome=Outcome.NEEDS_INFO, verdict=Verdict("unknown", "A類", missing=asked)
    )
    answered(seen, stage)
    seen.page.get_by_role("button", name="送出答案").click()
    expect(seen.log).to_contain_text("請先填寫")


@state("silent")
def silent(seen: Seen, stage: Stage) -> None:
    """The guideline is silent: whom to ask."""
    referral = Referral("請洽計畫辦公室", "補助金額", (CITED,))
    silence = Line("silence", "指引沒有說明「補助金額」。")
    stage.assistant.draft = Answer(
        "", "", Outcome.NO_CLAUSE, silence.text, referral=referral, lines=(silence,)
    )
    seen.open()
    seen.ask("補助多少？")
    expect(seen.turns.last.get_by_role("link")).to_be_visible()


@state("feedback")
def feedback(seen: Seen, stage: Stage) -> None:
    """Asked why it was no help."""
    answered(seen, stage)
    seen.log.get_by_role("button", name="沒有幫助").click()
    expect(seen.log.get_by_role("radio").first).to_be_focused()


@state("error")
def failed(seen: Seen, stage: Stage) -> None:
    """The server fails, and the draft is kept."""
    stage.assistant.failure = RuntimeError("broken")
    seen.open()
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("系統發生未預期的錯誤")


@state("clearing")
def clearing(seen: Seen, stage: Stage) -> None:
    """Asked whether to clear the conversation."""
    answered(seen, stage)
    seen.page.get_by_role("button", name="清除對話").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(visit: Visit, stage: Stage, name: str, screen: str, scheme: Scheme) -> None:
    """In every state, on a phone and a desktop, light and dark, axe finds no violation; a picture is kept."""
    seen = visit(screen, scheme)
    STATES[name](seen, stage)
    seen.keep(f"{name}-{screen}-{scheme}")

    violations = scanned(seen.page)["violations"]
    assert [(v["id"], v["help"], [n["html"] for n in v["nodes"]]) for v in violations] == []


def test_axe_reads_the_shadow_root(visit: Visit) -> None:
    """The scan above is no empty one: a button without a name inside the shadow root is found."""
    seen = visit()
    spoil = "document.querySelector('guideline-assistant').shadowRoot.querySelector('.launcher').replaceChildren()"
    seen.page.evaluate(spoil)

    assert [violation["id"] for violation in scanned(seen.page)["violations"]] == ["button-name"]


@pytest.mark.parametrize("name", STATES)
def test_moda_finds_nothing(visit: Visit, stage: Stage, tmp_path: Path, name: str) -> None:
    """Nor does the scanner of 網站無障礙規範 115.11, level AA, on the page with its shadow roots written out."""
    seen = visit()
    STATES[name](seen, stage)
    page = tmp_path / "page.html"
    page.write_text(flattened(seen.page), encoding="utf-8")

    assert "guideline-assistant" in page.read_text(encoding="utf-8")
    assert moda(page) == []


def test_moda_reads_what_is_flattened(visit: Visit, stage: Stage, tmp_path: Path) -> None:
    """The scan above is no empty one: a picture without a text inside the shadow root is found."""
    seen = visit()
    opened(seen, stage)
    spoilt = flattened(seen.page).replace("<svg", '<img src="data:,"><svg', 1)
    page = tmp_path / "page.html"
    page.write_text(spoilt, encoding="utf-8")

    assert moda(page) != []


@pytest.mark.parametrize("size", [(320, 640), (640, 400)], ids=["320 pixels", "200 percent"])
@pytest.mark.parametrize("name", STATES)
def test_reflow(visit: Visit, stage: Stage, name: str, size: tuple[int, int]) -> None:
    """At 320 pixels, and at 1280 x 800 zoomed to 200 %, nothing is cut off or scrolled sideways."""
    seen = visit(size=size)
    STATES[name](seen, stage)

    wide = """() => { const root = document.querySelector("guideline-assistant").shadowRoot;
      const cut = [...root.querySelectorAll("*")].filter((node) => node.scrollWidth > node.clientWidth + 1
        && node.clientWidth > 1 && getComputedStyle(node).overflowX !== "visible");
      const out = [...root.querySelectorAll("button, input, textarea, table")].filter((node) =>
        node.getClientRects().length && (node.getBoundingClientRect().right > innerWidth + 1 || node.getBoundingClientRect().left < -1));
      return [...cut, ...out].map((node) => node.className || node.tagName); }"""
    assert seen.page.evaluate(wide) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    if name != "closed":
        expect(seen.send).to_be_in_viewport(ratio=1)
        expect(seen.field).to_be_in_viewport(ratio=1)
    seen.keep(f"{name}-{size[0]}")


@pytest.mark.parametrize("name", STATES)
def test_targets_are_large_enough(visit: Visit, stage: Stage, name: str) -> None:
    """Whatever is pressed is at least 24 by 24 pixels, marks within the text included."""
    seen = visit("phone")
    STATES[name](seen, stage)

    small = """() => { const root = document.querySelector("guideline-assistant").shadowRoot;
      const pressed = (node) => node.matches("input[type=radio]") ? node.closest("label") : node;
      return [...root.querySelectorAll("button, a, input, textarea, summary")].map(pressed)
        .filter((node) => node.getClientRects().length).map((node) => [node.outerHTML, node.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html); }"""
    assert seen.page.evaluate(small) == []


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


@pytest.mark.parametrize(("motion", "running"), [("reduce", 0), ("no-preference", 1)])
def test_reduced_motion(
    visit: Visit, stage: Stage, motion: Literal["reduce", "no-preference"], running: int
) -> None:
    """Nothing moves for those who asked for that."""
    seen = visit(before=lambda page: page.emulate_media(reduced_motion=motion))
    streaming(seen, stage)

    script = """() => document.querySelector("guideline-assistant").shadowRoot.getAnimations()
      .filter((animation) => animation.effect.getComputedTiming().iterations === Infinity).length"""
    assert seen.page.evaluate(script) == running


def test_larger_letters(visit: Visit, stage: Stage) -> None:
    """The widget follows the letters' size, and 200 % of it cuts nothing off."""
    stage.site.style = "guideline-assistant { --ga-font-size: 32px; }"
    seen = visit()
    verdict(seen, stage)

    assert seen.field.evaluate("e => getComputedStyle(e).fontSize") == "32px"
    expect(seen.send).to_be_in_viewport(ratio=1)
    assert seen.log.evaluate("e => e.scrollWidth <= e.clientWidth")
    seen.keep("letters-200")


def scanned(page: Page) -> dict[str, Any]:
    """What axe says of the page, in Traditional Chinese."""
    page.evaluate(Axe().axe_script)
    page.evaluate("locale => axe.configure({locale})", LOCALE)
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    return found


def moda(page: Path) -> list[str]:
    """What a11y-moda finds failed on a page."""
    command = ["scan", str(page), "--allow-file", "--level", "AA", "--spec", "115.11", "--fail-only"]
    report = page.with_suffix(".json")
    scan = [str(Path(sys.executable).with_name("a11y-moda")), *command, "--format", "json", "-o", str(report)]
    subprocess.run(scan, check=False, capture_output=True, timeout=120)
    found = json.loads(report.read_text(encoding="utf-8"))
    return [f"{issue['rule_id']} {issue['message']} {issue['snippet']}" for issue in found["issues"]]
