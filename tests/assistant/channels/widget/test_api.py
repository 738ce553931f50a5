"""How the widget speaks with the server, and what it says when that fails."""

from __future__ import annotations

import json
from threading import Event

import pytest
from playwright.sync_api import Route, expect

from assistant.records.unavailable import RecordsUnavailable
from tests.assistant.channels.widget.conftest import Seen, Stage, Visit, answered

pytestmark = pytest.mark.browser
QUESTION = "A類要幾家？"
STREAM = "**/api/chat/stream"
SLOW = '<script src="{api}/widget.js" defer data-programme="" data-timeout="2"></script>'


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
    assert len(stage.service.conversations.recent(seen.session, 9)) == 1
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
    assert len(stage.service.conversations.recent(seen.session, 9)) == 1


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
