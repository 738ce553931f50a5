"""POST /line/webhook: signed events in, stored, 200 out; a worker in the same process answers them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import structlog
from fastapi import APIRouter
from linebot.v3.webhook import SignatureValidator
from starlette.requests import Request
from starlette.responses import JSONResponse

from assistant.channels.line.api import open_api
from assistant.channels.line.composing import Composer
from assistant.channels.line.events import MalformedBody, WebhookReader
from assistant.channels.line.gathering import Gathering
from assistant.channels.line.timing import Timing
from assistant.channels.line.worker import Worker
from assistant.channels.problem import Problem
from assistant.channels.service import Service
from assistant.ports import Clock
from assistant.records.line_chats import LineChats
from assistant.records.line_inbox import LineInbox
from assistant.records.line_queue import LineQueue
from assistant.records.unavailable import RecordsUnavailable

LINE_HOST: Final = "https://api.line.me"
_UNSIGNED: Final = "簽章不符：這個網址只接受 LINE 平台送來的訊息，請檢查 Channel secret。"
_UNREADABLE: Final = "內容讀不出來，應該是含有 events 清單的 JSON。"
_NOT_STORED: Final = "目前無法儲存訊息，請稍後重送。"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LineOptions:
    """
    What LINE's console says of the channel, and what the operator chose.

    `push` allows answers that LINE counts when a reply has come too late; `public_url`
    is where people reach the clauses' pages, None to send no links.
    """

    secret: str = field(repr=False)
    access_token: str = field(repr=False)
    api_host: str = LINE_HOST
    push: bool = False
    public_url: str | None = None
    timing: Timing = field(default_factory=Timing)


def line_router(service: Service, options: LineOptions, clock: Clock) -> APIRouter:
    """The webhook's route; its lifespan has the worker at work."""
    inbox = LineInbox(service.database, clock)
    chats = LineChats(service.database, clock)
    composer = Composer(service, chats, options.public_url)
    queue = LineQueue(service.database, clock, options.timing.lease)
    return router_of(inbox, Worker(queue, composer, clock, options.timing), options, clock)


def router_of(inbox: LineInbox, worker: Worker, options: LineOptions, clock: Clock) -> APIRouter:
    """The same over parts that were built already."""
    signatures, reader = (
        SignatureValidator(options.secret),
        WebhookReader(options.secret, keeps_ids=options.push),
    )
    timing = options.timing
    # A thread of its own: slow answers of any channel must not keep LINE waiting.
    gathering = Gathering(inbox.receive, ThreadPoolExecutor(1, "line-inbox"))

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        seconds = timing.request.total_seconds()
        async with open_api(options.api_host, options.access_token, seconds) as api, worker.running(api):
            yield

    router = APIRouter(lifespan=lifespan)

    @router.post("/line/webhook", include_in_schema=False)
    async def webhook(request: Request) -> JSONResponse:
        """401 for a signature that is none, 400 for a body that is none, 503 while nothing can be stored."""
        body = await request.body()
        if not _signed(signatures, body, request.headers.get("x-line-signature")):
            return Problem(401, _UNSIGNED, code="signature").response()
        try:
            delivered = reader.read(body, clock.now())
        except MalformedBody as error:
            _log.warning("line webhook unreadable", reason=str(error))
            return Problem(400, _UNREADABLE, code="unreadable").response()
        try:
            async with asyncio.timeout(timing.accept.total_seconds()):
                new = await gathering.receive([one.event for one in delivered]) if delivered else []
        except (RecordsUnavailable, TimeoutError) as error:
            # No 200: LINE delivers again, if its redelivery is turned on.
            _log.error("line events not stored", events=len(delivered), reason=str(error) or "took too long")
            headers = {"Retry-After": "10"}
            return Problem(503, _NOT_STORED, code="records_unavailable", headers=headers).response()
        worker.wake({one.event.id: one.user_id for one in delivered if one.user_id and one.event.id in new})
        _log.info("line webhook", events=len(delivered), new=len(new))
        return JSONResponse({})

    return router


def _signed(validator: SignatureValidator, body: bytes, signature: str | None) -> bool:
    """Over the bytes as they came: text that is no UTF-8 was not signed by LINE."""
    try:
        return signature is not None and bool(validator.validate(body.decode("utf-8"), signature))
    except UnicodeDecodeError:
        return False
