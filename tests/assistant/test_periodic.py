"""What is to be done again is, whatever failed before, and no more at the end."""

from __future__ import annotations

import asyncio

from structlog.testing import capture_logs

from assistant.periodic import repeated
from tests import loops


def test_it_goes_on_after_a_failure() -> None:
    """Work that fails is logged and done again after the next pause; after the end it is not done any more."""
    done: list[str] = []

    def work() -> None:
        done.append("tried")
        if len(done) == 1:
            raise OSError("no room")

    async def run() -> None:
        pauses: asyncio.Queue[None] = asyncio.Queue()
        waits = asyncio.Event()

        async def pause() -> None:
            waits.set()
            await pauses.get()

        async with repeated(work, pause):
            for _ in range(2):
                await waits.wait()
                waits.clear()
                pauses.put_nowait(None)
            await waits.wait()
        pauses.put_nowait(None)

    with capture_logs() as logs:
        loops.run(run())
    assert done == ["tried", "tried"]
    assert [log["error"] for log in logs] == ["OSError"]
