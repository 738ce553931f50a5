"""Middleware: a body is read whole before anything is done for it; one too long or too slow is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.channels.problem import Problem
from assistant.channels.web.problem import too_large, too_slow
from assistant.channels.web.problem_response import respond

MAX_BYTES: Final = 64 * 1024
SECONDS = 15.0


class BodyLimit:
    """
    By the announced length where there is one, else (chunked) by counting.

    `roomy` are the paths at which more may be sent, with their limits in bytes. Whoever
    has not sent it within 15 seconds is answered 408, and the connection is closed.
    """

    def __init__(self, app: ASGIApp, roomy: Mapping[str, int]) -> None:
        self._app, self._roomy = app, roomy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(SECONDS):
                whole = await _read(scope, receive, self._roomy.get(scope["path"], MAX_BYTES))
        except TimeoutError:
            await respond(too_slow(SECONDS), scope, receive, send)
            return
        except Problem as refused:
            await respond(refused, scope, receive, send)
            return
        if whole is None:
            return
        unread: list[Message] = [{"type": "http.request", "body": whole, "more_body": False}]

        async def replayed() -> Message:
            return unread.pop() if unread else await receive()

        await self._app(scope, replayed, send)


async def _read(scope: Scope, receive: Receive, limit: int) -> bytes | None:
    """The body; None if the client hung up. Problem: it is longer than `limit`, of which no more is read."""
    if _announced(scope) > limit:
        raise too_large(limit)
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > limit:
            raise too_large(limit)
        if not message.get("more_body", False):
            return bytes(body)


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    # What is no number the server below has refused already; 0 is then as good as any.
    return int(length) if length.isascii() and length.isdigit() and len(length) < len("1" * 19) else 0
