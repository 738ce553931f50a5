"""Middleware: only requests that name this server are answered, and none is sent elsewhere by what it named."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.channels.problem import Problem
from assistant.channels.site import Site
from assistant.channels.web.problem_response import respond

_UNKNOWN: Final = "這個網址不是本服務的網址。管理者：請把它寫進 ASSISTANT_PUBLIC_URL 或 ASSISTANT_ALLOWED_HOSTS，再重新啟動。"


class Hosts:
    """Refuses a request with another Host, with none or with two; redirects within the site are told as paths."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope).getlist("host")
        if len(told) != 1 or not self._site.is_called(told[0]):
            await respond(Problem(400, _UNKNOWN, code="unknown_host"), scope, receive, send)
            return
        origin = f"{scope['scheme']}://{told[0]}"

        async def within(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # A proxy may have another scheme, or a path before it: the browser knows better.
                if headers.get("location", "").startswith(f"{origin}/"):
                    headers["location"] = headers["location"].removeprefix(origin)
            await send(message)

        await self._app(scope, receive, within)
