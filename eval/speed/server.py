"""How long the server takes to be ready, what memory it holds, and how long one question takes."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
import urllib.request

import psutil

from eval.speed.process import QUESTIONS, ServerProcess, server_process

_MEGABYTE = 1_000_000


def measure() -> None:
    """Seconds beside a bare interpreter in the same run, MB resident, the median of twenty questions."""
    bare = _seconds([sys.executable, "-c", "pass"])
    started = time.perf_counter()
    with server_process() as server:
        ready = time.perf_counter() - started
        memory = psutil.Process(server.pid).memory_info().rss / _MEGABYTE
        times = [_ask(server, question) for question in QUESTIONS * 5]
        after = psutil.Process(server.pid).memory_info().rss / _MEGABYTE
    print(f"ready in {ready:.1f} s ({ready / bare:.0f} bare interpreters of {bare * 1000:.0f} ms)")
    print(f"resident {memory:.0f} MB when ready, {after:.0f} MB after {len(times)} questions")
    print(f"one question: median {statistics.median(times) * 1000:.0f} ms")


def _ask(server: ServerProcess, question: str) -> float:
    body, headers = json.dumps({"message": question}).encode(), {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{server.base}/api/chat", body, headers)  # noqa: S310 - the server started here
    started = time.perf_counter()
    urllib.request.urlopen(request).close()  # noqa: S310
    return time.perf_counter() - started


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True)  # noqa: S603 - the interpreter itself
    return time.perf_counter() - started
