"""Clients that mean ill, while somebody asks an ordinary question."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from threading import Event
from time import perf_counter

import httpx2
import psutil
import pytest

from eval.speed.hostile import PIECES
from tests.faults.running import PATIENCE, QUESTIONS, RunningServer, Seen, running

pytestmark = pytest.mark.faults
CLIENTS, MESSAGES, ATTEMPTS, HALVES = 40, 4, 64, 100
LONGEST = 2000
# What 40 clients may add to the memory; before there was a bound they added 3,300 MB.
ROOM_MB = 600
HALF_BODY = b"POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 90\r\n\r\n{"
HALF_HEAD = b"POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nX-"


def told_to_wait(server: RunningServer, question: str) -> Seen:
    """What somebody sees that asks again whenever it is told to come again."""
    seen = Seen()
    while not (seen.answers or seen.wrong or seen.stuck or seen.hung_up):
        seen.add(server.asked(question))
    return seen


def hostile(server: RunningServer, number: int) -> Seen:
    """What a client of one address sees that sends the longest messages it may."""
    seen = Seen()
    for piece in islice(cycle(PIECES.values()), number, number + MESSAGES):
        seen.add(server.asked((piece * LONGEST)[:LONGEST], f"198.51.100.{number}"))
    return seen


def signing_in(server: RunningServer, stop: Event) -> None:
    """Guesses at the console's door until it is told to stop."""
    with httpx2.Client(base_url=server.base, timeout=PATIENCE) as client:
        csrf = re.findall(r'name="csrf" value="([^"]+)"', client.get("/desk/sign-in").text)[0]
        while not stop.is_set():
            form = {"csrf": csrf, "name": "nobody", "password": "guess"}
            assert client.post("/desk/sign-in", data=form).status_code in {200, 401, 403, 429, 503}


def test_one_is_answered_among_many_that_mean_ill(data: Path) -> None:
    """Forty floods, sixty-four guesses at a password and a hundred half-sent requests: an ordinary client is answered right."""
    with running(data) as server:
        server.learn()
        process, stop = psutil.Process(server.process.pid), Event()
        before = process.memory_info().rss
        halves = [server.half(head) for head in islice(cycle([HALF_BODY, HALF_HEAD, b""]), HALVES)]
        took = []
        with ThreadPoolExecutor(CLIENTS + ATTEMPTS) as pool:
            guesses = [pool.submit(signing_in, server, stop) for _ in range(ATTEMPTS)]
            floods = [pool.submit(hostile, server, number) for number in range(CLIENTS)]
            ours = Seen()
            for question in QUESTIONS:
                begun = perf_counter()
                ours.add(told_to_wait(server, question))
                took.append(perf_counter() - begun)
            theirs = Seen()
            for flood in floods:
                theirs.add(flood.result())
            stop.set()
            for guess in guesses:
                guess.result()
        grown = (process.memory_info().rss - before) / 1e6
        for half in halves:
            half.close()
        print(f"ours: {ours}, slowest after {max(took):.1f} s; theirs: {theirs}; {grown:.0f} MB more")
        assert (len(ours.answers), ours.wrong, ours.stuck) == (len(QUESTIONS), [], 0)
        assert (theirs.wrong, theirs.stuck) == ([], 0)
        assert grown < ROOM_MB
        assert (server.status("/healthz"), server.status("/readyz")) == (200, 200)
        halves = [server.half(HALF_BODY) for _ in range(HALVES)]
        assert server.terminate() in {0, -15}
        for half in halves:
            half.close()
