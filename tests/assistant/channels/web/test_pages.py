"""The pages on which people ask, as a browser without JavaScript sees them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import cast
from urllib.robotparser import RobotFileParser

import pytest
from starlette.testclient import TestClient

from assistant.answer.assistant import Assistant
from assistant.answer.wire import to_json
from assistant.channels.web.links import clause_url
from assistant.domain import Answer, Guideline, Line, Outcome, Referral
from assistant.records.conversations import Turn
from assistant.verdict import Check, Verdict
from tests.assistant.channels.web.conftest import CITED, Rig
from tests.fakes import FakeAssistant, FixedClock, cited_answer

HTML = {"accept": "text/html,application/xhtml+xml"}
QUESTION = "A類要幾家？"


def words(page: str) -> str:
    """What a page says, without its markup."""
    return unescape(re.sub(r"<[^>]+>", "", page))


def test_home_says_what_it_is_and_asks(client: TestClient, guideline: Guideline) -> None:
    """The first page says what the assistant is, has a labelled form, and questions to try."""
    page = client.get("/").text

    assert '<html lang="zh-Hant-TW">' in page
    assert "自動程式，不是承辦人員" in page
    assert '<label for="q">' in page
    assert '<form class="ask" method="post" action="/">' in page
    for group in guideline.groups[:6]:
        assert f'<button name="q" value="{group.question}">' in page


def test_asking_leads_to_the_answer(client: TestClient) -> None:
    """The form's answer has an address of its own, so that reloading or going back does not ask again."""
    posted = client.post("/", data={"q": QUESTION}, follow_redirects=False)

    assert posted.status_code == 303
    address = posted.headers["location"]
    assert address.startswith("/answers/")
    assert client.get(address).text == client.get(address).text


def test_looking_asks_nothing(client: TestClient, rig: Rig) -> None:
    """An address with a question shows it in the form, to be sent by whoever came."""
    page = client.get("/", params={"q": QUESTION})

    assert f">{QUESTION}</textarea>" in page.text
    assert rig.assistant.questions == []
    assert "set-cookie" not in page.headers


def test_answer_is_cited(client: TestClient, guideline: Guideline) -> None:
    """The page has the marks as links to quotes that name clause and edition."""
    page = client.post("/", data={"q": QUESTION}).text

    clause = guideline.by_id[CITED]
    assert QUESTION in page
    for n in (1, 2):
        assert f'href="#c{n}"' in page
        assert f'id="c{n}"' in page
    assert clause.plain in words(page).replace("依據〔", "〔")
    assert f"<blockquote>{clause.text}</blockquote>" in page
    assert f'<a href="/clauses/{CITED}">{clause.label}</a>' in page
    assert "版本 108" in page


def test_another_programme_is_carried_on(client: TestClient, rig: Rig, guideline: Guideline) -> None:
    """A programme that is not the default one goes along in the form, the links and the address."""
    source = replace(guideline.source, programme="other")
    other = FakeAssistant(replace(guideline, source=source), rig.service.conversations, FixedClock())
    cast("dict[str, Assistant]", rig.service.assistants)["other"] = other

    posted = client.post("/", data={"q": QUESTION, "programme": "other"}, follow_redirects=False)
    page = client.get(posted.headers["location"]).text

    assert [question.programme for question in other.questions] == ["other"]
    assert posted.headers["location"].endswith("?programme=other")
    assert '<input type="hidden" name="programme" value="other">' in page


@pytest.mark.parametrize("q", ["", "   ", "問" * 2001])
def test_refused_question_stays_in_the_form(client: TestClient, rig: Rig, q: str) -> None:
    """A question that cannot be taken is 422; it stays in the form, with what is wrong and where it goes on from."""
    response = client.post("/", data={"q": q, "after": "mine"})

    assert response.status_code == 422
    assert f">{q}</textarea>" in response.text
    assert 'aria-describedby="q-hint q-fault"' in response.text
    assert "沒有送出" in response.text
    assert 'value="mine"' in response.text
    assert rig.assistant.questions == []


def test_markup_is_shown_not_run(client: TestClient) -> None:
    """What people write is text on the page, in the answer and in the form."""
    attack = '"><script>alert(1)</script>'

    for page in (
        client.get("/", params={"q": attack}).text,
        client.post("/", data={"q": attack}).text,
        client.post("/", data={"q": attack + "a" * 2000}).text,
        client.post("/", data={"q": "", "after": attack}).text,
    ):
        assert "<script>" not in page
        assert "alert(1)" not in page or "&lt;script&gt;alert(1)" in page


def test_stored_question_is_masked(client: TestClient) -> None:
    """The page of an answer shows the question as it is kept, without personal data."""
    page = client.post("/", data={"q": "我的電話是0912-345-678，A類要幾家？"}).text

    assert "0912" not in page
    assert "〔手機〕" in page


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_words(client: TestClient, rig: Rig, outcome: Outcome) -> None:
    """Each outcome is told in words; nearby clauses are linked where there are no citations."""
    referral = Referral("請洽計畫辦公室", "補助金額", ("digital-cluster/2/註", "digital-cluster/gone"))
    rig.assistant.draft = Answer(
        id="", session_id="", outcome=outcome, text="指引沒有說明。", referral=referral
    )

    page = client.post("/", data={"q": QUESTION})

    assert page.status_code == 200
    assert f'class="outcome {outcome}"' in page.text
    assert clause_url("digital-cluster/2/註") in page.text
    assert "請洽計畫辦公室。" in page.text


def test_answer_pages_are_not_indexed(client: TestClient) -> None:
    """Search engines are asked to leave answers alone."""
    assert client.post("/", data={"q": QUESTION}).headers["x-robots-tag"] == "noindex"


@pytest.mark.parametrize(
    ("path", "status"), [("/answers/unknown", 404), ("/nothing", 404), ("/?programme=x", 422)]
)
def test_people_get_a_page_for_an_error(client: TestClient, path: str, status: int) -> None:
    """A browser is shown an error as a page that leads on; a program gets JSON."""
    page = client.get(path, headers=HTML)

    assert page.status_code == status
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<a class="button" href="/">' in page.text
    assert client.get(path).json()["error"]["message"] in unescape(page.text)


def test_a_failure_is_a_page_too(client: TestClient, rig: Rig) -> None:
    """An unforeseen exception is a page with the id to report, and nothing of the machine."""
    rig.assistant.failure = RuntimeError("/srv/secret")

    page = client.post("/", data={"q": QUESTION}, headers=HTML)

    assert page.status_code == 500
    assert page.headers["x-request-id"] in page.text
    assert "secret" not in page.text


def test_an_answer_of_an_older_version_can_be_read(
    client: TestClient, rig: Rig, guideline: Guideline
) -> None:
    """What was stored before answers had lines is shown by its text, its clauses beside it."""
    told = to_json(
        replace(cited_answer(guideline), id="old", text="至少8家。〔1〕\n\n依據\n〔1〕家數：「八家」")
    )
    before = {name: value for name, value in told.items() if name not in {"lines", "questions"}}
    conversations = rig.service.conversations
    session = conversations.start(None, guideline.source.programme)
    now = FixedClock().now()
    conversations.append(session, Turn("old", "要幾家", "要幾家", Outcome.ANSWERED, before, "hash", now))

    page = words(client.get("/answers/old").text)

    assert "至少8家。" in page
    assert guideline.leaves[0].text in page


def test_upload_is_refused(client: TestClient) -> None:
    """A file in place of the question is 422, not a crash."""
    response = client.post("/", files={"q": ("a.txt", b"hello")})

    assert response.status_code == 422


def test_api_errors_stay_json_in_a_browser(client: TestClient) -> None:
    """Below /api an error is JSON whoever asks."""
    assert client.get("/api/nothing", headers=HTML).json()["error"]["code"] == "not_found"


def test_home_has_the_line_to_embed(client: TestClient, guideline: Guideline) -> None:
    """The page has the widget by the very line that it offers, with this server's address."""
    page = client.get("/").text

    line = f'<script src="http://testserver/widget.js" defer data-programme="{guideline.source.programme}"></script>'
    assert line in unescape(page)
    assert '<script src="/widget.js" defer data-programme="" data-opened="1200"></script>' in page
    for entry in guideline.entries:
        assert entry.topic in page


def test_verdict_is_a_table(client: TestClient, rig: Rig) -> None:
    """A verdict is drawn as a table with the results in words; its marks lead to the quotes."""
    check = Check(
        "a-members", "not_met", "7 家", "≥ 8 家", CITED, title="成員家數", words="7 家，至少要 8 家"
    )
    verdict = Verdict("ineligible", "A類", checks=(check,), assumptions=("各成員皆依法登記",))
    lines = (
        Line("lead", "不符合A類的申請條件。"),
        Line("check", "成員家數：不符合。7 家，至少要 8 家。", (CITED,), (1,)),
        Line("assumption", "前提：各成員皆依法登記。"),
    )
    rig.assistant.draft = replace(rig.assistant.draft, lines=lines, verdict=verdict)

    page = client.post("/", data={"q": QUESTION}).text

    assert "<caption><span>A類逐項檢核</span>" in page
    assert '<td>7 家</td><td>≥ 8 家</td><td><span class="result not_met">' in page
    assert words(page).count("成員家數") == 1
    assert words(page).count("各成員皆依法登記") == 1
    assert '成員家數<a class="n" href="#c1">' in page


def test_an_address_plants_no_hidden_marks(client: TestClient) -> None:
    """Direction overrides in ?q= do not reach the form: what stands there is what is seen."""
    assert "A類要幾家？" in (page := client.get("/", params={"q": "A類\u202e要\u200b幾家？"}).text)
    assert not set("\u200b\u202e") & set(page)


def test_search_engines_keep_no_question(client: TestClient) -> None:
    """robots.txt leaves the programme and its clauses to search engines, and no question, answer or console."""
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").text.replace("/*?q=", "/?q=").splitlines())
    refused = ["/?q=A", "/answers/1", "/desk", "/desk/inquiries/1", "/api/clauses"]
    assert [path for path in refused if robots.can_fetch("any", path)] == []
    assert all(robots.can_fetch("any", path) for path in ("/", "/clauses", "/clauses/x/1", "/privacy"))
