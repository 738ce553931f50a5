"""What is to be done again and again while the service runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

import structlog

_log = structlog.get_logger(__name__)
Pause = Callable[[], Awaitable[object]]


def pauses(seconds: float) -> Pause:
    """A pause of so many seconds, as often as it is asked for."""
    return partial(asyncio.sleep, seconds)


@asynccontextmanager
async def repeated(work: Callable[[], object], pause: Pause) -> AsyncIterator[None]:
    """Within, `work` is done in a thread whenever a `pause` is over; what fails is logged, and done again."""

    async def again() -> None:
        while True:
            await pause()
            try:
                await asyncio.to_thread(work)
            except Exception as error:  # noqa: BLE001 - one failure must not end the task
                _log.error("periodic work failed", work=work.__qualname__, error=type(error).__name__)

    task = asyncio.create_task(again())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
