"""
The worker is killed with SIGKILL at every step of the way, and every accepted event is answered once.

Run with `-s` it prints its table: per step how often it was killed, how many events
reached their person once, twice and never, and how they were counted.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerContext, ForkServerProcess

import httpx2
import pytest
from sqlalchemy import func, select

from assistant.ports import SystemClock
from assistant.records.database import Database
from assistant.records.line_events import OPEN, EventState
from assistant.records.line_queue import LineQueue
from assistant.records.tables import TurnRow
from tests.assistant.channels.line.event_bodies import body_of, redelivered, signed, text_event
from tests.assistant.channels.line.fake_line import FakeLine
from tests.assistant.channels.line.killable import OUTSIDE, STEPS, TIMING, serve

ROUNDS = 3
# Only here nobody can know any more whether the message has arrived; it has, so it is not sent again.
IN_DOUBT = ("LINE has taken it", "LINE's word seen, not noted")
Json = dict[str, object]


@pytest.fixture(scope="session")
def nursery() -> ForkServerContext:
    """Starts server processes that have imported everything already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.assistant.channels.line.killable"])
    return context


@contextmanager
def serving(
    nursery: ForkServerContext, step: str, url: str, line: FakeLine
) -> Iterator[tuple[ForkServerProcess, str]]:
    """A server process and its webhook; dead at the end."""
    ours, theirs = nursery.Pipe()
    process = nursery.Process(target=serve, args=(step, url, line.url, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield process, f"http://127.0.0.1:{ours.recv()}/line/webhook"
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def delivered(webhook: str, one: Json) -> bool:
    """Whether the event got its 200."""
    body = body_of(one)
    try:
        return httpx2.post(webhook, content=body, headers=signed(body), timeout=20).status_code == 200
    except httpx2.TransportError:
        return False


def round_of(
    nursery: ForkServerContext, step: str, url: str, line: FakeLine, queue: LineQueue, one: Json
) -> None:
    """One event, a process killed at `step` of its way, and a second process that comes after it."""
    token = str(one["replyToken"])
    line.released = False
    if step == "LINE has taken it":
        line.troubles.append("hang after")
    with serving(nursery, step, url, line) as (process, webhook):
        accepted = delivered(webhook, one)
        if step in OUTSIDE:
            assert accepted
            assert step == "behind the 200" or line.wait_for(lambda: token in line.replied())
            process.kill()
        process.join(timeout=20)
        assert process.exitcode == -signal.SIGKILL
    line.let_go()
    with serving(nursery, "", url, line) as (_, webhook):
        if not accepted:
            assert delivered(webhook, redelivered(one))
        for _ in range(400):
            if not any(queue.counts().get(state) for state in OPEN):
                return
            with line.seen:
                line.seen.wait(0.05)
        raise AssertionError(queue.counts())


def test_killed_at_every_step(
    nursery: ForkServerContext, url: str, database: Database, line: FakeLine
) -> None:
    """30 kills on each database: each event reaches its person once, is answered once, and is counted."""
    queue = LineQueue(database, SystemClock(), TIMING.lease)
    lines = [
        f"| {database.engine.dialect.name}: killed | kills | once | twice | never | counted as |",
        "|---|---|---|---|---|---|",
    ]
    for place, step in enumerate(STEPS):
        before, tokens = Counter(queue.counts()), []
        for number in range(ROUNDS):
            tokens.append(line.token())
            one = text_event("A類要幾家?", tokens[-1], user=f"U{place:016d}{number:016d}")
            round_of(nursery, step, url, line, queue, one)
        times = Counter(line.replied()[token] for token in tokens)
        counted = Counter(queue.counts()) - before
        said = "、".join(f"{state} {number}" for state, number in counted.items())
        lines.append(f"| {step} | {ROUNDS} | {times[1]} | {times[2]} | {times[0]} | {said} |")
        assert times == {1: ROUNDS}, lines
        assert counted == {EventState.UNCONFIRMED if step in IN_DOUBT else EventState.ANSWERED: ROUNDS}, lines
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(TurnRow)) == ROUNDS * len(STEPS)


def test_killed_until_the_token_died(
    nursery: ForkServerContext, url: str, database: Database, line: FakeLine
) -> None:
    """An event whose token died while the process was away is answered by nobody, and counted."""
    queue = LineQueue(database, SystemClock(), TIMING.lease)
    token = line.token(lifetime=-1)
    round_of(nursery, "answer kept", url, line, queue, text_event("A類要幾家?", token))

    assert line.replied()[token] == 0
    assert queue.counts() == {EventState.EXPIRED: 1}
