"""
Pages of the console in a real browser.

With SCREENSHOTS set to a folder, what is seen is kept there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, Page, expect

SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
OpenPage = Callable[..., Page]


@contextmanager
def opening(browser: Browser, server: str, password: str) -> Iterator[OpenPage]:
    """Opens pages as Amy, already signed in; fails at the end if the browser complained of anything."""
    complaints: list[str] = []
    contexts = []

    def opened(javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=server,
            viewport={"width": 1280, "height": 900},
            java_script_enabled=javascript,
            locale="zh-TW",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/desk")
        page.get_by_label("帳號").fill("amy")
        page.get_by_label("密碼").fill(password)
        page.get_by_role("button", name="登入").click()
        expect(page.get_by_role("heading", name="收件匣")).to_be_visible()
        return page

    yield opened
    for context in contexts:
        context.close()
    # A refused form has its status logged.
    assert [text for text in complaints if not re.search(r"status of 4\d\d", text)] == []


def keep(page: Page, name: str) -> None:
    """Save what is seen, if asked to."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"desk-{name}.png", full_page=True)
