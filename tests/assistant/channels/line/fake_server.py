"""A FakeLine on a loopback port, with the troubles that it is told to have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import uuid4

from tests.assistant.channels.line.fake_line import FakeLine, Json


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
