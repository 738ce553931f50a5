"""
How long the server takes to be ready, and what memory it holds: python -m eval.bench_server.

Starts the real server on a free port, waits for /readyz, asks twenty questions, and
prints seconds and MB of resident memory, beside a bare interpreter in the same run.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

import psutil

QUESTIONS = ("案子可以轉包嗎", "A類要幾家", "誰要上台簡報", "補助多少錢")
_MEGABYTE = 1_000_000


def main() -> None:
    """Print the figures, one a line."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bare = _seconds([sys.executable, "-c", "pass"])
    started = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve"],
        env={**os.environ, "ASSISTANT_PORT": str(port)},
        stderr=subprocess.DEVNULL,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(f"{base}/readyz")
        ready = time.perf_counter() - started
        memory = psutil.Process(server.pid).memory_info().rss / _MEGABYTE
        times = [_ask(base, question) for question in QUESTIONS * 5]
        after = psutil.Process(server.pid).memory_info().rss / _MEGABYTE
    finally:
        server.terminate()
        server.wait()
    print(f"ready in {ready:.1f} s ({ready / bare:.0f} bare interpreters of {bare * 1000:.0f} ms)")
    print(f"resident {memory:.0f} MB when ready, {after:.0f} MB after {len(times)} questions")
    print(f"one question: median {statistics.median(times) * 1000:.0f} ms")


def _wait(url: str) -> None:
    while True:
        try:
            urllib.request.urlopen(url).close()  # noqa: S310 - the server started above
        except urllib.error.URLError:
            time.sleep(0.02)
        else:
            return


def _ask(base: str, question: str) -> float:
    request = urllib.request.Request(  # noqa: S310 - the server started above
        f"{base}/api/chat", json.dumps({"message": question}).encode(), {"Content-Type": "application/json"}
    )
    started = time.perf_counter()
    urllib.request.urlopen(request).close()  # noqa: S310
    return time.perf_counter() - started


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True)  # noqa: S603 - the interpreter itself
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
