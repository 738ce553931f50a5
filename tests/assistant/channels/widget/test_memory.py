"""What outlives a reload, and what the widget does where nothing can be kept."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.channels.widget.conftest import ONE_LINE, Seen, Stage, Visit, answered

pytestmark = pytest.mark.browser
QUESTION = "A類要幾家？"


def test_conversation_outlives_a_reload(seen: Seen, stage: Stage) -> None:
    """After a reload the panel is open, with the conversation and the draft; it goes on in the same session."""
    seen.ask(QUESTION)
    answered(seen)
    session = seen.session
    seen.field.fill("還沒寫完")
    seen.page.reload()

    answered(seen)
    expect(seen.field).to_have_value("還沒寫完")
    seen.ask("那B類呢？")
    answered(seen, 2)
    assert stage.assistant.questions[1].session_id == session


def test_question_cut_off_by_a_reload(seen: Seen, stage: Stage) -> None:
    """A question that a reload cut off is there with a way to ask it again."""
    stage.assistant.gate.clear()
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("正在查找條文")
    seen.page.reload()
    expect(seen.turns.last).to_contain_text("已停止")
    stage.assistant.gate.set()
    seen.page.get_by_role("button", name="再試一次").click()

    answered(seen)
    assert len({asked["message_id"] for asked in seen.asked}) == 1


def test_opened_by_itself_and_used_stays_open(visit: Visit, stage: Stage) -> None:
    """A panel that opened by itself is open on the next page only once something was asked in it."""
    stage.site.embed = ONE_LINE.replace(" data-", ' data-opened="1000" data-', 1)
    seen = visit()
    expect(seen.panel).to_be_visible()
    expect(seen.field).not_to_be_focused()
    stage.site.embed, opened = ONE_LINE, stage.site.embed
    seen.page.reload()
    expect(seen.launcher).to_be_visible()
    expect(seen.panel).to_be_hidden()
    stage.site.embed = opened
    seen.page.reload()
    seen.ask(QUESTION)
    answered(seen)
    stage.site.embed = ONE_LINE
    seen.page.reload()

    expect(seen.panel).to_be_visible()


def test_opens_by_itself_only_where_there_is_room(visit: Visit, stage: Stage) -> None:
    """On a narrower page, or a phone, it stays closed."""
    stage.site.embed = ONE_LINE.replace(" data-", ' data-opened="1000" data-', 1)

    for size in ((900, 800), (390, 844), (1280, 400)):
        seen = visit(size=size)
        expect(seen.launcher).to_be_visible()
        expect(seen.panel).to_be_hidden()


def test_closed_stays_closed(seen: Seen) -> None:
    """A panel that was closed is closed after a reload, too."""
    seen.page.get_by_role("button", name="關閉").click()
    seen.page.reload()

    expect(seen.launcher).to_be_visible()
    expect(seen.panel).to_be_hidden()


def test_session_that_is_refused_is_left(visit: Visit, stage: Stage) -> None:
    """A session that belongs to another programme is left for a new one; the question is answered."""
    stage.service.conversations.start("taken", "another")
    kept = json.dumps({"session": "taken", "turns": []})

    def before(page: Page) -> None:
        key = f"guideline-assistant {stage.api} digital-cluster panel"
        page.add_init_script(f"sessionStorage.setItem({key!r}, {kept!r})")

    seen = visit(before=before)
    seen.open()
    seen.ask(QUESTION)
    answered(seen)

    assert [asked["session_id"] == "taken" for asked in seen.asked] == [True, False]
    seen.complaints.clear()  # the browser tells of the 422


@pytest.mark.parametrize("kept", ["{", "null", '{"turns": 1}', '{"turns": []}'])
def test_damaged_storage_is_a_new_conversation(visit: Visit, stage: Stage, kept: str) -> None:
    """Whatever is found in the storage, a question can be asked."""

    def before(page: Page) -> None:
        key = f"guideline-assistant {stage.api} digital-cluster panel"
        page.add_init_script(f"sessionStorage.setItem({key!r}, {kept!r})")

    seen = visit(before=before)
    seen.open()
    seen.ask(QUESTION)

    answered(seen)


def test_storage_that_is_turned_off(visit: Visit) -> None:
    """Without storage the conversation lasts as long as the page."""
    seen = visit(
        before=lambda page: page.add_init_script(
            "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no') }})"
        )
    )
    seen.open()
    seen.ask(QUESTION)

    answered(seen)


def test_storage_that_lasts(visit: Visit, stage: Stage) -> None:
    """With data-storage="local" a new tab goes on with the conversation."""
    stage.site.embed = ONE_LINE.replace(" data-", ' data-storage="local" data-', 1)
    seen = visit()
    seen.open()
    seen.ask(QUESTION)
    answered(seen)
    tab = seen.page.context.new_page()
    tab.goto(seen.page.url)

    expect(tab.get_by_role("log").get_by_role("article")).to_have_count(1)
