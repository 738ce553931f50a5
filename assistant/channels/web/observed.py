"""Middleware: each request gets an id, one log line and its counts; what escapes becomes a 500."""

from __future__ import annotations

from time import perf_counter
from typing import Final
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.channels.web.failure import problem_of
from assistant.channels.web.metrics import Metrics
from assistant.channels.web.problem_response import respond
from assistant.records.stored_text import is_token

REQUEST_ID: Final = "X-Request-ID"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_log = structlog.get_logger(__name__)


class Observed:
    """
    Watches requests from outside of everything that may fail.

    The log line has the route's template, not the address: that may hold a question.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        # A proxy's own id is taken over, if it can be written to a log as it is.
        given = Headers(scope=scope).get(REQUEST_ID, "")
        request_id = scope["request_id"] = given if is_token(given) else uuid4().hex
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the last place before the server, which would print people's words
            problem = problem_of(error, scope)
            if not status:
                await respond(problem, scope, receive, watched)
        finally:
            # Without a status the client was gone before there was one; nginx calls that 499.
            status = status or 499
            method = scope["method"] if scope["method"] in _METHODS else "other"
            route, seconds = _route(scope), perf_counter() - began
            self._metrics.requested(method, route, status, seconds)
            _log.info(
                "request",
                request_id=request_id,
                method=method,
                route=route,
                status=status,
                seconds=round(seconds, 4),
            )


def _route(scope: Scope) -> str:
    """The route's template; what matches none counts as one, or a scan would fill the metrics."""
    # Files are below a mount, which is no route.
    return str(getattr(scope.get("route"), "path", scope.get("root_path") or "unmatched"))
