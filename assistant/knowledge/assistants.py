"""
The assistants that are served, each over the build that is current, changed over without downtime.

A request takes an assistant from this mapping and keeps it to its end; the index under an
assistant is closed when the last request lets go of it. Another process that builds (or
applies a proposal) is noticed by the `current` file of the builds: one small read a request.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import Final

import structlog

from assistant.answer.assistant import Assistant
from assistant.index.manifest import IndexUnusable
from assistant.index.store import Index, current_build

# A build that could not be opened (its corpus is about to be replaced) is tried again after this.
_RETRY_SECONDS: Final = 5.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """An assistant and the index that it answers from; whoever holds it keeps the index open."""

    assistant: Assistant
    index: Index

    @property
    def build(self) -> str:
        """The fingerprint of the build."""
        return self.index.manifest.fingerprint


@dataclass(slots=True)
class _Seat:
    """The place of one programme: what is served, and one opening at a time."""

    served: Served
    opening: Lock = field(default_factory=Lock)
    tried_at: float = float("-inf")


class Assistants(Mapping[str, Assistant]):
    """
    The assistants by programme; safe to share between threads.

    Taking one looks whether its build is still the current one, and if not has the new one
    opened in the background; until that is done the old one answers.
    """

    def __init__(
        self,
        homes: Mapping[str, Path],
        opened: Callable[[str], Served],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """
        Open every programme.

        Args:
            homes: the folder of all builds, by programme.
            opened: opens the current build of a programme; IndexUnusable if it cannot be.
            seconds: a clock that never goes back.

        Raises:
            IndexUnusable: from `opened`; nothing stays open.
        """
        self._homes, self._open, self._seconds = homes, opened, seconds
        self._closers: list[weakref.finalize[..., Assistant]] = []
        self._threads: list[Thread] = []
        self._swap = Lock()
        self._seats: dict[str, _Seat] = {}
        try:
            for programme in homes:
                self._seats[programme] = _Seat(self._opened(programme))
        except BaseException:
            self.close()
            raise

    def __getitem__(self, programme: str) -> Assistant:
        """The assistant of a programme; KeyError if there is none."""
        return self.served(programme).assistant

    def __iter__(self) -> Iterator[str]:
        return iter(self._seats)

    def __len__(self) -> int:
        return len(self._seats)

    def served(self, programme: str) -> Served:
        """The assistant of a programme with its index; KeyError if there is none."""
        seat = self._seats[programme]
        if self._moved(programme) and self._seconds() - seat.tried_at >= _RETRY_SECONDS:
            self._refresh_aside(programme)
        return seat.served

    def refresh(self, programme: str) -> bool:
        """
        Change over to the current build now, if another is served; False if not.

        Raises:
            IndexUnusable: the current build cannot be opened; the old one goes on serving.
        """
        seat = self._seats[programme]
        with seat.opening:
            if not self._moved(programme):
                return False
            seat.tried_at = self._seconds()
            served = self._opened(programme)
            seat.served = served  # one assignment: a request sees the old one or the new one
        _log.info("changed over", programme=programme, build=served.build)
        return True

    def settle(self) -> None:
        """Wait for what is being opened in the background."""
        for thread in list(self._threads):
            thread.join()

    def close(self) -> None:
        """Close every index, also those that a request still holds; at shutdown."""
        self.settle()
        for closer in self._closers:
            closer()

    def _moved(self, programme: str) -> bool:
        build = current_build(self._homes[programme])
        return build is not None and build != self._seats[programme].served.build

    def _opened(self, programme: str) -> Served:
        served = self._open(programme)
        # The assistant is what requests hold; the index does not refer to it.
        closer = weakref.finalize(served.assistant, served.index.close)
        with self._swap:
            self._closers = [*(one for one in self._closers if one.alive), closer]
        return served

    def _refresh_aside(self, programme: str) -> None:
        seat = self._seats[programme]
        with self._swap:
            if seat.opening.locked() or self._seconds() - seat.tried_at < _RETRY_SECONDS:
                return
            seat.tried_at = self._seconds()
            thread = Thread(target=self._refresh_quietly, args=(programme,), daemon=True)
            self._threads = [*(one for one in self._threads if one.is_alive()), thread]
            thread.start()

    def _refresh_quietly(self, programme: str) -> None:
        try:
            self.refresh(programme)
        except (IndexUnusable, OSError, ValueError) as error:
            with suppress(ValueError):  # a log that is closed at shutdown
                _log.warning("new build not taken", programme=programme, reason=str(error))
