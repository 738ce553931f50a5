"""
Middleware: how much work a public door lets in, so that nobody's load is everybody's wait.

A door is a few routes with a budget of their own: so many requests at work, so many waiting,
and so many a minute from one address. Beyond that a request is refused at once, with the
time after which to come again. Its body has been read by then: a slow sender takes no place.
Those who wait take turns by address, so that one who sends much waits for himself.
"""

from __future__ import annotations

import re
from asyncio import CancelledError, Future, get_running_loop
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil
from time import time
from typing import Final

import structlog
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.channels.problem import Problem
from assistant.channels.web.problem_response import respond

_BUSY_SECONDS: Final = 5
_REDIS_SECONDS: Final = 0.5
_HERE: Final = "here"
_IPV6_SUBSCRIBER: Final = 64  # bits: a subscriber is given all addresses that begin with the same
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Door:
    """Routes (a pattern of "METHOD /path"), how many requests are at work and may wait, and how many a minute."""

    name: str
    routes: re.Pattern[str]
    at_once: int
    waiting: int
    a_minute: int

    @property
    def rate(self) -> RateLimitItem:
        """What one address may ask for."""
        return RateLimitItemPerMinute(self.a_minute)


@dataclass(frozen=True, slots=True)
class Capacity:
    """
    What the public doors let in: for how many cores, how many questions a minute from one address.

    `redis_url` is where several workers count together; without it each counts for itself.
    """

    cores: int = 2
    chat_a_minute: int = 120
    redis_url: str | None = None


def doors_of(capacity: Capacity) -> tuple[Door, ...]:
    """
    The public doors.

    A question keeps a core busy, one more overlaps reading and writing; a password
    takes one for a fifth of a second. An office of fifty begins its day at once, from one address.
    """
    chat = re.compile(r"POST /(api/(chat|eligibility|feedback|forget)\b.*|answers/.*)?")
    sign_in = re.compile(r"POST /desk/(sign-in|account|links/.*)")
    desk = re.compile(r"POST /(api/)?desk/.*|GET /desk/items\b.*")
    return (
        Door("chat", chat, capacity.cores + 1, 64, capacity.chat_a_minute),
        Door("sign-in", sign_in, 1, 64, 60),
        Door("desk", desk, 2, 64, 600),
    )


class Doors:
    """
    Lets requests in through the first door that they match; what matches none is not counted.

    Addresses of this machine are not limited by the minute: a proxy on it names its clients.
    """

    def __init__(self, app: ASGIApp, doors: Sequence[Door], counts: Storage) -> None:
        self._app = app
        self._rooms = [(door, Room(door.at_once, door.waiting)) for door in doors]
        self._counted = MovingWindowRateLimiter(counts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        asked = f"{scope['method']} {scope['path']}" if scope["type"] == "http" else ""
        found = next(((door, room) for door, room in self._rooms if door.routes.fullmatch(asked)), None)
        if found is None:
            await self._app(scope, receive, send)
            return
        door, room = found
        who = _subscriber(scope)
        seconds = await self._too_often(door, who)
        if seconds:
            await respond(_refused(429, "too_many_requests", seconds), scope, receive, send)
            return
        async with room.place(who) as has_place:
            if has_place:
                await self._app(scope, receive, send)
        if not has_place:
            await respond(_refused(503, "busy", _BUSY_SECONDS), scope, receive, send)

    async def _too_often(self, door: Door, who: str) -> int:
        """The seconds to wait before this subscriber may ask again; 0 if it may now."""
        if who == _HERE:
            return 0
        try:
            if await self._counted.hit(door.rate, door.name, who):
                return 0
            reset = (await self._counted.get_window_stats(door.rate, door.name, who)).reset_time
        except StorageError as error:
            # Better a door without a limit than one that lets nobody in.
            _log.error("requests not counted", door=door.name, error=type(error).__name__)
            return 0
        return max(1, ceil(reset - time()))


class Room:
    """
    Places at work, and places to wait in, taken in turn by those who wait.

    When all are taken, who waits with most makes way for one who waits with less.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self._free, self._waiting = at_once, waiting
        self._turns: dict[str, deque[Future[bool]]] = {}  # in the order in which they are served next

    @asynccontextmanager
    async def place(self, who: str) -> AsyncIterator[bool]:
        """A place at work for the block, as soon as it is this one's turn; False if there is none to be had."""
        has_place = await self._enter(who)
        try:
            yield has_place
        finally:
            if has_place:
                self._leave()

    async def _enter(self, who: str) -> bool:
        if self._free:
            self._free -= 1
            return True
        if sum(map(len, self._turns.values())) >= self._waiting and not self._made_way(who):
            return False
        turn: Future[bool] = get_running_loop().create_future()
        self._turns.setdefault(who, deque()).append(turn)
        try:
            return await turn
        except CancelledError:
            if not turn.cancelled() and turn.result():
                self._leave()  # given the place in the moment of giving up
            elif turn in self._turns.get(who, ()):
                self._turns[who].remove(turn)
            raise

    def _made_way(self, who: str) -> bool:
        most = max(self._turns, key=lambda other: len(self._turns[other]), default=who)
        if len(self._turns.get(most, ())) <= len(self._turns.get(who, ())) + 1:
            return False
        _tell(self._turns[most].pop(), has_place=False)
        return True

    def _leave(self) -> None:
        while self._turns:
            who = next(iter(self._turns))
            turns = self._turns.pop(who)
            told = bool(turns) and _tell(turns.popleft(), has_place=True)
            if turns:
                self._turns[who] = turns
            if told:
                return
        self._free += 1


def _tell(turn: Future[bool], *, has_place: bool) -> bool:
    """Whether somebody still waits to be told."""
    if turn.done():
        return False
    turn.set_result(has_place)
    return True


def counts_in(redis_url: str | None) -> Storage:
    """Where requests are counted: in this process, or in a Redis; one that does not answer in time counts as gone."""
    if redis_url is None:
        return MemoryStorage()
    return RedisStorage(
        f"async+{redis_url}",
        wrap_exceptions=True,
        implementation="redispy",
        socket_timeout=_REDIS_SECONDS,
        socket_connect_timeout=_REDIS_SECONDS,
    )


def _subscriber(scope: Scope) -> str:
    """Whom a request's address belongs to."""
    address = (scope.get("client") or ("",))[0]
    try:
        found = ip_address(address)
    except ValueError:
        return _HERE  # no address: a socket of this machine, or a client in the process
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    if found.is_loopback:
        return _HERE
    if isinstance(found, IPv6Address):
        return str(IPv6Network((int(found), _IPV6_SUBSCRIBER), strict=False))
    return str(found)


def _refused(status: int, code: str, seconds: int) -> Problem:
    what = "同一個地方在短時間內送出太多要求" if status == 429 else "現在使用的人太多"  # noqa: PLR2004
    message = f"{what}，請在 {seconds} 秒後再送一次；您剛才送出的內容沒有處理。"
    return Problem(status, message, code=code, headers={"Retry-After": str(seconds)})
