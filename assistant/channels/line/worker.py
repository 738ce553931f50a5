"""The worker: takes open events from the queue, answers them, and survives a database that is away."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any, Final

import structlog

from assistant.channels.line.api import LineApi
from assistant.channels.line.composing import Composer
from assistant.channels.line.delivery import Delivery
from assistant.channels.line.timing import Timing
from assistant.ports import Clock
from assistant.records.line_events import Kind, OpenEvent, Route
from assistant.records.line_queue import LineQueue
from assistant.records.unavailable import RecordsUnavailable

AT_ONCE: Final = 16
# More would only take the processor from the webhook: an answer is computed, not waited for.
_ANSWERS: Final = 2
_RECORDS: Final = 4
_REMEMBERED: Final = 1000
_log = structlog.get_logger(__name__)


class Worker:
    """
    Answers events for as long as `running` lasts; `wake` it when there are new ones.

    Who is to be shown the loading animation is remembered here and nowhere else, for
    people are stored by their hash only. An event that another process takes up is
    answered without the animation.
    """

    def __init__(self, queue: LineQueue, composer: Composer, clock: Clock, timing: Timing) -> None:
        self._queue, self._composer = queue, composer
        self._clock, self._timing = clock, timing
        self._people: OrderedDict[str, str] = OrderedDict()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._news = asyncio.Event()

    def wake(self, people: dict[str, str]) -> None:
        """There are new events; `people` are LINE's ids of those who wait in one-to-one chats, by event."""
        self._people.update(people)
        while len(self._people) > _REMEMBERED:
            self._people.popitem(last=False)
        self._news.set()

    @asynccontextmanager
    async def running(self, line: LineApi) -> AsyncIterator[None]:
        """At work within; at the end what is begun is finished if it can be soon, and the rest let go."""
        self._news = asyncio.Event()
        with (
            ThreadPoolExecutor(_RECORDS, "line-records") as records,
            ThreadPoolExecutor(_ANSWERS, "line-answers") as answers,
        ):
            self._answering = _in(answers)
            self._blocking = _in(records)
            self._delivery = Delivery(self._queue, line, self._clock, self._timing, self._blocking)
            loop = asyncio.create_task(self._run())
            try:
                yield
            finally:
                loop.cancel()
                await asyncio.wait([loop, *self._tasks.values()], timeout=self._timing.grace.total_seconds())
                for task in (loop, *self._tasks.values()):
                    task.cancel()
                with suppress(RecordsUnavailable):
                    await self._blocking(self._queue.release)

    async def _run(self) -> None:
        await self._patiently(self._queue.take_over)
        pause = min(self._timing.poll, self._timing.lease / 3).total_seconds()
        while True:
            if self._tasks:
                await self._patiently(self._queue.renew, list(self._tasks))
            taken = await self._patiently(self._queue.claim, AT_ONCE - len(self._tasks)) or []
            for work in taken:
                if work.id not in self._tasks:  # else the process slept through its own lease
                    self._take(work)
            if len(self._tasks) < AT_ONCE and taken:
                continue  # there may be more
            with suppress(TimeoutError):
                # Not wait_for: in Python 3.11 it can swallow the cancellation that ends this loop.
                async with asyncio.timeout(pause):
                    await self._news.wait()
            self._news.clear()

    def _take(self, work: OpenEvent) -> None:
        task = asyncio.create_task(self._handle(work))
        self._tasks[work.id] = task

        def done(_task: asyncio.Task[None]) -> None:
            self._tasks.pop(work.id, None)
            self._news.set()

        task.add_done_callback(done)

    async def _handle(self, work: OpenEvent) -> None:
        try:
            if await self._delivery.given_up(work):
                return
            if work.outgoing is None:
                outgoing = await self._composed(work)
                if not await self._blocking(self._queue.keep, work.id, outgoing):
                    return  # withdrawn meanwhile, or another worker's by now
                work = replace(work, outgoing=outgoing)
                if await self._delivery.given_up(work):
                    return
            await self._delivery.send(work)
        except RecordsUnavailable as error:
            # The lease ends by itself, and the event is taken up again.
            _log.warning("line event waits for the records", line_event=work.id, reason=str(error))
        except Exception as error:  # noqa: BLE001 - one event must not end the worker
            _log.error("line event failed", line_event=work.id, error=type(error).__name__)

    async def _composed(self, work: OpenEvent) -> Any:  # noqa: ANN401 - LINE's JSON
        """The messages; meanwhile the animation, whose request must end before the message goes out."""
        user_id = self._people.pop(work.id, None) or work.push_to
        left = self._delivery.seconds_left(work)
        shown = user_id and work.kind is Kind.TEXT and work.route is Route.REPLY and left > 0
        loading = (
            asyncio.create_task(self._delivery.line.show_loading(user_id, left))
            if shown and user_id
            else None
        )
        try:
            return await self._answering(self._composer.compose, work)
        finally:
            if loading is not None:
                await loading

    async def _patiently(self, call: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - whatever `call` returns
        """Call the records; when they are away, say so and return None."""
        try:
            return await self._blocking(call, *arguments)
        except RecordsUnavailable as error:
            _log.warning("line worker waits for the records", reason=str(error))
            await asyncio.sleep(self._timing.poll.total_seconds())
            return None


def _in(threads: ThreadPoolExecutor) -> Callable[..., Awaitable[Any]]:
    """Runs a blocking function in these threads and no others: slow answers must not hold up the rest."""

    async def run(call: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - whatever `call` returns
        return await asyncio.get_running_loop().run_in_executor(threads, call, *arguments)

    return run
