"""LINE's servers fail, and so do the records and the assistant: no event is lost, none is answered twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import make_url
from structlog.testing import capture_logs

from assistant.records.line_events import OPEN, EventState
from tests.assistant.channels.line.conftest import Rig
from tests.assistant.channels.line.event_bodies import redelivered, text_event
from tests.assistant.channels.line.fake_server import serving
from tests.assistant.records.conftest import connect_to_server

Start = Callable[..., Rig]


@pytest.mark.parametrize("trouble", [500, 503, "busy", "drop before", 401])
def test_trouble_that_passes(rig: Rig, trouble: int | str) -> None:
    """LINE's servers fail a few times, then work: the answer arrives once."""
    rig.line.troubles.extend([trouble] * 3)
    rig.say("A類要幾家?")

    assert rig.settled() == {EventState.ANSWERED: 1}
    assert len(rig.line.replies) == 1
    assert len(rig.assistant.questions) == 1


@pytest.mark.parametrize("trouble", ["drop after", "hang after"])
def test_an_attempt_whose_end_nobody_saw(start: Start, trouble: str) -> None:
    """The message arrived but LINE's answer did not: the token is refused, nothing is sent twice, it is counted."""
    rig = start(request=timedelta(seconds=0.3))
    rig.line.troubles.append(trouble)
    rig.say("A類要幾家?")

    assert rig.settled() == {EventState.UNCONFIRMED: 1}
    assert len(rig.line.replies) == 1


def test_a_slow_line_does_not_hold_up_others(start: Start) -> None:
    """While one request hangs, other people are answered; then it is tried again."""
    rig = start(request=timedelta(seconds=1))
    rig.line.troubles.append("hang")
    first = rig.line.token()
    rig.deliver(text_event("A類要幾家?", first, user="U" + "1" * 32))
    assert rig.line.wait_for(lambda: "/v2/bot/message/reply" in rig.line.calls)
    rig.say("B類要幾家?", user="U" + "2" * 32)
    assert first not in rig.line.replied()

    assert rig.settled() == {EventState.ANSWERED: 2}
    assert rig.line.replied()[first] == 1


def test_line_is_down(idle: Rig, start: Start) -> None:
    """Nothing listens at LINE's address for a while: the answer waits, and arrives once."""
    with serving() as line:
        token = line.token()
    idle.line, idle.options = line, replace(idle.options, api_host=line.url)
    rig = start()
    with capture_logs() as logs:
        rig.deliver(text_event("A類要幾家?", token))
        rig.wait_until(lambda: len([log for log in logs if log.get("outcome") == "NOT_SENT"]) >= 3)
    with serving(line):
        assert line.wait_for(lambda: token in line.replied())

        assert rig.settled() == {EventState.ANSWERED: 1}
    assert line.replied() == {token: 1}


def test_a_failing_answer_is_apologised_for(rig: Rig) -> None:
    """An error in the assistant becomes a word to the person, who would wait for ever."""
    rig.assistant.failure = KeyError("broken")
    (said,) = rig.say("A類要幾家?")

    assert "未預期的錯誤" in said["text"]
    assert rig.settled() == {EventState.ANSWERED: 1}


def test_the_limit_is_told_once(rig: Rig) -> None:
    """Who sends more than the limit is told so once, then not answered; others are."""
    tokens = [rig.line.token() for _ in range(23)]
    for token in tokens:
        rig.deliver(text_event("A類要幾家?", token))
    rig.say("A類要幾家?", user="U" + "3" * 32)

    assert rig.settled() == {EventState.ANSWERED: 22, EventState.LIMITED: 2}
    told = [messages for _, messages in rig.line.replies if "傳得太快" in messages[0]["text"]]
    assert len(told) == 1


def test_the_records_are_restarted(rig: Rig) -> None:
    """Connections to the database that die, again and again, lose no event that was taken and answer none twice."""
    tokens: dict[str, dict[str, object]] = {}
    for number in range(12):
        token = rig.line.token()
        tokens[token] = text_event(f"第{number}題", token, user=f"U{number:032d}")
        while True:
            response = _without_a_crash(rig, tokens[token])
            _break_connections(rig)
            if response:
                break

    assert rig.line.wait_for(lambda: set(tokens) <= set(rig.line.replied()))
    counts = rig.settled()
    assert set(rig.line.replied().values()) == {1}
    assert counts.get(EventState.ANSWERED, 0) + counts.get(EventState.UNCONFIRMED, 0) == len(tokens)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)  # SQLite has no server that could be away
def test_the_database_is_away(start: Start, url: str) -> None:
    """While PostgreSQL takes no connections the webhook is 503; when it is back, LINE's redelivery is answered."""
    rig = start()
    name = make_url(url).database
    token = rig.line.token()
    one = text_event("A類要幾家?", token)
    with closing(connect_to_server()) as server:
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        _break_connections(rig)
        assert rig.deliver(one).status_code == 503
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert rig.deliver(redelivered(one)).status_code == 200

    assert rig.settled() == {EventState.ANSWERED: 1}
    assert rig.line.replied() == {token: 1}


def test_a_full_stop_lets_everything_go(idle: Rig, start: Start) -> None:
    """When the service stops, what is begun is finished; the events that wait are there for the next one."""
    rig = start()
    token = rig.line.token()
    rig.assistant.gate.clear()
    rig.deliver(text_event("A類要幾家?", token))
    assert rig.line.wait_for(lambda: len(rig.line.loadings) == 1)
    rig.assistant.gate.set()
    rig.client.__exit__(None, None, None)

    assert idle.queue.counts() == {EventState.ANSWERED: 1}
    assert not any(idle.queue.counts().get(state) for state in OPEN)


def _without_a_crash(rig: Rig, one: dict[str, object]) -> bool:
    """Whether LINE got its 200; if not it would deliver again."""
    return bool(rig.deliver(redelivered(one)).status_code == 200)


def _break_connections(rig: Rig) -> None:
    """What a restart of the database does to who is connected."""
    url = rig.service.database.engine.url
    if url.get_backend_name() == "sqlite":
        rig.service.database.close()
        return
    with closing(connect_to_server()) as server:
        try:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [url.database]
            )
        except psycopg.Error as error:
            raise AssertionError("the connections could not be broken") from error
