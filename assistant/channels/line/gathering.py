"""
Webhooks that come at the same time -> one transaction for all of their events.

LINE waits 2 seconds. A burst of webhooks that each commit for themselves wait for each
other; gathered, a burst costs little more than one webhook.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from assistant.records.line_events import Incoming
from assistant.records.unavailable import RecordsUnavailable

Receive = Callable[[Sequence[Incoming]], list[str]]
_Waiting = tuple[Sequence[Incoming], asyncio.Future[list[str]]]


class Gathering:
    """
    Stores events by `receive`, in a thread of `threads`, one transaction at a time.

    For one event loop. What comes while a transaction is at work goes into the next.
    """

    def __init__(self, receive: Receive, threads: Executor) -> None:
        self._receive, self._threads = receive, threads
        self._waiting: list[_Waiting] = []
        self._storing: asyncio.Task[None] | None = None

    async def receive(self, events: Sequence[Incoming]) -> list[str]:
        """
        Store the events of one webhook; the ids of those that are to be answered.

        Raises:
            RecordsUnavailable: none of them is stored.
        """
        done: asyncio.Future[list[str]] = asyncio.get_running_loop().create_future()
        self._waiting.append((events, done))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store())
        return await done

    async def _store(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._together(batch)
            except RecordsUnavailable as error:
                _fail(batch, error)
            except Exception as error:  # noqa: BLE001 - told to those who wait
                if len(batch) == 1:
                    _fail(batch, error)
                    continue
                # One webhook that cannot be stored must not take the others with it.
                for one in batch:
                    await self._alone(one)

    async def _together(self, batch: Sequence[_Waiting]) -> None:
        # In one order everywhere, so that two processes never wait for each other's events in a circle.
        events = sorted((event for events, _ in batch for event in events), key=lambda event: event.id)
        stored = await asyncio.get_running_loop().run_in_executor(self._threads, self._receive, events)
        new = set(stored)
        for own, done in batch:
            if not done.done():  # else the webhook waits no longer
                done.set_result([event.id for event in own if event.id in new])

    async def _alone(self, one: _Waiting) -> None:
        try:
            await self._together([one])
        except Exception as error:  # noqa: BLE001 - told to the one who waits
            _fail([one], error)


def _fail(batch: Sequence[_Waiting], error: Exception) -> None:
    for _, done in batch:
        if not done.done():
            done.set_exception(error)
