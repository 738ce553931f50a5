"""A conversation: its states, what cuts it off, and that a question is answered once."""

from __future__ import annotations

import json
from dataclasses import replace
from threading import Event

import pytest
from playwright.sync_api import Page, Route, expect

from assistant.domain import Line, Outcome
from assistant.records.unavailable import RecordsUnavailable
from assistant.verdict import Missing, Verdict
from tests.assistant.channels.widget.conftest import ONE_LINE, Seen, Stage, Visit

pytestmark = pytest.mark.browser

QUESTION = "A類要幾家？"
STREAM = "**/api/chat/stream"
PLAIN = "**/api/chat"
SLOW = '<script src="{api}/widget.js" defer data-programme="" data-timeout="2"></script>'


@pytest.fixture
def seen(visit: Visit) -> Seen:
    """The panel, open."""
    seen = visit()
    seen.open()
    return seen


def answered(seen: Seen, times: int = 1) -> None:
    """Wait until that many questions have their answers."""
    expect(seen.turns).to_have_count(times)
    expect(seen.turns.last).to_contain_text("依據的條文")


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


def test_lost_answer_is_not_given_twice(seen: Seen, stage: Stage) -> None:
    """The connection breaks after the server has answered: asked again, the answer that was kept comes."""
    cut = Event()

    def lose(route: Route) -> None:
        route.fetch()  # the server answers, nobody hears it
        cut.set()
        route.abort()

    seen.page.route(STREAM, lose)
    seen.ask(QUESTION)
    answered(seen)

    assert cut.is_set()
    assert [asked["path"] for asked in seen.asked] == ["chat/stream", "chat"]
    session = seen.asked[0]["session_id"]
    assert len(stage.service.conversations.recent(session, 9)) == 1
    seen.complaints.clear()  # the browser tells of the lost connection


@pytest.mark.parametrize(
    "blocked",
    [
        lambda route: route.fulfill(status=502, body="<html>proxy</html>", content_type="text/html"),
        lambda route: route.fulfill(status=200, body="<html>proxy</html>", content_type="text/html"),
        lambda route: route.fulfill(
            status=200, body='event: status\ndata: {"text":"檢索條文"}\n\n', content_type="text/event-stream"
        ),
    ],
    ids=["refused", "replaced", "cut"],
)
def test_without_streams_it_is_asked_plainly(seen: Seen, blocked: object) -> None:
    """Where a proxy lets no stream through, the answer comes whole, and streams are not tried again."""
    seen.page.route(STREAM, blocked)  # type: ignore[arg-type]
    seen.ask(QUESTION)
    answered(seen)
    seen.ask("第二題")
    answered(seen, 2)

    assert [asked["path"] for asked in seen.asked] == ["chat/stream", "chat", "chat"]
    seen.complaints.clear()


def test_stream_in_pieces(seen: Seen) -> None:
    """Events are read whatever their line ends, comments and fields."""
    answer = {
        "id": "a",
        "session_id": "s",
        "outcome": "answered",
        "text": "八家",
        "citations": [],
        "followups": [],
    }
    body = f': hello\r\n\r\nevent: delta\r\nid: 1\r\ndata: {{"text":\r\ndata: "八"}}\r\n\r\nevent: answer\r\ndata:{json.dumps(answer)}\r\n\r\n'
    headers = {"access-control-allow-origin": "*"}
    seen.page.route(
        STREAM,
        lambda route: route.fulfill(status=200, body=body, headers=headers, content_type="text/event-stream"),
    )
    seen.ask(QUESTION)

    expect(seen.turns.last).to_contain_text("八家")


def test_server_that_fails_says_so(seen: Seen, stage: Stage) -> None:
    """The server's own words are shown; the question stays in the field, and trying again gets its answer."""
    stage.assistant.failure = RecordsUnavailable("disk full")
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("目前無法讀寫對話紀錄")
    expect(seen.field).to_have_value(QUESTION)
    stage.assistant.failure = None
    seen.send.click()

    answered(seen)
    expect(seen.field).to_have_value("")
    assert len({asked["message_id"] for asked in seen.asked}) == 1


def test_too_slow_is_said_in_words(visit: Visit, stage: Stage) -> None:
    """After the time that the page sets, words say how long it was; the draft is kept; nothing is doubled."""
    stage.site.embed = SLOW
    seen = visit()
    stage.assistant.gate.clear()
    seen.open()
    seen.ask(QUESTION)

    expect(seen.turns.last).to_contain_text("等了 2 秒還沒有收到回答")
    expect(seen.field).to_have_value(QUESTION)
    stage.assistant.gate.set()
    seen.page.get_by_role("button", name="再試一次").click()
    answered(seen)
    expect(seen.turns).to_have_count(1)
    assert len({asked["message_id"] for asked in seen.asked}) == 1
    assert len(stage.service.conversations.recent(seen.asked[0]["session_id"], 9)) == 1


def test_offline_keeps_the_draft(seen: Seen, stage: Stage) -> None:
    """Without a network nothing is sent, words say so, and what was written stays; then it is sent."""
    seen.page.context.set_offline(offline=True)
    expect(seen.panel).to_contain_text("目前沒有網路")
    seen.ask(QUESTION)
    expect(seen.field).to_have_value(QUESTION)
    expect(seen.turns).to_have_count(0)
    assert stage.assistant.questions == []
    seen.page.context.set_offline(offline=False)
    expect(seen.panel).to_contain_text("網路恢復了")
    seen.send.click()

    answered(seen)


def test_conversation_outlives_a_reload(seen: Seen, stage: Stage) -> None:
    """After a reload the panel is open, with the conversation and the draft; it goes on in the same session."""
    seen.ask(QUESTION)
    answered(seen)
    seen.field.fill("還沒寫完")
    seen.page.reload()

    answered(seen)
    expect(seen.field).to_have_value("還沒寫完")
    seen.ask("那B類呢？")
    answered(seen, 2)
    first, second = stage.assistant.questions
    assert first.session_id == second.session_id


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


def test_clearing_deletes_here_and_on_the_server(seen: Seen, stage: Stage) -> None:
    """Asked first, then the conversation is gone from the page, its storage and the server's records."""
    seen.ask(QUESTION)
    answered(seen)
    session = seen.asked[0]["session_id"]
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
    assert seen.asked[-1]["session_id"] != session


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


@pytest.mark.parametrize(("fact", "choice"), [("track", "A類"), ("force_majeure", "不是")])
def test_choice_is_one_press(seen: Seen, stage: Stage, fact: str, choice: str) -> None:
    """A fact with choices has a button for each."""
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


def test_followup_is_asked(seen: Seen, stage: Stage) -> None:
    """A follow-up is asked by one press; only the last answer offers any."""
    seen.ask(QUESTION)
    answered(seen)
    seen.log.get_by_role("button", name="B類的申請條件有哪些?").click()
    answered(seen, 2)

    assert [question.text for question in stage.assistant.questions] == [QUESTION, "B類的申請條件有哪些?"]
    expect(seen.log.get_by_role("button", name="B類的申請條件有哪些?")).to_have_count(1)


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


def ask_for(stage: Stage, fact: str) -> None:
    """Have the assistant ask for a fact."""
    missing = (Missing(fact, f"{fact}是多少？"),)
    stage.assistant.draft = replace(
        stage.assistant.draft,
        outcome=Outcome.NEEDS_INFO,
        lines=(Line("lead", "還不能判斷。"), Line("question", f"請問：{fact}是多少？")),
        verdict=Verdict("unknown", "A類", missing=missing),
    )
