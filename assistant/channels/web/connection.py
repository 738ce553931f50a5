"""A connection of the server that waits for a request's head, but not for ever; uvicorn itself has no such limit."""

from __future__ import annotations

import asyncio
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS: Final = 15.0


class Connection(H11Protocol):
    """
    Closed when no head of a request is complete within `seconds` of its first byte, or of the opening.

    h11 refuses heads of more than 16 KB; the parser that uvicorn prefers takes any.
    """

    seconds = HEAD_SECONDS
    _closing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there, and has said nothing yet."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Some bytes: of a head, or of a body, which is waited for elsewhere."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._heard()
        elif self._closing is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._heard()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._closing = self.loop.call_later(self.seconds, self.transport.close)

    def _heard(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None
