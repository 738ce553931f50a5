"""Middleware: which other sites may call the API from a browser, by exact origin."""

from __future__ import annotations

import re
from typing import Final

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp

from assistant.channels.problem import Problem

_ORIGIN: Final = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")


class Origins(CORSMiddleware):
    """CORS for a list of exact origins: no wildcard, no credentials, `Vary: Origin` always."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=("GET", "POST"),
            allow_headers=("Content-Type", "X-Request-ID"),
            expose_headers=("X-Request-ID", "Retry-After"),
        )

    def preflight_response(self, request_headers: Headers) -> Response:
        """204 for an origin, method and headers that are allowed; else 400 in the shape of every error."""
        response = super().preflight_response(request_headers)
        headers = {
            name: value
            for name, value in response.headers.items()
            if name.startswith("access-control-") or name == "vary"
        }
        if response.status_code < 400:  # noqa: PLR2004 - client errors begin there
            return Response(status_code=204, headers=headers)
        what = "這個網站不在允許名單上，或要求的方法、標頭不被接受。"
        return Problem(400, what, code="origin_refused", headers=headers).response()


def check_origins(origins: tuple[str, ...]) -> None:
    """
    Refuse what is no exact origin.

    Raises:
        ValueError: names the first one that is a wildcard, has a path, or lacks its scheme.
    """
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError(
                f"{origin!r} is no exact origin; write https://www.example.gov.tw, without a path"
            )
