"""GET /widget.js: the widget as one file, for any site."""

from __future__ import annotations

import re
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from assistant.channels.widget.bundle import bundle

router = APIRouter(include_in_schema=False)

_GZIP: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s*,|\s*$))")
_HEADERS: Final = {
    "Content-Type": "text/javascript; charset=utf-8",
    # Its address never changes, so a new version is seen within the hour.
    "Cache-Control": "public, max-age=3600",
    "Vary": "Accept-Encoding",
    # The script holds nothing secret: pages that isolate themselves, or check its hash, may load it.
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@router.get("/widget.js")
def widget(request: Request) -> Response:
    """The script, compressed for who takes it, or 304 for who has it."""
    made = bundle()
    headers = {**_HEADERS, "ETag": f'W/"{made.tag}"'}
    if made.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if _GZIP.search(request.headers.get("accept-encoding", "")):
        return Response(made.compressed, headers={**headers, "Content-Encoding": "gzip"})
    return Response(made.script, headers=headers)
