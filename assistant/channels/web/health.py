"""Is it alive, is it ready, how is it doing: for whoever runs the service."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from assistant.channels.problem import Problem
from assistant.channels.service import Service, ServiceDep
from assistant.channels.web.metrics import metrics_of
from assistant.channels.web.problem_docs import problems
from assistant.index.manifest import IndexUnusable
from assistant.records.unavailable import RecordsUnavailable

router = APIRouter(tags=["維運"])


class Health(BaseModel):
    """How the service is."""

    status: Literal["alive", "ready"]
    version: str = Field(examples=["0.1.0"])
    programmes: list[str] = Field(examples=[["my-programme"]])


@router.get(
    "/healthz",
    summary="還活著嗎",
    description="只要程序還在運作就回 200；不檢查索引與對話紀錄。",
    responses=problems(500),
)
async def healthz(service: ServiceDep) -> Health:
    """Alive: answered without waiting for a thread, so that a busy server is not taken for a dead one."""
    return _health("alive", service)


@router.get(
    "/readyz",
    summary="可以服務了嗎",
    description="索引查得到條文、對話紀錄寫得進去時回 200，否則 503，並說明是哪裡不能用。",
    responses=problems(500, 503),
)
def readyz(service: ServiceDep) -> Health:
    """Index and store usable: one question is looked up, one row written and taken back."""
    for programme, assistant in service.assistants.items():
        if not assistant.guideline.leaves:
            raise Problem(503, f"計畫 {programme} 的索引裡沒有條文。", param="index", code="not_ready")
        try:
            assistant.probe()
        except IndexUnusable as error:
            raise Problem(503, f"索引不能用：{error}", param="index", code="not_ready") from error
    try:
        service.database.ping()
    except RecordsUnavailable as error:
        raise Problem(503, f"對話紀錄不能用：{error}", param="records", code="not_ready") from error
    return _health("ready", service)


@router.get(
    "/metrics",
    summary="Prometheus 指標",
    description="各網址的要求數與時間、各種結果的回答數。",
    response_class=Response,
    responses={
        **problems(500),
        200: {
            "description": "Prometheus 的文字格式",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
    },
)
def metrics(request: Request) -> Response:
    """Requests by route and status, latency, answers by outcome."""
    return Response(metrics_of(request).text(), media_type=CONTENT_TYPE_LATEST)


def _health(status: Literal["alive", "ready"], service: Service) -> Health:
    return Health(status=status, version=service.version, programmes=list(service.assistants))
