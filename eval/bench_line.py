"""
How fast LINE gets its 200 in a burst, and how soon the people their answers: python -m eval.bench_line.

Starts the real server with a stand-in for LINE's API on this machine, then delivers
200 events of 200 people at once, each in a webhook of its own, twice. Records are in a
SQLite file, unless ASSISTANT_DATABASE_URL names another database.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from assistant.channels.line.phone import Phone, open_phone, signature, text_webhook

EVENTS: Final = 200
QUESTIONS: Final = ("案子可以轉包嗎", "A類要幾家", "誰要上台簡報", "補助多少錢")
SECRET: Final = "bench-channel-secret"  # noqa: S105 - of no channel
LINES_PATIENCE: Final = 2.0


def main() -> None:
    """Print the figures, one a line."""
    with tempfile.TemporaryDirectory() as folder, open_phone() as phone:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = {
            "ASSISTANT_DATABASE_URL": f"sqlite:///{Path(folder) / 'records.sqlite3'}",
            **os.environ,
            "ASSISTANT_PORT": str(port),
            "ASSISTANT_LINE_CHANNEL_SECRET": SECRET,
            "ASSISTANT_LINE_CHANNEL_ACCESS_TOKEN": "bench-access-token",
            "ASSISTANT_LINE_API_HOST": phone.address,
        }
        command = [sys.executable, "-m", "assistant", "serve"]
        server = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            _wait(server, f"http://127.0.0.1:{port}/readyz")
            print(f"records in {settings['ASSISTANT_DATABASE_URL'].split(':', 1)[0]}")
            _burst(port, phone, "first burst, cold")
            _burst(port, phone, "second burst")
        finally:
            server.terminate()
            server.wait()


def _burst(port: int, phone: Phone, name: str) -> None:
    people = [f"U{time.time_ns():020d}{n:012d}" for n in range(EVENTS)]
    webhooks = [text_webhook(QUESTIONS[n % len(QUESTIONS)], person) for n, person in enumerate(people)]
    began = time.perf_counter()
    with ThreadPoolExecutor(EVENTS) as clients:
        took = list(clients.map(lambda webhook: _deliver(port, webhook[0]), webhooks))
    accepted = time.perf_counter() - began
    answered = {phone.replies.get(timeout=60)[0] for _ in webhooks}
    finished = time.perf_counter() - began
    late = sum(seconds > LINES_PATIENCE for seconds in took)
    print(
        f"{name}: {len(took)} times 200, median {statistics.median(took):.2f} s, slowest {max(took):.2f} s, "
        f"beyond {LINES_PATIENCE:.0f} s: {late}; all accepted after {accepted:.2f} s, "
        f"{len(answered)} of {len(webhooks)} answered after {finished:.2f} s"
    )


def _deliver(port: int, body: bytes) -> float:
    """Seconds from opening the connection to the 200."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", "/line/webhook", body, {"X-Line-Signature": signature(body, SECRET)})
    response = connection.getresponse()
    response.read()
    connection.close()
    if response.status != http.HTTPStatus.OK:
        raise RuntimeError(f"the webhook answered {response.status}")
    return time.perf_counter() - started


def _wait(server: subprocess.Popen[bytes], url: str) -> None:
    while server.poll() is None:
        try:
            urllib.request.urlopen(url).close()  # noqa: S310 - the server started above
        except urllib.error.URLError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start; `python -m assistant serve` says why")


if __name__ == "__main__":
    main()
