"""
LINE's side: issues reply tokens, and enforces what LINE's servers enforce.

Tokens work once and for their lifetime; messages are held to LINE's schema and limits; a
push's retry key works once (409); a month's messages run out (429). `troubles` are
taken from the left, one for each request to an endpoint of messages: a status to
answer with, a word of TROUBLES, or None for no trouble.
"""

from __future__ import annotations

import json
import time
from collections import Counter, deque
from collections.abc import Callable
from threading import Condition
from typing import Any
from uuid import UUID, uuid4

from tests.assistant.channels.line.line_limits import limit_faults
from tests.assistant.channels.line.line_schema import schema_faults

ACCESS_TOKEN = "line-access-token"
_PATIENCE = 20.0
Json = dict[str, Any]
Said = tuple[int, Json, dict[str, str]]


class FakeLine:
    """What LINE was sent, and when; shared by the threads of its server."""

    def __init__(self) -> None:
        self.seen = Condition()
        self.replies: list[tuple[str, list[Json]]] = []
        self.pushes: list[tuple[str, list[Json]]] = []
        self.loadings: list[tuple[str, int]] = []
        self.refusals: list[tuple[str, int, str]] = []
        self.calls: list[str] = []
        self.troubles: deque[int | str | None] = deque()
        self.quota: int | None = None
        self.hides_quota = False
        self.now: Callable[[], float] = time.monotonic
        self.released = False
        self.url = ""
        self._tokens: dict[str, float] = {}
        self._keys: dict[str, str] = {}

    def token(self, lifetime: float = 60.0) -> str:
        """A new reply token, good once and for so many seconds."""
        token = uuid4().hex
        with self.seen:
            self._tokens[token] = self.now() + lifetime
        return token

    def wait_for(self, holds: Callable[[], bool]) -> bool:
        """Wait until something is true of what LINE has seen; False if it never is."""
        with self.seen:
            return self.seen.wait_for(holds, _PATIENCE)

    def replied(self) -> Counter[str]:
        """How often each token brought messages to a person."""
        with self.seen:
            return Counter(token for token, _ in self.replies)

    def let_go(self) -> None:
        """End the requests that hang."""
        with self.seen:
            self.released = True
            self.seen.notify_all()

    def hang(self) -> None:
        """Answer nothing until let go."""
        with self.seen:
            self.seen.wait_for(lambda: self.released, _PATIENCE)

    def note(self, path: str) -> None:
        """A request came that is not carried out."""
        with self.seen:
            self.calls.append(path)
            self.seen.notify_all()

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Said:
        """One request: status, body and headers of LINE's answer."""
        with self.seen:
            self.calls.append(path)
            status, said, more = self._answer(method, path, headers, body)
            if status >= 400:
                self.refusals.append((path, status, said.get("message", "")))
            self.seen.notify_all()
            return status, said, more

    def _answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Said:
        if headers.get("authorization") != f"Bearer {ACCESS_TOKEN}":
            return 401, {"message": "Authentication failed due to the following reason: invalid token."}, {}
        if len(body) > 2 * 1024 * 1024:
            return 413, {"message": "Request Entity Too Large"}, {}
        payload = json.loads(body or b"{}")
        endpoints: dict[tuple[str, str], Callable[[], Said]] = {
            ("GET", "/v2/bot/message/quota"): self._quota,
            ("GET", "/v2/bot/message/quota/consumption"): lambda: (200, {"totalUsage": len(self.pushes)}, {}),
            ("POST", "/v2/bot/message/reply"): lambda: self._reply(payload, headers),
            ("POST", "/v2/bot/message/push"): lambda: self._push(payload, headers),
            ("POST", "/v2/bot/chat/loading/start"): lambda: self._loading(payload),
        }
        return endpoints.get((method, path), lambda: (404, {"message": "Not found"}, {}))()

    def _quota(self) -> Said:
        if self.hides_quota:
            return 500, {"message": "Internal Server Error"}, {}
        return 200, {"type": "none"} if self.quota is None else {"type": "limited", "value": self.quota}, {}

    def _reply(self, payload: Json, headers: dict[str, str]) -> Said:
        if "x-line-retry-key" in headers:
            return 400, {"message": "The retry key is not accepted by this endpoint"}, {}
        faults = schema_faults("reply", payload) or limit_faults(payload["messages"])
        if faults:
            return _invalid(faults)
        if self._tokens.pop(payload["replyToken"], 0.0) < self.now():
            return 400, {"message": "Invalid reply token"}, {}
        self.replies.append((payload["replyToken"], payload["messages"]))
        return 200, {"sentMessages": _sent(payload["messages"])}, {}

    def _push(self, payload: Json, headers: dict[str, str]) -> Said:
        faults = schema_faults("push", payload) or limit_faults(payload["messages"])
        if faults:
            return _invalid(faults)
        key = headers.get("x-line-retry-key", "")
        try:
            UUID(key)
        except ValueError:
            return 400, {"message": "The retry key is invalid"}, {}
        if key in self._keys:
            said = {
                "message": "The retry key is already accepted",
                "sentMessages": _sent(payload["messages"]),
            }
            return 409, said, {"x-line-accepted-request-id": self._keys[key]}
        if self.quota is not None and len(self.pushes) >= self.quota:
            return 429, {"message": "You have reached your monthly limit."}, {}
        self._keys[key] = uuid4().hex
        self.pushes.append((payload["to"], payload["messages"]))
        return 200, {"sentMessages": _sent(payload["messages"])}, {}

    def _loading(self, payload: Json) -> Said:
        faults = schema_faults("loading", payload)
        seconds = payload.get("loadingSeconds", 20)
        if faults or seconds % 5 or not 5 <= seconds <= 60 or not str(payload.get("chatId")).startswith("U"):
            return _invalid(faults or ["loadingSeconds or chatId"])
        self.loadings.append((payload["chatId"], seconds))
        return 202, {}, {}


def _invalid(faults: list[str]) -> Said:
    details = [{"message": fault, "property": "messages"} for fault in faults]
    return 400, {"message": "The request body has errors: " + "; ".join(faults), "details": details}, {}


def _sent(messages: list[Json]) -> list[Json]:
    return [{"id": str(n), "quoteToken": f"q{n}"} for n in range(1, len(messages) + 1)]
