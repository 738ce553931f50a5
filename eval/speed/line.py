"""
How fast LINE gets its 200 in a burst, and how soon the people their answers.

With a stand-in for LINE's API on this machine, 200 events of 200 people are delivered
at once, each in a webhook of its own, twice. Records are in a SQLite file, unless
ASSISTANT_DATABASE_URL names another database.
"""

from __future__ import annotations

import http.client
import os
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from assistant.channels.line.phone import Phone, open_phone, signature, text_webhook
from eval.speed.process import QUESTIONS, server_process

EVENTS: Final = 200
SECRET: Final = "bench-channel-secret"  # noqa: S105 - of no channel
LINES_PATIENCE: Final = 2.0


def measure() -> None:
    """Two bursts, the first one cold."""
    with tempfile.TemporaryDirectory() as folder, open_phone() as phone:
        own = f"sqlite:///{Path(folder) / 'records.sqlite3'}"
        records = os.environ.get("ASSISTANT_DATABASE_URL", own)
        with server_process(
            ASSISTANT_DATABASE_URL=records,
            ASSISTANT_LINE_CHANNEL_SECRET=SECRET,
            ASSISTANT_LINE_CHANNEL_ACCESS_TOKEN="bench-access-token",  # noqa: S106 - of no channel
            ASSISTANT_LINE_API_HOST=phone.address,
        ) as server:
            print(f"records in {records.split(':', 1)[0]}")
            _burst(server.port, phone, "first burst, cold")
            _burst(server.port, phone, "second burst")


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
