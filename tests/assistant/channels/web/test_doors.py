"""Public doors: places at work, places to wait in, and requests a minute."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator

import pytest
from limits.aio.storage import MemoryStorage
from redis import Redis
from redis.exceptions import RedisError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.channels.web.doors import Capacity, Door, Doors, Room, counts_in, doors_of
from tests.loops import run

ASKING = "POST /api/chat"
REDIS = "redis://127.0.0.1:6379/15"


def scope(asked: str = ASKING, address: str = "203.0.113.7") -> Scope:
    """A request from an address."""
    method, path = asked.split(" ", 1)
    return {"type": "http", "method": method, "path": path, "headers": [], "client": (address, 50000)}


class Work:
    """An application that notes how many requests are inside, and lets them out when told."""

    def __init__(self) -> None:
        self.inside, self.most, self.done = 0, 0, asyncio.Event()

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """One request."""
        self.inside += 1
        self.most = max(self.most, self.inside)
        await self.done.wait()
        self.inside -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def asked(app: ASGIApp, request: Scope) -> tuple[int, dict[bytes, bytes]]:
    """The status and headers with which a request is answered."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(request, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"])


def door(at_once: int = 2, waiting: int = 1, a_minute: int = 1000) -> Door:
    """A door for questions."""
    return Door("chat", re.compile("POST /api/chat"), at_once, waiting, a_minute)


def test_so_many_are_at_work_some_wait_the_rest_come_again() -> None:
    """Of five requests two are at work and one waits; two are 503 at once, with the time to come again."""

    async def five() -> tuple[int, list[tuple[int, dict[bytes, bytes]]]]:
        work = Work()
        doors = Doors(work, [door()], MemoryStorage())
        tasks = [asyncio.create_task(asked(doors, scope())) for _ in range(5)]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        work.done.set()
        return work.most, list(await asyncio.gather(*tasks))

    most, answers = run(five())

    assert most == 2
    assert sorted(status for status, _ in answers) == [200, 200, 200, 503, 503]
    assert [headers[b"retry-after"] for status, headers in answers if status == 503] == [b"5", b"5"]


def test_who_gives_up_waiting_leaves_a_place() -> None:
    """A request that is cancelled, waiting or at work, takes no place any more."""

    async def given_up() -> int:
        work = Work()
        doors = Doors(work, [door(at_once=1)], MemoryStorage())
        first, second = (asyncio.create_task(asked(doors, scope())) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        second.cancel()
        await asyncio.wait([first, second])
        work.done.set()
        return (await asked(doors, scope()))[0]

    assert run(given_up()) == 200


async def in_turn(senders: str, at_once: int = 1, waiting: int = 64) -> list[tuple[str, bool]]:
    """Whoever came in this order, each a letter, in the order in which they leave, and whether they had a place."""
    room, left, done = Room(at_once, waiting), [], asyncio.Event()

    async def come(who: str) -> None:
        async with room.place(who) as has_place:
            if has_place:
                await done.wait()
            left.append((who, has_place))

    async with asyncio.TaskGroup() as tasks:
        for who in senders:
            tasks.create_task(come(who))
            await asyncio.sleep(0)
        tasks.create_task(asyncio.sleep(0)).add_done_callback(lambda _: done.set())
    return left


def test_those_who_wait_take_turns_by_address() -> None:
    """Who comes after forty of one address has a place after one of them, not after forty."""
    left = run(in_turn("h" * 41 + "u" + "v"))

    assert [who for who, _ in left[:5]] == ["h", "h", "u", "v", "h"]
    assert len(left) == 43
    assert all(has_place for _, has_place in left)


def test_who_waits_with_most_makes_way() -> None:
    """In a full room another's request takes the place of the last of the greediest; who waits with as many gets none."""
    left = run(in_turn("h" * 5 + "uuu" + "h", waiting=4))

    assert left == [
        ("h", False),
        ("h", False),
        ("u", False),
        ("h", False),
        ("h", True),
        ("h", True),
        ("u", True),
        ("h", True),
        ("u", True),
    ]


def test_who_gives_up_in_the_moment_of_being_served_hands_the_place_on() -> None:
    """A waiting request that is cancelled when its turn has come keeps nothing."""

    async def given_up() -> bool:
        room = Room(1, 2)
        async with room.place("first"):
            waiting = asyncio.create_task(room.place("second").__aenter__())
            await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        async with room.place("third") as has_place:
            return has_place

    assert run(given_up())


@pytest.mark.parametrize(
    ("addresses", "statuses"),
    [
        (("2001:db8::1", "2001:db8::ffff:2"), [200, 429]),
        (("2001:db8::1", "2001:db8:0:1::1"), [200, 200]),
        (("::ffff:203.0.113.7", "203.0.113.7"), [200, 429]),
        (("::ffff:203.0.113.7", "::ffff:203.0.113.8"), [200, 200]),
    ],
)
def test_an_ipv6_subscriber_is_one(addresses: tuple[str, str], statuses: list[int]) -> None:
    """The addresses that one subscriber is given count together; IPv4 written as IPv6 is IPv4."""

    async def both() -> list[int]:
        work = Work()
        work.done.set()
        doors = Doors(work, [door(a_minute=1)], MemoryStorage())
        return [(await asked(doors, scope(address=address)))[0] for address in addresses]

    assert run(both()) == statuses


def test_an_address_asks_so_often_a_minute() -> None:
    """The third request of a minute is 429 with the seconds to wait; another address, another door are not touched."""

    async def often() -> list[int]:
        work = Work()
        work.done.set()
        doors = Doors(work, [door(a_minute=2)], MemoryStorage())
        requests = [scope()] * 3 + [scope(address="203.0.113.8"), scope("GET /widget.js")]
        answers = [await asked(doors, request) for request in requests]
        assert 1 <= int(answers[2][1][b"retry-after"]) <= 60
        return [status for status, _ in answers]

    assert run(often()) == [200, 200, 429, 200, 200]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_this_machine_is_not_counted(address: str) -> None:
    """What runs on the server itself may ask as often as it likes."""

    async def local() -> list[int]:
        work = Work()
        work.done.set()
        doors = Doors(work, [door(a_minute=1)], MemoryStorage())
        return [(await asked(doors, scope(address=address)))[0] for _ in range(3)]

    assert run(local()) == [200, 200, 200]


@pytest.fixture
def redis() -> Iterator[str]:
    """A Redis whose database 15 is empty before and after; without one the test is skipped, in CI it fails."""
    client = Redis.from_url(REDIS)
    try:
        client.flushdb()
    except RedisError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("no Redis at 127.0.0.1:6379")
    yield REDIS
    client.flushdb()


def test_workers_count_together_in_redis(redis: str) -> None:
    """Two workers with one Redis let one address in as often as one of them alone would."""

    async def two() -> list[int]:
        work = Work()
        work.done.set()
        stores = [counts_in(redis) for _ in range(2)]
        workers = [Doors(work, [door(a_minute=2)], counts) for counts in stores]
        statuses = [(await asked(worker, scope()))[0] for worker in workers * 2]
        for counts in stores:
            await counts.bridge.storage.aclose()  # type: ignore[attr-defined]
        return statuses

    assert run(two()) == [200, 200, 429, 429]


def test_without_its_redis_nobody_is_locked_out() -> None:
    """A Redis that is gone lets everybody in."""

    async def gone() -> int:
        work = Work()
        work.done.set()
        doors = Doors(work, [door(a_minute=1)], counts_in("redis://127.0.0.1:1/0"))
        return (await asked(doors, scope()))[0]

    assert run(gone()) == 200


@pytest.mark.parametrize(
    ("request_line", "name"),
    [
        ("POST /", "chat"),
        ("POST /api/chat/stream", "chat"),
        ("POST /answers/01H", "chat"),
        ("POST /api/eligibility", "chat"),
        ("POST /desk/sign-in", "sign-in"),
        ("POST /desk/links/abc", "sign-in"),
        ("POST /desk/inquiries/1/regenerate", "desk"),
        ("POST /api/desk/inquiries", "desk"),
        ("GET /healthz", None),
        ("GET /", None),
        ("GET /desk/sign-in", None),
        ("POST /line/webhook", None),
    ],
)
def test_each_route_has_its_door(request_line: str, name: str | None) -> None:
    """What costs much stands behind a door of its own; probes, files and LINE's webhook behind none."""
    found = next((door for door in doors_of(Capacity()) if door.routes.fullmatch(request_line)), None)

    assert (found and found.name) == name
