"""
Whose conversation it is that a page goes on with: the browser's, by a cookie of this site.

A session id is a key: who has it reads on, changes what is known, and deletes. So it stands in no
address, form or page, and what another site sends is not taken for the visitor's own.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

_OWN_SITE: Final = frozenset({"same-origin", "none"})


def session_of(request: Request) -> str | None:
    """The conversation that the browser holds, None if it holds none."""
    return request.cookies.get(_name(request))


def keep_session(request: Request, response: Response, session_id: str) -> None:
    """Let the browser hold a conversation until it is closed; no script reads it, no other site sends it along."""
    secure = request.url.scheme == "https"
    response.set_cookie(_name(request), session_id, path="/", httponly=True, samesite="lax", secure=secure)


def drop_session(request: Request, response: Response) -> None:
    """Let the browser hold none any more."""
    secure = request.url.scheme == "https"
    response.delete_cookie(_name(request), path="/", httponly=True, samesite="lax", secure=secure)


def from_this_site(request: Request) -> bool:
    """Whether a form was sent from one of this site's pages, as far as the browser says."""
    return request.headers.get("sec-fetch-site", "none") in _OWN_SITE


def _name(request: Request) -> str:
    # With the prefix browsers take it only from this very host; without https they would not take it at all.
    return "__Host-conversation" if request.url.scheme == "https" else "conversation"
