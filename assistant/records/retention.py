"""Records past their term -> gone: conversations, inquiries, and what LINE left; now, and again every hour."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from assistant.periodic import Pause, pauses, repeated
from assistant.ports import Clock
from assistant.records.audit import AuditTrail
from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.inquiries import Inquiries
from assistant.records.line_chats import LineChats
from assistant.records.line_inbox import LineInbox
from assistant.records.proposals import Proposals
from assistant.records.sweeps import Sweeps
from assistant.records.unavailable import RecordsUnavailable

_HOURLY: Final = pauses(3600.0)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long each kind of record is kept after its last use."""

    conversations: timedelta = timedelta(days=180)
    inquiries: timedelta = timedelta(days=365)
    line_chats: timedelta = timedelta(days=90)
    # Far above the 20 minutes within which LINE may deliver an event again.
    line_events: timedelta = timedelta(days=7)


class Retention:
    """
    Removes what was last used longer ago than it is kept; any number of processes may do so at once.

    With a conversation go its turns, their feedback, and what was counted of them as asked
    in vain, and previews that hold their questions; with an inquiry its texts, and what was counted of its drafts.
    """

    def __init__(self, database: Database, clock: Clock, terms: Terms) -> None:
        self._clock, self._sweeps = clock, Sweeps(database)
        mails = Inquiries(database, clock, AuditTrail(database, clock))
        self._terms: Mapping[str, tuple[timedelta, Callable[[datetime], int]]] = {
            "conversations": (terms.conversations, Conversations(database, clock).expire),
            "previews": (terms.conversations, Proposals(database, clock).expire),
            "inquiries": (terms.inquiries, mails.expire),
            "line_chats": (terms.line_chats, LineChats(database, clock).expire),
            "line_events": (terms.line_events, LineInbox(database, clock).expire),
        }

    def sweep(self) -> None:
        """
        Remove what is past its term, if the clock can be believed.

        A kind that fails is logged, and tried again the next time.
        """
        now, gone = self._clock.now(), dict.fromkeys(self._terms, 0)
        try:
            if not self._sweeps.may_begin(now):
                _log.error("records not swept: the clock is far from the last sweep", now=now.isoformat())
                return
        except RecordsUnavailable as error:
            _log.error("records not swept", reason=str(error))
            return
        for kind, (kept, expire) in self._terms.items():
            try:
                while some := expire(now - kept):
                    gone[kind] += some
            except Exception as error:  # noqa: BLE001 - one kind must not keep the others, nor end the task
                _log.error("records not swept", kind=kind, error=type(error).__name__)
        _log.info("records swept", **gone)

    @asynccontextmanager
    async def running(self, pause: Pause = _HOURLY) -> AsyncIterator[None]:
        """Swept before, and within whenever a `pause` is over."""
        await asyncio.to_thread(self.sweep)
        async with repeated(self.sweep, pause):
            yield
