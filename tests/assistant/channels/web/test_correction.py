"""What was understood is a form of plain HTML; what a person puts right in it is judged again."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from starlette.testclient import TestClient

from assistant.channels.web.correction import fields_of, message_of
from assistant.channels.web.schemas import Answer
from assistant.reading.form import HEADING
from assistant.verdict import Missing, Verdict
from tests.assistant.channels.understood import READING, TOLD, understood
from tests.assistant.channels.web.conftest import Rig
from tests.fakes import FixedClock

QUESTION = "我們12家要報A類，有4家輔導過"
TYPED = {
    "track": "A類",
    "members": "12",
    "coached_within_3y": "三家",
    "replaced_share": "1/3",
    "breach_date": "114 年 3 月 1 日",
    "all_registered": "",
    "unqualified_members": "０",
}


@pytest.fixture
def shown(client: TestClient, rig: Rig) -> str:
    """The address of an answer that says what it understood, and lacks a fact."""
    lacking = Verdict("unknown", "A類", missing=(Missing("unqualified_members", "其中有幾家？"),))
    rig.assistant.draft = understood(replace(rig.assistant.draft, verdict=lacking))
    posted = client.post("/", data={"q": QUESTION}, follow_redirects=False)
    return posted.headers["location"]


def test_page_shows_what_was_understood(client: TestClient, shown: str) -> None:
    """Each fact has a label, a field with its value, and the words that told it; what was left over is quoted."""
    page = unescape(client.get(shown).text)

    assert page.count(TOLD) == 1
    assert f'<form method="post" action="{shown}">' in page
    for fact in READING.facts:
        assert f'<label for="fact-{fact.fact}">{fact.label}</label>' in page
        assert f"您說「{fact.words}」" in page
    assert "<option selected>A類</option>" in page
    assert 'name="members" value="12"' in page
    assert 'name="replaced_share" value="1/3"' in page
    assert 'name="unqualified_members" value=""' in page
    assert "沒有讀懂、所以沒有算進來的話：「其中2家兩年都有」" in page


def test_is_judged_again_in_the_same_conversation(client: TestClient, rig: Rig, shown: str) -> None:
    """The fields become a message of plain words; the browser is sent to its answer."""
    posted = client.post(shown, data=TYPED, follow_redirects=False)

    assert posted.status_code == 303
    assert posted.headers["location"] != shown
    asked = rig.assistant.questions[-1]
    assert asked.session_id == client.cookies["conversation"]
    assert asked.text.split("\n") == [
        HEADING,
        "申請類別：A類",
        "群聚全部家數：12 家",
        "三年內受輔導的家數：3 家",
        "原成員更換的比例：1/3",
        "放棄或未結案的日期：114 年 3 月 1 日",
        "未登記或不符合中小企業認定標準的家數：0 家",
    ]


def test_says_what_is_wrong_and_where(client: TestClient, rig: Rig, shown: str) -> None:
    """Nothing is asked; the form is open, holds what was typed, and each fault stands at its field."""
    response = client.post(shown, data={**TYPED, "members": "很多", "track": "C類"})
    page = unescape(response.text)

    assert response.status_code == 422
    assert len(rig.assistant.questions) == 1
    assert '<details class="reading" open>' in page
    assert "群聚全部家數填了「很多」，請填整數，例如 12。" in page
    assert "申請類別填了「C類」，請填其中一種：群聚、A類、B類。" in page
    assert 'aria-describedby="fact-members-hint fact-members-fault" aria-invalid="true"' in page
    assert 'value="很多"' in page
    assert 'value="三家"' in page


def test_an_empty_form_is_not_sent(client: TestClient, rig: Rig, shown: str) -> None:
    """With every field emptied there is nothing to judge."""
    response = client.post(shown, data={})

    assert response.status_code == 422
    assert "請至少填一項" in response.text
    assert len(rig.assistant.questions) == 1


def test_markup_in_a_field_is_shown_not_run(client: TestClient, shown: str) -> None:
    """What is typed in a field is text on the page."""
    page = client.post(shown, data={"members": '"><script>alert(1)</script>'}).text

    assert "<script>alert" not in page


def test_an_answer_that_is_gone(client: TestClient) -> None:
    """There is nothing to correct in an answer that is not kept any more."""
    assert client.post("/answers/unknown", data=TYPED).status_code == 404


def test_an_answer_without_figures_has_no_form(client: TestClient) -> None:
    """Where no figures were read there is nothing to put right."""
    page = client.post("/", data={"q": "A類要幾家？"}).text

    assert 'class="reading"' not in page


def test_what_stands_in_the_fields_means_what_was_understood(rig: Rig) -> None:
    """Left as they are, the fields say the very values that were understood."""
    rules = rig.assistant.rules
    assert rules is not None
    fields = fields_of(Answer.of(understood(rig.assistant.draft)), rules)
    message, wrong = message_of(fields, rules, FixedClock().today())

    assert wrong == []
    told = re.findall(r"^(.+)：(.+)$", message, re.MULTILINE)
    assert sorted(told) == sorted((fact.label, fact.value) for fact in READING.facts)
