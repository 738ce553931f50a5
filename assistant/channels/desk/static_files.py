"""The console's style, scripts and icon; nothing else can be asked for."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.rendering import STATIC
from assistant.channels.desk.route import desk_router

router = desk_router()
_KINDS: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@router.get("/static/{name}")
def static(name: str) -> Response:
    """One file; its address changes with what is in it."""
    if name not in STATIC:
        raise Refusal(404, "找不到這個檔案。")
    kind = _KINDS[name.rpartition(".")[2]]
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(STATIC[name], media_type=f"{kind}; charset=utf-8", headers=kept)
