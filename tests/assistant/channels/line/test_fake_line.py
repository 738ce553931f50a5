"""The fake LINE keeps what LINE's servers keep: schema, limits, tokens, keys, quota."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from tests.assistant.channels.line.event_bodies import USER
from tests.assistant.channels.line.fake_line import ACCESS_TOKEN, FakeLine
from tests.assistant.channels.line.line_limits import limit_faults
from tests.assistant.channels.line.line_schema import schema_faults

HELLO: dict[str, Any] = {"type": "text", "text": "您好"}
KEY = {"X-Line-Retry-Key": "123e4567-e89b-12d3-a456-426614174000"}
LABEL = {"type": "message", "label": "是", "text": "是"}
BUBBLE: dict[str, Any] = {
    "type": "bubble",
    "body": {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "條文"}]},
}


def post(line: FakeLine, path: str, payload: object, **headers: str) -> httpx2.Response:
    """A request with the access token."""
    sent = {"Authorization": f"Bearer {ACCESS_TOKEN}", "Content-Type": "application/json", **headers}
    return httpx2.post(line.url + path, content=json.dumps(payload), headers=sent)


def reply(line: FakeLine, *messages: object, token: str | None = None) -> httpx2.Response:
    """A reply with a new token, unless one is given."""
    return post(line, "/v2/bot/message/reply", {"replyToken": token or line.token(), "messages": messages})


def flex(contents: object, alt: str = "條文") -> dict[str, Any]:
    """A Flex message."""
    return {"type": "flex", "altText": alt, "contents": contents}


def taps(*actions: object) -> dict[str, Any]:
    """A text with quick replies."""
    return {**HELLO, "quickReply": {"items": [{"type": "action", "action": action} for action in actions]}}


def test_tokens_work_once_and_die(line: FakeLine) -> None:
    """A token is refused when it was used, is too old, or was never given out."""
    now = 100.0
    line.now = lambda: now
    token, old = line.token(), line.token()

    assert reply(line, HELLO, token=token).status_code == 200
    assert reply(line, HELLO, token=token).json()["message"] == "Invalid reply token"
    now += 61
    assert reply(line, HELLO, token=old).status_code == 400
    assert reply(line, HELLO, token="made up").status_code == 400
    assert line.replied() == {token: 1}


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [HELLO] * 6,
        [{**HELLO, "text": ""}],
        [{**HELLO, "text": "😀" * 2501}],
        [{**HELLO, "colour": "red"}],
        [{"type": "hologram"}],
        [{"type": "text"}],
        [taps(LABEL), HELLO],
        [taps(*[LABEL] * 14)],
        [taps({**LABEL, "label": "字" * 21})],
        [taps({**LABEL, "text": "字" * 301})],
        [taps({**LABEL, "text": ""})],
        [flex(BUBBLE, "長" * 401)],
        [flex({"type": "carousel", "contents": [BUBBLE] * 13})],
        [flex({"type": "carousel", "contents": [BUBBLE, {**BUBBLE, "size": "mega"}]})],
        [flex({**BUBBLE, "body": {**BUBBLE["body"], "contents": [{"type": "text", "text": "字" * 6000}]}})],
        [flex({"type": "carousel", "contents": [{**BUBBLE, "body": {**BUBBLE["body"], "contents": [{"type": "text", "text": "字" * 1000}]}}] * 9})],
        [flex({**BUBBLE, "size": "enormous"})],
        [flex({**BUBBLE, "body": {**BUBBLE["body"], "contents": []}})],
        [flex({**BUBBLE, "body": {**BUBBLE["body"], "contents": [{"type": "text", "text": " "}]}})],
        [flex({**BUBBLE, "body": {**BUBBLE["body"], "contents": [{"type": "button", "action": {"type": "uri", "label": "看", "uri": "/clauses/1"}}]}})],
    ],
)  # fmt: skip
def test_what_line_refuses(line: FakeLine, messages: list[Any]) -> None:
    """Each limit and each part of the schema, broken alone, is 400, and the token is not spent."""
    token = line.token()

    assert reply(line, *messages, token=token).status_code == 400
    assert reply(line, HELLO, token=token).status_code == 200


def test_what_line_takes(line: FakeLine) -> None:
    """At its limits a message is taken."""
    messages = [
        {**HELLO, "text": "😀" * 2500},
        flex({"type": "carousel", "contents": [BUBBLE] * 12}, "長" * 400),
        taps(*[{**LABEL, "label": "字" * 20, "text": "字" * 300}] * 13),
    ]

    assert reply(line, *messages).status_code == 200
    assert limit_faults(messages) == []
    assert [fault for message in messages for fault in schema_faults("message", message)] == []


def test_a_reply_takes_no_retry_key(line: FakeLine) -> None:
    """A retry key on a reply is 400."""
    payload = {"replyToken": line.token(), "messages": [HELLO]}

    assert post(line, "/v2/bot/message/reply", payload, **KEY).status_code == 400


def test_a_key_works_once(line: FakeLine) -> None:
    """A push needs a UUID as its key; the same key again is 409 with the id of the request that was taken."""
    payload = {"to": USER, "messages": [HELLO]}

    assert post(line, "/v2/bot/message/push", payload, **{"X-Line-Retry-Key": "7"}).status_code == 400
    assert post(line, "/v2/bot/message/push", payload, **KEY).status_code == 200
    again = post(line, "/v2/bot/message/push", payload, **KEY)
    assert again.status_code == 409
    assert again.headers["x-line-accepted-request-id"]
    assert len(line.pushes) == 1


def test_the_month_runs_out(line: FakeLine) -> None:
    """Beyond the quota a push is 429 in LINE's words."""
    line.quota = 0
    answer = post(line, "/v2/bot/message/push", {"to": USER, "messages": [HELLO]}, **KEY)

    assert (answer.status_code, answer.json()["message"]) == (429, "You have reached your monthly limit.")


@pytest.mark.parametrize(
    ("chat", "seconds", "status"),
    [(USER, 20, 202), (USER, 60, 202), (USER, 7, 400), (USER, 65, 400), ("C" + "0" * 32, 20, 400)],
)
def test_the_animation(line: FakeLine, chat: str, seconds: int, status: int) -> None:
    """The animation is for people, and in steps of five."""
    payload = {"chatId": chat, "loadingSeconds": seconds}

    assert post(line, "/v2/bot/chat/loading/start", payload).status_code == status


def test_strangers_are_refused(line: FakeLine) -> None:
    """Without the access token everything is 401; each answer has LINE's id of the request."""
    answer = httpx2.post(f"{line.url}/v2/bot/message/reply", content=b"{}")

    assert answer.status_code == 401
    assert answer.headers["x-line-request-id"]


def test_troubles_come_in_order(line: FakeLine) -> None:
    """Each trouble befalls one request, and None is none."""
    line.troubles.extend([500, None, "busy"])

    assert [reply(line, HELLO).status_code for _ in range(4)] == [500, 200, 429, 200]
    assert len(line.replies) == 2
