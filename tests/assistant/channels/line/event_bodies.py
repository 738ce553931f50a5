"""Webhook bodies as LINE sends them, and their signatures."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from uuid import uuid4

from ulid import ULID

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
USER = "U4af4980629" + "0" * 22
GROUP = "Ca56f94637c" + "0" * 22
Json = dict[str, Any]


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    """The headers with which LINE delivers a body."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return {"X-Line-Signature": base64.b64encode(digest).decode(), "Content-Type": "application/json"}


def body_of(*events: Json) -> bytes:
    """The body that delivers these events."""
    return json.dumps({"destination": "U8e742f61d673b39c7fff3cecb7536ef0", "events": events}).encode()


def event(kind: str, token: str | None = None, user: str = USER, **fields: Any) -> Json:  # noqa: ANN401 - JSON
    """An event in a one-to-one chat, which further fields complete or change."""
    made: Json = {
        "type": kind,
        "mode": "active",
        "timestamp": int(time.time() * 1000),
        "source": {"type": "user", "userId": user},
        "webhookEventId": str(ULID()),
        "deliveryContext": {"isRedelivery": False},
    }
    if token is not None:
        made["replyToken"] = token
    return {**made, **fields}


def text_event(text: str, token: str, user: str = USER, **fields: Any) -> Json:  # noqa: ANN401 - JSON
    """A person wrote something to the bot."""
    message = {"id": str(uuid4().int)[:18], "type": "text", "quoteToken": "q3Plxr4AgKd", "text": text}
    return event("message", token, user, message=message, **fields)


def group_event(text: str, token: str, mention: str | None = "@助理", user: str = USER) -> Json:
    """A member wrote something in a group, with a mention of the bot at its first place or without any."""
    made = text_event(text, token, source={"type": "group", "groupId": GROUP, "userId": user})
    if mention is not None:
        at = len(text[: text.index(mention)].encode("utf-16-le")) // 2
        length = len(mention.encode("utf-16-le")) // 2
        one = {"index": at, "length": length, "type": "user", "userId": "U8e742f", "isSelf": True}
        made["message"]["mention"] = {"mentionees": [one]}
    return made


def redelivered(event: Json) -> Json:
    """The same event, delivered once more."""
    return {**event, "deliveryContext": {"isRedelivery": True}}
