"""What was understood is a form: it shows each fact with the words that told it, and is judged again once put right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Locator, expect

from assistant.domain import Answer
from assistant.reading.form import HEADING
from assistant.verdict import Missing
from tests.assistant.channels.understood import READING, TOLD, understood
from tests.assistant.channels.widget.conftest import Seen, Stage, Visit
from tests.assistant.channels.widget.test_verdict import ineligible

pytestmark = pytest.mark.browser
QUESTION = "我們12家要報A類，有4家輔導過"


def judged(stage: Stage) -> Answer:
    """A verdict, with what was understood."""
    answer = ineligible(stage)
    assert answer.verdict is not None
    verdict = replace(answer.verdict, missing=(Missing("unqualified_members", "其中有幾家？"),))
    return understood(replace(answer, verdict=verdict))


def correcting(seen: Seen, stage: Stage) -> Locator:
    """The form, opened by the keyboard."""
    stage.assistant.draft = judged(stage)
    seen.ask(QUESTION)
    summary = seen.log.locator("summary", has_text="我的理解")
    summary.focus()
    summary.press("Enter")
    form = seen.log.locator(".reading form")
    expect(form).to_be_visible()
    return form


def test_shows_what_was_understood(seen: Seen, stage: Stage) -> None:
    """Each fact has its label, its value in a control that fits, and the words that told it; so has what was left over."""
    form = correcting(seen, stage)

    expect(seen.turns.last.get_by_text(TOLD, exact=True)).to_have_count(1)
    for label, value in {
        "申請類別": "A類",
        "群聚全部家數": "12",
        "三年內受輔導的家數": "4",
        "原成員更換的比例": "1/3",
        "放棄或未結案的日期": "2025-03-01",
        "各成員皆依法登記": "是",
        "未登記或不符合中小企業認定標準的家數": "",
    }.items():
        expect(form.get_by_label(label, exact=True)).to_have_value(value)
    expect(form.get_by_label("群聚全部家數")).to_have_accessible_description("您說「12家」")
    expect(form).to_contain_text("沒有讀懂、所以沒有算進來的話：「其中2家兩年都有」")


def test_is_judged_again(seen: Seen, stage: Stage) -> None:
    """What was put right is sent as lines of plain words; what nobody touched is sent as it was understood."""
    form = correcting(seen, stage)
    form.get_by_label("三年內受輔導的家數").fill("３")
    form.get_by_label("各成員皆依法登記").select_option("")
    form.get_by_label("放棄或未結案的日期").fill("")
    form.get_by_label("未登記或不符合中小企業認定標準的家數").fill("0家")
    form.get_by_label("未登記或不符合中小企業認定標準的家數").press("Enter")

    expect(seen.turns).to_have_count(2)
    expect(seen.turns.last).to_contain_text("依據的條文")
    assert stage.assistant.questions[1].text.split("\n") == [
        HEADING,
        "申請類別：A類",
        "群聚全部家數：12 家",
        "三年內受輔導的家數：3 家",
        "原成員更換的比例：1/3",
        "未登記或不符合中小企業認定標準的家數：0 家",
    ]
    assert stage.assistant.questions[1].session_id == seen.session


def test_says_what_is_wrong_and_where(seen: Seen, stage: Stage) -> None:
    """Words in place of a number are not sent: the field has the focus, and says what would do."""
    form = correcting(seen, stage)
    field = form.get_by_label("三年內受輔導的家數")
    field.fill("很多")
    form.get_by_role("button", name="重新判斷").click()

    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("您說「有4家輔導過」 三年內受輔導的家數請填數字，例如 3。")
    assert len(stage.assistant.questions) == 1


def test_an_empty_form_is_not_sent(seen: Seen, stage: Stage) -> None:
    """With every field emptied there is nothing to judge."""
    stage.assistant.draft = replace(
        judged(stage), reading=replace(READING, facts=READING.facts[1:2]), verdict=None
    )
    seen.ask(QUESTION)
    seen.log.locator("summary", has_text="我的理解").click()
    seen.log.get_by_label("群聚全部家數").fill("")
    seen.log.get_by_role("button", name="重新判斷").click()

    expect(seen.log.locator(".reading")).to_contain_text("請至少填一項")
    assert len(stage.assistant.questions) == 1


def test_nothing_moves_before_it_is_opened(visit: Visit, stage: Stage) -> None:
    """The form takes no room until somebody opens it, so that the verdict stays where it appeared."""
    seen = visit(size=(320, 640))
    seen.open()
    stage.assistant.draft = judged(stage)
    seen.ask(QUESTION)
    table = seen.log.get_by_role("table")
    expect(table).to_be_visible()
    before = table.bounding_box()
    seen.page.wait_for_load_state("networkidle")

    assert table.bounding_box() == before
    expect(seen.log.locator(".reading form")).to_have_count(0)


def test_without_the_facts_kinds_it_still_works(visit: Visit, stage: Stage) -> None:
    """Where the server does not tell of what kind a fact is, its value is a text with its unit."""
    seen = visit(
        before=lambda page: page.route("**/api/eligibility/schema*", lambda route: route.fulfill(json=[]))
    )
    seen.open()
    form = correcting(seen, stage)
    form.get_by_label("群聚全部家數").fill("14 家")
    form.get_by_role("button", name="重新判斷").click()

    expect(seen.turns).to_have_count(2)
    expect(seen.turns.last).to_contain_text("依據的條文")
    assert "群聚全部家數：14 家" in stage.assistant.questions[1].text
