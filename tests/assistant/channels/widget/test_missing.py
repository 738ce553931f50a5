"""A fact that is missing is asked for, and answered by a press or a number."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from assistant.domain import Line, Outcome
from assistant.verdict import Missing, Verdict
from tests.assistant.channels.widget.conftest import Seen, Stage

pytestmark = pytest.mark.browser
QUESTION = "A類要幾家？"


@pytest.mark.parametrize(
    ("fact", "written", "sent"),
    [
        ("coached_within_3y", "４", "4 家"),
        ("first_joined_year", "108", "108 年"),
        ("replaced_share", "30", "30%"),
        ("breach_date", "2025-03-01", "2025-03-01"),
    ],
)
def test_missing_fact_is_asked_for_and_answered(
    seen: Seen, stage: Stage, fact: str, written: str, sent: str
) -> None:
    """The fact's question is the label of an input; what is written there is sent with its unit."""
    ask_for(stage, fact)
    seen.ask(QUESTION)
    field = seen.log.get_by_label(f"{fact}是多少？")
    seen.page.get_by_role("button", name="送出答案").click()
    expect(seen.log).to_contain_text("請先填寫")
    expect(field).to_be_focused()
    field.fill(written)
    seen.page.get_by_role("button", name="送出答案").click()

    expect(seen.turns).to_have_count(2)
    expect(seen.turns.last).to_contain_text("還不能判斷")
    assert [question.text for question in stage.assistant.questions] == [QUESTION, sent]


@pytest.mark.parametrize(
    ("fact", "choice"), [("track", "A類"), ("force_majeure", "不是"), ("unqualified_members", "都沒有")]
)
def test_choice_is_one_press(seen: Seen, stage: Stage, fact: str, choice: str) -> None:
    """What can be said without typing is a button, beside the field where there is one."""
    ask_for(stage, fact)
    seen.ask(QUESTION)
    seen.log.get_by_role("button", name=choice, exact=True).click()

    expect(seen.turns).to_have_count(2)
    expect(seen.turns.last).to_contain_text("還不能判斷")
    assert stage.assistant.questions[1].text == choice


def test_letters_are_no_number(seen: Seen, stage: Stage) -> None:
    """Words where a number is asked for are not sent; it says what would do."""
    ask_for(stage, "coached_within_3y")
    seen.ask(QUESTION)
    field = seen.log.get_by_label("coached_within_3y是多少？")
    field.fill("很多")
    field.press("Enter")

    expect(seen.log).to_contain_text("請填數字")
    assert len(stage.assistant.questions) == 1


def ask_for(stage: Stage, fact: str) -> None:
    """Have the assistant ask for a fact."""
    replies = {
        "track": ("群聚", "A類", "B類"),
        "force_majeure": ("是", "不是"),
        "unqualified_members": ("都沒有",),
    }
    missing = (Missing(fact, f"{fact}是多少？", replies.get(fact, ())),)
    stage.assistant.draft = replace(
        stage.assistant.draft,
        outcome=Outcome.NEEDS_INFO,
        lines=(Line("lead", "還不能判斷。"), Line("question", f"請問：{fact}是多少？")),
        verdict=Verdict("unknown", "A類", missing=missing),
    )
