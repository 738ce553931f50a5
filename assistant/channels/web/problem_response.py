"""A Problem -> a response: JSON for programs, a page for people who follow a link."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from assistant.channels.problem import Problem
from assistant.channels.web.rendering import pages_of

_PROGRAMS = ("/api/", "/openapi.json", "/healthz", "/readyz", "/metrics", "/static/")


def response_to(request: Request, problem: Problem) -> Response:
    """The response, with the headers that the problem asks for."""
    if _from_a_person(request):
        page = pages_of(request).render("problem.html", problem.status_code, problem=problem.fault)
        page.headers.update(problem.headers or {})
        return page
    return problem.response()


async def respond(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer from a middleware."""
    await response_to(Request(scope), problem)(scope, receive, send)


def _from_a_person(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(_PROGRAMS)
