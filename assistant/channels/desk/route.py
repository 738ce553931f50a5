"""The console's routes: refusals become pages of the console, and no search engine keeps any."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.answer.clean import MessageRejected
from assistant.channels.desk.desk import desk_of
from assistant.channels.desk.refusal import Refusal, Shown, SignInNeeded
from assistant.records.inquiry import UnknownInquiry
from assistant.records.open_items import UnknownItem
from assistant.records.proposal import UnknownProposal
from assistant.records.staff import UnknownStaff

_NOT_FOUND: Final = "找不到這一頁：網址不對，或資料已經刪除。請從收件匣找起。"


class DeskRoute(APIRoute):
    """A route of the console."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with refusals turned into pages."""
        handler = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                response = await handler(request)
            except SignInNeeded:
                response = _to_sign_in(request)
            except Shown as shown:
                response = shown.response
            except Refusal as refusal:
                response = _page(request, refusal.status_code, refusal.detail)
            except (UnknownInquiry, UnknownStaff, UnknownItem, UnknownProposal, RequestValidationError):
                response = _page(request, 404, _NOT_FOUND)
            except MessageRejected as rejected:
                response = _page(request, 422, str(rejected))
            response.headers.setdefault("X-Robots-Tag", "noindex")
            return response

        return handled


def desk_router() -> APIRouter:
    """A router below /desk."""
    return APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)


def _page(request: Request, status: int, message: str) -> Response:
    return desk_of(request).pages.render("refused.html", status, message=message)


def _to_sign_in(request: Request) -> Response:
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": "/desk/sign-in"})
    wanted = request.url.path if request.method == "GET" else "/desk"
    return RedirectResponse(f"/desk/sign-in?{urlencode({'next': wanted})}", 303)
