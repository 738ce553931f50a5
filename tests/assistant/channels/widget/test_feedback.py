"""Whether an answer helped is kept on the server, with the reason."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from assistant.records.tables import FeedbackRow
from tests.assistant.channels.widget.conftest import Seen, Stage

pytestmark = pytest.mark.browser
QUESTION = "A類要幾家？"


def test_helpful(seen: Seen, stage: Stage) -> None:
    """One press is kept on the server, and is seen to be pressed, after a reload as well."""
    seen.ask(QUESTION)
    helpful = seen.log.get_by_role("button", name="有幫助", exact=True)
    helpful.click()

    expect(seen.log).to_contain_text("謝謝您的回饋")
    expect(helpful).to_have_attribute("aria-pressed", "true")
    assert told(stage) == [(True, None, None)]
    seen.page.reload()
    expect(helpful).to_have_attribute("aria-pressed", "true")


def test_unhelpful_with_a_reason(seen: Seen, stage: Stage) -> None:
    """沒有幫助 is kept at once; the reason and the comment follow."""
    seen.ask(QUESTION)
    seen.log.get_by_role("button", name="沒有幫助").click()
    expect(seen.log.get_by_role("radio").first).to_be_focused()
    assert told(stage) == [(False, None, None)]
    seen.log.get_by_label("條文引用不對").check()
    seen.log.get_by_label(re.compile("補充說明")).fill("應該是第3點")
    seen.log.get_by_role("button", name="送出回饋").click()

    expect(seen.log).to_contain_text("謝謝您的回饋")
    assert told(stage) == [(False, "條文引用不對", "應該是第3點")]


def test_feedback_that_fails_says_so(seen: Seen, stage: Stage) -> None:
    """An answer that the server no longer has: its words are shown, nothing looks pressed."""
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("依據的條文")
    stage.service.conversations.forget(seen.session)
    helpful = seen.log.get_by_role("button", name="有幫助", exact=True)
    helpful.click()

    expect(seen.log).to_contain_text("找不到這則回答")
    expect(helpful).to_have_attribute("aria-pressed", "false")
    seen.complaints.clear()


def told(stage: Stage) -> list[tuple[object, ...]]:
    """What the records hold of feedback."""
    with stage.service.database.reading() as session:
        rows = session.execute(select(FeedbackRow.helpful, FeedbackRow.reason, FeedbackRow.comment)).all()
        return [tuple(row) for row in rows]
