"""POST /api/forget: a conversation is deleted when the person in it asks for that."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from assistant.channels.problem import json_only
from assistant.channels.service import ServiceDep
from assistant.channels.web import schemas
from assistant.channels.web.problem_docs import problems

router = APIRouter(tags=["問答"], dependencies=[Depends(json_only)])


@router.post(
    "/api/forget",
    status_code=204,
    summary="刪除一段對話",
    description="刪除這段對話的問題、回答與回饋。不論原來有沒有這段對話，都回 204。",
    responses=problems(400, 413, 415, 422, 500, 503),
)
def forget(gone: schemas.Forgotten, service: ServiceDep) -> None:
    """Delete it; whether it was there is not told, for an id could be guessed at."""
    service.conversations.forget(gone.session_id)
