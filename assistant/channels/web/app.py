"""The web application; what it works with is opened by its lifespan, nothing at import."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractContextManager, asynccontextmanager
from types import MappingProxyType

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from assistant.channels.service import Service, UnknownProgramme
from assistant.channels.site import Site
from assistant.channels.static_files import KeptFiles
from assistant.channels.web import (
    chat,
    clause_pages,
    clauses,
    documentation,
    eligibility,
    feedback,
    health,
    pages,
    privacy_pages,
)
from assistant.channels.web.body_limit import BodyLimit
from assistant.channels.web.doors import Capacity, Doors, counts_in, doors_of
from assistant.channels.web.failure import problem_of
from assistant.channels.web.hosts import Hosts
from assistant.channels.web.metrics import Metrics
from assistant.channels.web.observed import Observed
from assistant.channels.web.origins import Origins
from assistant.channels.web.problem import of_validation
from assistant.channels.web.problem_response import response_to
from assistant.channels.web.rendering import new_pages
from assistant.channels.web.security_headers import SecurityHeaders
from assistant.index.manifest import IndexUnusable
from assistant.records.retention import Terms
from assistant.records.unavailable import RecordsUnavailable

_OTHER_THREADS, _CAPACITY, _TERMS, _SITE = 6, Capacity(), Terms(), Site()
_ABOUT = """依計畫條文回答申請人的問題，每一則回答都附條文出處。

錯誤一律是 `{"error": {"message", "type", "param", "code"}}`；每個回應都有 `X-Request-ID`。"""


def create_app(
    open_service: Callable[[], AbstractContextManager[Service]],
    origins: tuple[str, ...] = (),
    roomy: Mapping[str, int] = MappingProxyType({}),
    capacity: Capacity = _CAPACITY,
    terms: Terms = _TERMS,
    site: Site = _SITE,
) -> FastAPI:
    """
    The application; `open_service` is entered at the start and left at the end.

    `origins` may call the API from a browser; at the paths of `roomy` a body may have that
    many bytes; `capacity` is what the public doors let in; `terms` are told to people;
    `site` says what this server is called.
    """
    metrics, doors = Metrics(), doors_of(capacity)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # Threads for what the doors let in, and some for everything else: more would only fight for the cores.
        current_default_thread_limiter().total_tokens = sum(door.at_once for door in doors) + _OTHER_THREADS
        with open_service() as service:
            app.state.service = service
            app.version = service.version
            yield

    app = FastAPI(
        title="條文問答助理",
        description=_ABOUT,
        openapi_tags=documentation.TAGS,
        openapi_url=None,  # documentation.py serves it
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
        # FastAPI's own telemetry would record the messages of errors, which may repeat people's words.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(Origins, origins=origins),
            Middleware(Observed, metrics=metrics),
            Middleware(Hosts, site=site),
            Middleware(BodyLimit, roomy=roomy),
            Middleware(Doors, doors=doors, counts=counts_in(capacity.redis_url)),
        ],
        exception_handlers={
            HTTPException: _failed,
            IndexUnusable: _failed,
            RecordsUnavailable: _failed,
            UnknownProgramme: _failed,
            RequestValidationError: _invalid,
        },
    )
    app.state.metrics, app.state.pages = metrics, new_pages()
    app.state.terms, app.state.site = terms, site
    for module in (
        chat,
        eligibility,
        clauses,
        feedback,
        health,
        pages,
        privacy_pages,
        clause_pages,
        documentation,
    ):
        app.include_router(module.router)
    app.mount("/static", KeptFiles("assistant.channels.web"))
    return app


async def _failed(request: Request, error: Exception) -> Response:
    return response_to(request, problem_of(error, request.scope))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return response_to(request, of_validation(error))
