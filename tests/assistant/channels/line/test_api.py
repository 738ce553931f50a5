"""What LINE answers is told apart: delivered, dead, refused, spent, not sent, unknown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from assistant.channels.line.api import LineApi, Sent, loading_seconds, open_api, retry_key
from tests import loops
from tests.assistant.channels.line.event_bodies import USER
from tests.assistant.channels.line.fake_line import ACCESS_TOKEN, FakeLine
from tests.assistant.channels.line.fake_server import serving

HELLO = [{"type": "text", "text": "您好"}]
Call = Callable[[LineApi], Awaitable[Sent]]


def ask(line: FakeLine, call: Callable[[LineApi], Awaitable[object]], token: str = ACCESS_TOKEN) -> object:
    """Run one call in a loop of its own."""

    async def run() -> object:
        async with open_api(line.url, token, timedelta(seconds=0.5).total_seconds()) as api:
            return await call(api)

    return loops.run(run())


def test_a_reply(line: FakeLine) -> None:
    """A reply is delivered once; its token is dead then."""
    token = line.token()

    assert ask(line, lambda api: api.reply(token, HELLO)) is Sent.DELIVERED
    assert ask(line, lambda api: api.reply(token, HELLO)) is Sent.DEAD_TOKEN
    assert line.replies == [(token, HELLO)]


def test_a_push_arrives_once(line: FakeLine) -> None:
    """The same event's push is taken once; the second time LINE says 409, which is as good."""
    for _ in range(2):
        assert ask(line, lambda api: api.push(USER, HELLO, "event")) is Sent.DELIVERED

    assert line.pushes == [(USER, HELLO)]
    assert line.refusals[0][1] == 409
    assert retry_key("event") != retry_key("another")


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (500, Sent.UNKNOWN),
        (503, Sent.UNKNOWN),
        ("busy", Sent.NOT_SENT),
        (401, Sent.NOT_SENT),
        (400, Sent.REFUSED),
        (413, Sent.REFUSED),
        ("drop before", Sent.UNKNOWN),
        ("drop after", Sent.UNKNOWN),
        ("hang", Sent.UNKNOWN),
    ],
)
def test_trouble(line: FakeLine, trouble: int | str, expected: Sent) -> None:
    """Each kind of trouble is what it is: what may have been taken is unknown, never not sent."""
    line.troubles.append(trouble)

    assert ask(line, lambda api: api.reply(line.token(), HELLO)) is expected


def test_nobody_listens(line: FakeLine) -> None:
    """Without a connection nothing can have been taken."""
    with serving() as gone:
        pass
    del line

    assert ask(gone, lambda api: api.reply("token", HELLO)) is Sent.NOT_SENT


def test_messages_beyond_the_limits(line: FakeLine) -> None:
    """What LINE's limits forbid is refused, and the token lives on."""
    token = line.token()

    assert ask(line, lambda api: api.reply(token, [{"type": "text", "text": "長" * 5001}])) is Sent.REFUSED
    assert ask(line, lambda api: api.reply(token, HELLO)) is Sent.DELIVERED


def test_the_quota(line: FakeLine) -> None:
    """A push is allowed while LINE counts fewer messages than there are, or sets no limit."""
    assert ask(line, lambda api: api.may_push()) is True
    line.quota = 1
    assert ask(line, lambda api: api.may_push()) is True
    ask(line, lambda api: api.push(USER, HELLO, "event"))
    assert ask(line, lambda api: api.may_push()) is False
    assert ask(line, lambda api: api.push(USER, HELLO, "another")) is Sent.SPENT
    line.hides_quota = True
    assert ask(line, lambda api: api.may_push()) is True


@pytest.mark.parametrize(
    ("left", "expected"), [(0.0, 5), (4.9, 5), (5.0, 5), (17.2, 15), (59.9, 55), (900.0, 60)]
)
def test_the_animation_goes_in_steps_of_five(left: float, expected: int) -> None:
    """The animation ends before the token does, in LINE's own steps."""
    assert loading_seconds(left) == expected


def test_the_animation(line: FakeLine) -> None:
    """The animation is asked for; where LINE refuses it, nothing happens."""
    ask(line, lambda api: api.show_loading(USER, 33))
    ask(line, lambda api: api.show_loading("C" + "0" * 32, 33))

    assert line.loadings == [(USER, 30)]


def test_logs_name_requests_not_people(line: FakeLine) -> None:
    """Each request is logged with endpoint, status and LINE's own id of it, without ids, tokens or words."""
    token = line.token()
    with capture_logs() as logs:
        ask(line, lambda api: api.reply(token, HELLO))
        ask(line, lambda api: api.push(USER, HELLO, "event"))
        ask(line, lambda api: api.reply(token, HELLO))

    assert [log["status"] for log in logs] == [200, 200, 400]
    assert all(log["line_request_id"] for log in logs)
    assert not any(secret in str(logs) for secret in (token, USER, "您好", ACCESS_TOKEN))
