"""The stand-in phone takes what a bot sends, and shows it as plain text."""

from __future__ import annotations

import json

import httpx2

from assistant.channels.line import __main__ as demo
from assistant.channels.line.messages import messages_of
from assistant.channels.line.phone import open_phone, shown, signature, text_webhook
from assistant.domain import Guideline
from tests.assistant.channels.line.answers import CLAUSES
from tests.assistant.channels.line.event_bodies import USER, signed
from tests.fakes import cited_answer


def test_a_reply_arrives() -> None:
    """A reply is there with its token; the animation is taken and not shown."""
    message = {"type": "text", "text": "您好"}
    with open_phone() as phone:
        reply = {"replyToken": "t", "messages": [message]}
        assert httpx2.post(f"{phone.address}/v2/bot/chat/loading/start", content="{}").status_code == 202
        assert (
            httpx2.post(f"{phone.address}/v2/bot/message/reply", content=json.dumps(reply)).status_code == 200
        )

        assert phone.replies.get(timeout=5) == ("t", [message])
        assert phone.replies.empty()


def test_its_webhooks_are_signed_like_lines() -> None:
    """A body of its own, and the signature that LINE would give it."""
    body, token = text_webhook("A類要幾家?", USER)

    assert json.loads(body)["events"][0]["replyToken"] == token
    assert signature(body, "s") == signed(body, "s")["X-Line-Signature"]


def test_what_is_shown(guideline: Guideline) -> None:
    """Text, cards with quote and link, what is read aloud, and what can be tapped."""
    text = shown(messages_of(cited_answer(guideline, *CLAUSES[:2]), "https://bot.example", in_chat=True))

    assert "┌ 文字訊息" in text
    assert "┌ 卡片（1／2）" in text
    assert "▷ 看條文全文  https://bot.example/clauses/digital-cluster/7/A/3" in text
    assert "通知列與朗讀：依據條文：〔1〕" in text
    assert "可以點的回覆：［" in text


def test_the_demo_has_its_four_scenes() -> None:
    """The demonstration shows an answered, a verdict, a missing-fact and a no-clause case."""
    assert [title for title, _ in demo._SCENES] == [
        "條文有寫的問題",
        "資格判斷",
        "缺一個數字，補上以後再判斷",
        "指引沒有寫的問題",
    ]
