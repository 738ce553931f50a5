"""What is kept of people and for how long, and the conversation of this browser deleted; without JavaScript."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from assistant.channels.problem import Problem
from assistant.channels.service import ServiceDep
from assistant.channels.web.pages import FORGED, PagesDep
from assistant.channels.web.visitor import drop_session, from_this_site, session_of
from assistant.records.retention import Terms

router = APIRouter(tags=["網頁"], include_in_schema=False)


@router.get("/privacy")
def privacy(request: Request, service: ServiceDep, pages: PagesDep, gone: bool = False) -> Response:
    """The terms that the retention keeps to."""
    source = service.assistant(None).guideline.source
    terms = cast("Terms", request.app.state.terms)
    holds = session_of(request) is not None
    return pages.render(
        "privacy.html", source=source, programme=None, terms=terms, holds=holds and not gone, gone=gone
    )


@router.post("/privacy")
def forget(request: Request, service: ServiceDep, pages: PagesDep) -> Response:
    """
    Delete the conversation that this browser holds, with all that was made of it.

    Raises:
        Problem: 403, another site sent the form.
    """
    if not from_this_site(request):
        raise Problem(403, FORGED, code="foreign_form")
    if (session_id := session_of(request)) is not None:
        service.conversations.forget(session_id)
    page = privacy(request, service, pages, gone=True)
    drop_session(request, page)
    return page
