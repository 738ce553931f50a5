"""
LINE's side on a loopback port: issues reply tokens, and enforces what LINE's servers enforce.

Tokens work once and for their lifetime; messages are held to LINE's schema and limits; a
push's retry key works once (409); a month's messages run out (429). `troubles` are
taken from the left, one for each request to an endpoint of messages: a status to
answer with, a word of TROUBLES, or None for no trouble.
"""

from __future__ import annotations

import json
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any
from uuid import UUID, uuid4

from tests.assistant.channels.line.line_limits import limit_faults
from tests.assistant.channels.line.line_schema import schema_faults

ACCESS_TOKEN = "line-access-token"
TROUBLES = ("drop before", "drop after", "hang", "hang after", "busy")
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


class Handler(BaseHTTPRequestHandler):
    """One connection; what it is asked goes to the server's FakeLine, unless there is trouble."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """What only asks."""
        self._handle()

    def do_POST(self) -> None:
        """What sends."""
        self._handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Nothing."""

    def _handle(self) -> None:
        line = self.server.line
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        trouble = self._trouble()
        if trouble is None:
            self._say(*line.answer(self.command, self.path, headers, body))
        elif isinstance(trouble, int):
            line.note(self.path)
            self._say(trouble, {"message": "Internal Server Error"}, {})
        elif trouble == "busy":
            line.note(self.path)
            self._say(429, {"message": "The API rate limit has been exceeded. Try again later."}, {})
        else:
            if trouble.endswith("after"):
                line.answer(self.command, self.path, headers, body)
            else:
                line.note(self.path)
            if trouble.startswith("hang"):
                line.hang()
            self.close_connection = True

    def _trouble(self) -> int | str | None:
        line = self.server.line
        with line.seen:
            return (
                line.troubles.popleft()
                if line.troubles and "/message/" in self.path and self.command == "POST"
                else None
            )

    def _say(self, status: int, said: Json, more: dict[str, str]) -> None:
        body = json.dumps(said).encode()
        try:
            self.send_response(status)
            self.send_header("x-line-request-id", uuid4().hex)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            for name, value in more.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # who asked was killed meanwhile


class Server(ThreadingHTTPServer):
    """Threads that end with the process; a queue for a burst."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, line: FakeLine, port: int = 0) -> None:
        self.line = line
        super().__init__(("127.0.0.1", port), Handler)


@contextmanager
def serving(line: FakeLine | None = None) -> Iterator[FakeLine]:
    """LINE's servers on a free port of this machine; on the old one, if they were there before."""
    line = line or FakeLine()
    port = int(line.url.rsplit(":", 1)[1]) if line.url else 0
    with Server(line, port) as server:
        line.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield line
        finally:
            line.let_go()
            server.shutdown()
            thread.join()
