"""Records past their term -> gone: conversations, inquiries, and what LINE left; now, and again every hour."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

import structlog

from assistant.ports import Clock
from assistant.records.audit import AuditTrail
from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.inquiries import Inquiries
from assistant.records.line_chats import LineChats
from assistant.records.line_inbox import LineInbox

LINE_CHATS: Final = timedelta(days=90)
# Far above the 20 minutes within which LINE may deliver an event again.
LINE_EVENTS: Final = timedelta(days=7)
_SECONDS_BETWEEN: Final = 3600.0
_log = structlog.get_logger(__name__)


class Retention:
    """
    Removes what was last used longer ago than it is kept; any number of processes may do so at once.

    With a conversation go its turns, their feedback, and what was counted of them as asked
    in vain; with an inquiry its texts, and what was counted of its drafts.
    """

    def __init__(
        self, database: Database, clock: Clock, *, conversations: timedelta, inquiries: timedelta
    ) -> None:
        self._clock = clock
        mails = Inquiries(database, clock, AuditTrail(database, clock))
        self._terms: Mapping[str, tuple[timedelta, Callable[[datetime], int]]] = {
            "conversations": (conversations, Conversations(database, clock).expire),
            "inquiries": (inquiries, mails.expire),
            "line_chats": (LINE_CHATS, LineChats(database, clock).expire),
            "line_events": (LINE_EVENTS, LineInbox(database, clock).expire),
        }

    def sweep(self) -> None:
        """Remove what is past its term; a kind that fails is logged, and tried again the next time."""
        now, gone = self._clock.now(), {}
        for kind, (kept, expire) in self._terms.items():
            try:
                gone[kind] = expire(now - kept)
            except Exception as error:  # noqa: BLE001 - one kind must not keep the others, nor end the task
                _log.error("records not swept", kind=kind, error=type(error).__name__)
        _log.info("records swept", **gone)

    @asynccontextmanager
    async def running(
        self, pause: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(_SECONDS_BETWEEN)
    ) -> AsyncIterator[None]:
        """Swept before, and within whenever a `pause` is over."""
        await asyncio.to_thread(self.sweep)

        async def again() -> None:
            while True:
                await pause()
                await asyncio.to_thread(self.sweep)

        task = asyncio.create_task(again())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
