"""A stand-in for LINE and a phone: shows in plain text what a person would see, without an account."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final
from uuid import uuid4

from ulid import ULID

Json = dict[str, Any]
_WIDTH: Final = 46
_MARKS: Final = {"primary": "▣", "link": "▷", "secondary": "▢"}


class Phone:
    """
    LINE's API on a loopback port, as far as a bot speaks to it; it refuses nothing.

    `replies` holds the messages of each reply with its token, in the order of arrival.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.replies: SimpleQueue[tuple[str, list[Json]]] = SimpleQueue()


@contextmanager
def open_phone() -> Iterator[Phone]:
    """A phone whose API listens on a free port; closed afterwards."""

    class Api(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """Take whatever is sent."""
            payload = json.loads(self.rfile.read(int(self.headers["content-length"])))
            if self.path.endswith("/message/reply"):
                phone.replies.put((payload["replyToken"], payload["messages"]))
            body = json.dumps({"sentMessages": [{"id": "1", "quoteToken": "q"}]}).encode()
            self.send_response(202 if self.path.endswith("/loading/start") else 200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
            """Nothing: the screen belongs to the conversation."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 512

    with Server(("127.0.0.1", 0), Api) as server:
        phone = Phone(f"http://127.0.0.1:{server.server_address[1]}")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield phone
        finally:
            server.shutdown()
            thread.join()


def text_webhook(text: str, user: str) -> tuple[bytes, str]:
    """The body of a webhook in which a person writes something, and the reply token in it."""
    token = uuid4().hex
    event = {
        "type": "message",
        "mode": "active",
        "timestamp": int(time.time() * 1000),
        "source": {"type": "user", "userId": user},
        "webhookEventId": str(ULID()),
        "deliveryContext": {"isRedelivery": False},
        "replyToken": token,
        "message": {"id": str(uuid4().int)[:18], "type": "text", "quoteToken": "q", "text": text},
    }
    return json.dumps({"destination": "U" + "0" * 32, "events": [event]}).encode(), token


def signature(body: bytes, secret: str) -> str:
    """The value of X-Line-Signature: base64 of HMAC-SHA256 over the body, keyed by the channel secret."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def shown(messages: list[Json]) -> str:
    """Messages as a phone shows them, in plain text: texts, bubbles side by side below each other, replies to tap."""
    lines: list[str] = []
    for message in messages:
        if message["type"] == "text":
            lines += ["┌ 文字訊息", *(f"│ {line}" for line in _wrapped(message["text"])), "└"]
        if message["type"] == "flex":
            contents = message["contents"]
            bubbles = contents["contents"] if contents["type"] == "carousel" else [contents]
            for number, bubble in enumerate(bubbles, 1):
                place = f"（{number}／{len(bubbles)}）" if len(bubbles) > 1 else ""
                lines += [f"┌ 卡片{place}", *(f"│ {line}" for line in _component(bubble["body"])), "└"]
            lines.append(f"  通知列與朗讀：{message['altText']}")
        items = message.get("quickReply", {}).get("items", [])
        if items:
            lines.append("  可以點的回覆：" + " ".join(f"［{item['action']['label']}］" for item in items))
    return "\n".join(lines)


def _component(part: Json) -> list[str]:
    kind = part["type"]
    if kind == "text":
        return _wrapped(part["text"])
    if kind == "separator":
        return ["─" * (_WIDTH // 2)]
    if kind == "button":
        action = part["action"]
        return [f"{_MARKS[part['style']]} {action['label']}  {action['uri']}"]
    inside = [_component(inner) for inner in part["contents"]]
    if part["layout"] == "vertical":
        return [line for lines in inside for line in lines]
    # A row: the first column stands before the first line of the others.
    (first,), *others = inside
    below = [line for lines in others for line in lines]
    return [f"{first if n == 0 else '　'}　{line}" for n, line in enumerate(below)]


def _wrapped(text: str) -> list[str]:
    """Lines of `_WIDTH` columns, a Chinese character taking two."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, width = "", 0
        for character in paragraph:
            columns = 2 if unicodedata.east_asian_width(character) in "WFA" else 1
            if width + columns > _WIDTH:
                lines.append(line)
                line, width = "", 0
            line, width = line + character, width + columns
        lines.append(line)
    return lines
