"""A conversation with the real assistant, from the real index, as people see it; the pictures are kept."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from assistant.config import ROOT, load_settings
from assistant.ports import TAIPEI
from assistant.wiring import application, open_service
from ingest.build import build
from tests.assistant.channels.serving import served
from tests.assistant.channels.widget.conftest import PROGRAMME, Scheme, Seen, Visit
from tests.fakes import FixedClock

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, encoder_folder: Path) -> Iterator[str]:
    """The address of the whole application, on a day in 2026, with records of its own."""
    del encoder_folder  # built by now
    records = tmp_path_factory.mktemp("records") / "records.sqlite3"
    settings = load_settings({"ASSISTANT_DATABASE_URL": f"sqlite:///{records}"})
    build(ROOT / "corpus" / PROGRAMME, settings, print)
    clock = FixedClock(datetime(2026, 11, 22, 12, 0, tzinfo=TAIPEI))
    with (
        open_service(settings, clock) as service,
        socket.create_server(("127.0.0.1", 0)) as listener,
        served(application(settings, service), listener) as address,
    ):
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_conversation(visit: Visit, real: str, screen: str, scheme: Scheme) -> None:
    """A fact is asked for, given, judged; the clause is read; a silence and a follow-up are told apart."""
    name = f"{screen}-{scheme}"
    seen = visit(screen, scheme, touch=screen == "phone", url=real)
    if screen == "phone":
        expect(seen.panel).to_be_hidden()
        seen.keep(f"real-{name}-0-page")
        seen.launcher.tap()
    expect(seen.log.get_by_role("button").first).to_be_visible()
    seen.keep(f"real-{name}-1-open")

    seen.ask("我們有12家可以申請A類嗎")
    seen.log.get_by_label("其中幾家三年內接受過數位群聚相關輔導？").fill("4")
    seen.keep(f"real-{name}-2-missing")
    seen.page.get_by_role("button", name="送出答案").click()
    expect(seen.turns).to_have_count(2)
    table = seen.turns.last.get_by_role("table", name=re.compile("A類逐項檢核.*不符合"))
    expect(table).to_contain_text("4 ÷ 12 = 33.3%")
    expect(seen.turns.last).to_contain_text("再加入 2 家未受輔導的企業（共 14 家）即符合")
    seen.keep(f"real-{name}-3-verdict")

    table.get_by_role("button", name=re.compile("依據〔3〕")).click()
    expect(seen.turns.last.locator("mark")).to_contain_text("比例不得超過群聚企業總數30%")
    seen.keep(f"real-{name}-4-clause")

    seen.ask("補助最多多少錢")
    expect(seen.turns.last).to_contain_text("條文沒有規定")
    expect(seen.turns.last).to_contain_text("可以問誰")
    expect(seen.turns.last.get_by_role("link").first).to_be_visible()
    seen.keep(f"real-{name}-5-silent")

    seen.ask("案子可以轉包嗎")
    expect(seen.turns.last).to_contain_text("依據的條文")
    seen.turns.last.get_by_role("button", name="沒有幫助").click()
    expect(seen.turns.last.get_by_role("radio").first).to_be_visible()
    seen.keep(f"real-{name}-6-feedback")


def test_the_page_without_javascript_gives_the_same_answer(visit: Visit, real: str) -> None:
    """The widget and the form of the page cite the same clauses, with the same verdict."""
    question = "我們12家,其中4家兩年前輔導過,可以申請A類嗎?"
    seen = visit(url=real)
    seen.ask(question)
    expect(seen.turns.last.get_by_role("table")).to_be_visible()
    sources = seen.turns.last.locator(".source span").all_text_contents()
    rows = _rows(seen, ".turn table")
    browser = seen.page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, locale="zh-TW", base_url=real)
    page = plain.new_page()
    page.goto("/")
    page.get_by_label("您的問題").fill(question)
    page.get_by_role("button", name="送出問題").click()

    assert page.locator(".citations h3 a").all_text_contents() == sources
    assert _rows(Seen(page, [], []), ".verdict table") == rows
    plain.close()


def test_message_sent_twice_is_answered_once(real: str) -> None:
    """The real assistant gives the answer of a message that it knows by its id, and adds no turn."""
    sent = {"message": "案子可以轉包嗎", "session_id": "twice", "message_id": "first"}

    first, second = (httpx.post(f"{real}/api/chat", json=sent, timeout=30).json() for _ in range(2))

    assert first == second
    assert first["outcome"] == "answered"
    assert httpx.get(f"{real}/answers/{first['id']}").status_code == 200


def _rows(seen: Seen, selector: str) -> list[list[str]]:
    """The cells of the verdict's rows, signs left out."""
    rows = seen.page.locator(f"{selector} tbody tr:nth-child(2)").all()
    return [[re.sub(r"[✓✕?☐\s]", "", text) for text in row.locator("td").all_text_contents()] for row in rows]
