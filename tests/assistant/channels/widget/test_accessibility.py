"""
WCAG 2.2 AA and 網站無障礙規範 115.11 AA in every state, and what no scanner sees.

axe_zh_TW.json is the Traditional Chinese locale of axe-core 4.12.1 (Deque Systems, MPL 2.0), unchanged.
"""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.assistant.channels.widget.conftest import SCHEMES, SCREENS, Stage, Visit
from tests.assistant.channels.widget.flat import flattened
from tests.assistant.channels.widget.states import STATES, opened, streaming, verdict

pytestmark = pytest.mark.browser
WCAG: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
LOCALE: Final = json.loads((Path(__file__).parent / "axe_zh_TW.json").read_text(encoding="utf-8"))

# Elements whose content is wider than they are, and controls that reach beyond the screen.
CUT: Final = """() => { const root = document.querySelector("guideline-assistant").shadowRoot;
  const cut = [...root.querySelectorAll("*")].filter((node) => node.scrollWidth > node.clientWidth + 1
    && node.clientWidth > 1 && getComputedStyle(node).overflowX !== "visible");
  const out = [...root.querySelectorAll("button, input, select, textarea, table")].filter((node) =>
    node.getClientRects().length && (node.getBoundingClientRect().right > innerWidth + 1 || node.getBoundingClientRect().left < -1));
  return [...cut, ...out].map((node) => node.className || node.tagName); }"""
# What is pressed and smaller than 24 by 24 pixels.
SMALL: Final = """() => { const root = document.querySelector("guideline-assistant").shadowRoot;
  const pressed = (node) => node.matches("input[type=radio]") ? node.closest("label") : node;
  return [...root.querySelectorAll("button, a, input, select, textarea, summary")].map(pressed)
    .filter((node) => node.getClientRects().length).map((node) => [node.outerHTML, node.getBoundingClientRect()])
    .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html); }"""


@pytest.mark.parametrize("name", STATES)
def test_no_scanner_finds_anything(visit: Visit, stage: Stage, tmp_path: Path, name: str) -> None:
    """
    In every state axe finds no violation, on a desktop and a phone, light and dark; a picture is kept.

    Nor does the scanner of 網站無障礙規範 115.11, level AA, on the page with its shadow roots written out.
    One visit is looked at in each way: the way into a state takes longer than the scans.
    """
    seen = visit()
    STATES[name](seen, stage)
    page = tmp_path / "page.html"
    page.write_text(flattened(seen.page), encoding="utf-8")

    found = {}
    for screen, scheme in product(("desktop", "phone"), SCHEMES):
        seen.shown(SCREENS[screen], scheme)
        seen.keep(f"{name}-{screen}-{scheme}")
        violations = scanned(seen.page)["violations"]
        found[screen, scheme] = [(v["id"], v["help"], [n["html"] for n in v["nodes"]]) for v in violations]
    assert {way: violations for way, violations in found.items() if violations} == {}
    assert "guideline-assistant" in page.read_text(encoding="utf-8")
    assert moda(page) == []


def test_axe_reads_the_shadow_root(visit: Visit) -> None:
    """The scan above is no empty one: a button without a name inside the shadow root is found."""
    seen = visit()
    spoil = "document.querySelector('guideline-assistant').shadowRoot.querySelector('.launcher').replaceChildren()"
    seen.page.evaluate(spoil)

    assert [violation["id"] for violation in scanned(seen.page)["violations"]] == ["button-name"]


def test_moda_reads_what_is_flattened(visit: Visit, stage: Stage, tmp_path: Path) -> None:
    """The scan above is no empty one: a picture without a text inside the shadow root is found."""
    seen = visit()
    opened(seen, stage)
    spoilt = flattened(seen.page).replace("<svg", '<img src="data:,"><svg', 1)
    page = tmp_path / "page.html"
    page.write_text(spoilt, encoding="utf-8")

    assert moda(page) != []


@pytest.mark.parametrize("name", STATES)
def test_everything_is_in_reach(visit: Visit, stage: Stage, name: str) -> None:
    """
    At 320 pixels, and at 1280 x 800 zoomed to 200 %, nothing is cut off or scrolled sideways.

    On a phone whatever is pressed is at least 24 by 24 pixels, marks within the text included.
    """
    seen = visit("phone")
    STATES[name](seen, stage)

    assert seen.page.evaluate(SMALL) == []
    for size in ((320, 640), (640, 400)):
        seen.shown(size)
        assert seen.page.evaluate(CUT) == [], size
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        if name != "closed":
            expect(seen.send).to_be_in_viewport(ratio=1)
            expect(seen.field).to_be_in_viewport(ratio=1)
        seen.keep(f"{name}-{size[0]}")


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
