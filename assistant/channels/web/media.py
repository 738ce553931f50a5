"""What a request's body may be."""

from __future__ import annotations

from email.message import Message

from starlette.requests import Request

from assistant.channels.web.problem import Problem


async def json_only(request: Request) -> None:
    """
    Let only JSON through.

    Raises:
        Problem: 415; a browser can send anything else across sites without asking first.
    """
    message = Message()
    message["content-type"] = request.headers.get("content-type", "")
    kind = message.get_content_type()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        what = "請用 JSON 傳送，並在標頭註明 Content-Type: application/json。"
        raise Problem(415, what, code="unsupported_media_type", headers={"Accept": "application/json"})
