"""
An answer -> the person, at most once; what cannot be known is counted as such.

LINE takes a reply token once. So a reply may be tried again with the same token
whenever the end of an attempt was not seen: if the first one arrived, LINE refuses the
second. Before each request the row says `sending` and `doubtful`; a worker that is
killed in between leaves that behind. What follows from each end:

| LINE said | before: nothing in doubt | before: an attempt in doubt |
|---|---|---|
| taken (200; 409 to a push) | answered | answered |
| token dead | push if turned on, else expired | unconfirmed: it had been sent, or had died |
| messages refused (4xx) | failed | failed |
| busy (429), no connection, 401, 403 | again later | again later, still in doubt |
| 5xx, no answer in time | again later, in doubt | again later, in doubt |

When the reply's minute is over, no reply is tried: unconfirmed if an attempt is in
doubt; else a push, if turned on, in a one-to-one chat, with room in the quota, and
within the push's window; else expired: nothing is sent late. A push carries a retry key,
by which LINE delivers it once, however often it is tried; a reply in doubt is never
followed by a push.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import structlog

from assistant.channels.line.api import LineApi, Sent
from assistant.channels.line.timing import Timing
from assistant.ports import Clock
from assistant.records.line_events import EventState, OpenEvent, Route
from assistant.records.line_queue import LineQueue

Blocking = Callable[..., Awaitable[Any]]
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """
    Settles events by the table above.

    `blocking` runs a function of the queue's in a thread, with its arguments.
    """

    queue: LineQueue
    line: LineApi
    clock: Clock
    timing: Timing
    blocking: Blocking

    def seconds_left(self, work: OpenEvent) -> float:
        """How long the reply token is still good for; negative when it is over."""
        return (work.received_at + self.timing.reply_window - self.clock.now()).total_seconds()

    async def given_up(self, work: OpenEvent) -> bool:
        """Settle an event that has become too old to be answered; False if it has not."""
        age = self.clock.now() - work.received_at
        may_push = work.route is Route.PUSH or not work.doubtful
        if age < self.timing.latest(work, may_push):
            return False
        await self._settle(work, EventState.UNCONFIRMED if work.doubtful else EventState.EXPIRED)
        return True

    async def send(self, work: OpenEvent) -> None:
        """
        Send the messages that `work` holds.

        Raises:
            RecordsUnavailable: what became of it cannot be noted; the lease will end and the event be taken
                up again.
        """
        assert work.outgoing is not None  # the step before
        if work.route is Route.PUSH or self.seconds_left(work) <= 0:
            await self._push(work)
            return
        if work.reply_token is None or not await self.blocking(self.queue.begin, work.id, Route.REPLY):
            return  # withdrawn meanwhile, or another worker's by now
        sent = await self.line.reply(work.reply_token, work.outgoing)
        if sent is Sent.DEAD_TOKEN and not work.doubtful and work.push_to:
            await self._push(work)
            return
        await self._conclude(work, sent)

    async def _push(self, work: OpenEvent) -> None:
        assert work.outgoing is not None  # the step before
        if work.push_to is None or (work.route is Route.REPLY and not await self.line.may_push()):
            await self._settle(work, EventState.EXPIRED)
            return
        if await self.blocking(self.queue.begin, work.id, Route.PUSH):
            sent = await self.line.push(work.push_to, work.outgoing, work.id)
            await self._conclude(replace(work, route=Route.PUSH), sent)

    async def _conclude(self, work: OpenEvent, sent: Sent) -> None:
        if sent is Sent.DELIVERED:
            await self._settle(work, EventState.ANSWERED)
        elif sent is Sent.REFUSED:
            await self._settle(work, EventState.FAILED)
        elif sent in {Sent.DEAD_TOKEN, Sent.SPENT}:
            await self._settle(work, EventState.UNCONFIRMED if work.doubtful else EventState.EXPIRED)
        else:
            doubtful = work.doubtful or sent is Sent.UNKNOWN
            wait = self.timing.wait_after(work.tries)
            await self.blocking(self.queue.postpone, work.id, wait, doubtful)

    async def _settle(self, work: OpenEvent, state: EventState) -> None:
        await self.blocking(self.queue.settle, work.id, state)
        age = round((self.clock.now() - work.received_at).total_seconds(), 2)
        log = _log.info if state is EventState.ANSWERED else _log.warning
        log("line event", line_event=work.id, kind=work.kind, state=state, route=work.route, seconds=age)
