"""Middleware: a body that is too long is refused before the rest of it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.channels.web.problem import too_large
from assistant.channels.web.problem_response import respond

MAX_BYTES: Final = 64 * 1024


class BodyLimit:
    """
    By the announced length where there is one, else (chunked) by counting.

    `roomy` are the paths at which more may be sent, with their limits in bytes.
    """

    def __init__(self, app: ASGIApp, roomy: Mapping[str, int]) -> None:
        self._app, self._roomy = app, roomy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._roomy.get(scope["path"], MAX_BYTES)
        if _announced(scope) > limit:
            await respond(too_large(limit), scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise too_large(limit)
            return message

        await self._app(scope, counted, send)


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    # What is no number the server below has refused already; 0 is then as good as any.
    return int(length) if length.isascii() and length.isdigit() and len(length) < len("1" * 19) else 0
