"""A conversation: asked, stopped, cleared, gone on with."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.assistant.channels.widget.conftest import Seen, Stage, answered

pytestmark = pytest.mark.browser
QUESTION = "A類要幾家？"


def test_starter_question_is_asked(seen: Seen, stage: Stage) -> None:
    """The starters are the programme's own questions; one of them begins the conversation."""
    starter = stage.guideline.groups[0].question
    seen.log.get_by_role("button", name=starter).click()

    answered(seen)
    assert [question.text for question in stage.assistant.questions] == [starter]
    expect(seen.log.get_by_role("button", name=starter)).to_have_count(0)


def test_states_are_seen_while_waiting(seen: Seen, stage: Stage) -> None:
    """What the server says that it is doing is shown step by step; sending again is refused in words."""
    stage.assistant.gate.clear()
    seen.ask(QUESTION)

    expect(seen.turns.last.get_by_role("listitem")).to_have_text(["正在查找條文"])
    expect(seen.page.get_by_role("button", name="停止")).to_be_visible()
    seen.field.fill("第二題")
    seen.field.press("Enter")
    expect(seen.panel).to_contain_text("上一個問題還在回答中")
    expect(seen.field).to_have_value("第二題")
    stage.assistant.gate.set()
    answered(seen)
    expect(seen.page.get_by_role("button", name="停止")).to_be_hidden()
    assert len(stage.assistant.questions) == 1


def test_stop_and_ask_again(seen: Seen, stage: Stage) -> None:
    """Stopped, it says so; tried again, it is the same message with the same id."""
    stage.assistant.gate.clear()
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("正在查找條文")
    seen.page.get_by_role("button", name="停止").click()
    expect(seen.turns.last).to_contain_text("已停止")
    stage.assistant.gate.set()
    seen.page.get_by_role("button", name="再試一次").click()

    answered(seen)
    first, second = seen.asked
    assert first["message_id"] == second["message_id"]


def test_clearing_deletes_here_and_on_the_server(seen: Seen, stage: Stage) -> None:
    """Asked first, then the conversation is gone from the page, its storage and the server's records."""
    seen.ask(QUESTION)
    answered(seen)
    session = seen.session
    assert len(stage.service.conversations.recent(session, 9)) == 1
    clear = seen.page.get_by_role("button", name="清除對話")
    clear.click()
    seen.page.get_by_role("button", name="取消").click()
    answered(seen)
    clear.click()
    with seen.page.expect_response("**/api/forget") as response:
        seen.page.get_by_role("button", name="清除", exact=True).click()

    assert response.value.status == 204
    expect(seen.turns).to_have_count(0)
    expect(seen.log.get_by_role("button").first).to_be_visible()
    expect(seen.field).to_be_focused()
    assert stage.service.conversations.recent(session, 9) == ()
    assert QUESTION not in seen.page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    seen.ask(QUESTION)
    answered(seen)
    assert seen.session != session


def test_clearing_while_it_answers(seen: Seen, stage: Stage) -> None:
    """Cleared in the middle of an answer, nothing of it comes back."""
    stage.assistant.gate.clear()
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("正在查找條文")
    seen.page.get_by_role("button", name="清除對話").click()
    seen.page.get_by_role("button", name="清除", exact=True).click()
    stage.assistant.gate.set()
    seen.ask("第二題")

    answered(seen)
    expect(seen.turns).to_have_count(1)


def test_two_thousand_characters(seen: Seen, stage: Stage) -> None:
    """The count is shown; one too many is not sent, and words say by how much; emoji count as one."""
    seen.field.fill("😀" * 2001)
    expect(seen.panel).to_contain_text("2,001／2,000 字")
    seen.send.click()
    expect(seen.panel).to_contain_text("問題最多 2,000 字，現在有 2,001 字")
    assert stage.assistant.questions == []
    seen.field.fill(f"  {'問' * 2000}\n")
    expect(seen.panel).to_contain_text("2,000／2,000 字")
    seen.send.click()

    answered(seen)


def test_nothing_is_not_sent(seen: Seen, stage: Stage) -> None:
    """Blanks are not sent; words say what to do, the field is marked and has the focus."""
    seen.ask("  \n")

    expect(seen.panel).to_contain_text("還沒有寫問題")
    expect(seen.field).to_be_focused()
    assert seen.field.get_attribute("aria-invalid") == "true"
    assert stage.assistant.questions == []


def test_followup_is_asked(seen: Seen, stage: Stage) -> None:
    """A follow-up is asked by one press; only the last answer offers any."""
    seen.ask(QUESTION)
    answered(seen)
    seen.log.get_by_role("button", name="B類的申請條件有哪些?").click()
    answered(seen, 2)

    assert [question.text for question in stage.assistant.questions] == [QUESTION, "B類的申請條件有哪些?"]
    expect(seen.log.get_by_role("button", name="B類的申請條件有哪些?")).to_have_count(1)
