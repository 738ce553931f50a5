"""The worker keeps at it: several share a queue, slow answers hold their lease, the records may go away."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from assistant.records.line_events import EventState
from assistant.records.line_tables import LineEventRow
from assistant.records.tables import TurnRow
from assistant.records.unavailable import RecordsUnavailable
from tests.assistant.channels.line.conftest import Rig
from tests.assistant.channels.line.event_bodies import body_of, signed, text_event

Start = Callable[..., Rig]


def test_a_burst_is_answered(rig: Rig) -> None:
    """200 events of 200 people, delivered together, are all accepted and answered, each once."""
    tokens = [rig.line.token() for _ in range(200)]
    for at in range(0, 200, 20):
        some = tokens[at : at + 20]
        events = [text_event("A類要幾家?", token, user=f"U{token}") for token in some]
        assert rig.deliver(*events).status_code == 200

    assert rig.line.wait_for(lambda: len(rig.line.replies) == 200)
    assert rig.settled() == {EventState.ANSWERED: 200}
    assert rig.line.replied() == dict.fromkeys(tokens, 1)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)  # SQLite has one worker
def test_several_workers_share_the_queue(start: Start) -> None:
    """Three workers on one PostgreSQL answer every event once, whoever took it in."""
    rig = start()
    tokens = [rig.line.token() for _ in range(60)]
    with ExitStack() as stack:
        clients = [rig.client, *(stack.enter_context(TestClient(rig.app())) for _ in range(2))]
        for number, token in enumerate(tokens):
            body = body_of(text_event("A類要幾家?", token, user=f"U{token}"))
            for client in (clients[number % 3], clients[(number + 1) % 3]):  # and a duplicate elsewhere
                assert client.post("/line/webhook", content=body, headers=signed(body)).status_code == 200
        assert rig.line.wait_for(lambda: len(rig.line.replies) >= 60)
        assert rig.settled() == {EventState.ANSWERED: 60}

    assert rig.line.replied() == dict.fromkeys(tokens, 1)
    with rig.service.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(TurnRow)) == 60


def test_a_slow_answer_keeps_its_lease(start: Start) -> None:
    """While an answer takes its time the worker renews its lease, and it is given once."""
    rig = start(lease=timedelta(seconds=5))
    rig.assistant.gate.clear()
    token = rig.line.token()
    rig.deliver(text_event("A類要幾家?", token))
    rig.wait_until(lambda: leased_until(rig) is not None)
    for _ in range(3):
        before = leased_until(rig)
        rig.wait_until(lambda before=before: leased_until(rig) != before)  # type: ignore[misc]
    rig.assistant.gate.set()

    assert rig.line.wait_for(lambda: token in rig.line.replied())
    assert rig.settled() == {EventState.ANSWERED: 1}
    assert len(rig.assistant.questions) == 1


def test_answers_of_one_person_come_in_order(rig: Rig) -> None:
    """Several questions of one person are answered in the order in which they were written."""
    tokens = [rig.line.token() for _ in range(5)]
    rig.deliver(*(text_event(f"第{n}題", token, timestamp=10**12 + n) for n, token in enumerate(tokens)))

    assert rig.settled() == {EventState.ANSWERED: 5}
    assert [token for token, _ in rig.line.replies] == tokens
    assert [question.text for question in rig.assistant.questions] == [f"第{n}題" for n in range(5)]


def test_an_answer_waits_for_the_records(rig: Rig) -> None:
    """An answer that the records could not take is given when they can."""
    rig.assistant.failure = RecordsUnavailable("away")
    token = rig.line.token()
    with capture_logs() as logs:
        rig.deliver(text_event("A類要幾家?", token))
        rig.wait_until(lambda: any("waits for the records" in str(log) for log in logs))
    rig.assistant.failure = None

    assert rig.line.wait_for(lambda: token in rig.line.replied())
    assert rig.settled() == {EventState.ANSWERED: 1}


def test_a_stopped_worker_leaves_its_work_to_the_next(start: Start) -> None:
    """An event that waits for LINE's servers when the service stops is answered after the next start, once."""
    rig = start(request=timedelta(seconds=60), grace=timedelta(seconds=0.1))
    rig.line.troubles.append("hang")
    token = rig.line.token()
    rig.deliver(text_event("A類要幾家?", token))
    assert rig.line.wait_for(lambda: "/v2/bot/message/reply" in rig.line.calls)
    rig.client.__exit__(None, None, None)
    assert rig.queue.counts() == {EventState.SENDING: 1}

    with TestClient(rig.app()):
        assert rig.line.wait_for(lambda: token in rig.line.replied())
        assert rig.settled() == {EventState.ANSWERED: 1}
    assert rig.line.replied() == {token: 1}


def test_logs_hold_no_words_of_people(rig: Rig) -> None:
    """What is logged of an event has its id and its end, not who wrote what."""
    with capture_logs() as logs:
        rig.say("我的店在迪化街一段21號")
        rig.settled()

    assert any(log["event"] == "line event" and log["state"] == "answered" for log in logs)
    assert "迪化街" not in str(logs)
    assert "U4af4980629" not in str(logs)


def leased_until(rig: Rig) -> datetime | None:
    """Until when the one event is held."""
    with rig.service.database.reading() as session:
        return session.scalar(select(LineEventRow.leased_until))
