"""Any exception -> a Problem to answer with; what was not foreseen is logged, without people's words."""

from __future__ import annotations

import traceback
from pathlib import PurePath
from typing import Final

import structlog
from starlette.exceptions import HTTPException
from starlette.types import Scope

from assistant.channels.problem import Problem
from assistant.channels.service import UnknownProgramme
from assistant.channels.web.problem import of_refusal
from assistant.index.manifest import IndexUnusable
from assistant.privacy import mask
from assistant.records.unavailable import RecordsUnavailable

_LOGGED_CHARACTERS: Final = 200
_LOGGED_FRAMES: Final = 8
_log = structlog.get_logger(__name__)


def problem_of(error: Exception, scope: Scope) -> Problem:
    """What the client is told of an exception: 503 for the records, 500 for what was not foreseen."""
    if isinstance(error, HTTPException):
        return of_refusal(error)
    if isinstance(error, UnknownProgramme):
        return Problem(422, str(error), param="programme", code="unknown_programme")
    if isinstance(error, IndexUnusable):
        _log.error("index unusable", reason=str(error))
        what = "目前無法查找條文，您的問題沒有回答，請稍後再試。"
        return Problem(503, what, code="index_unavailable", headers={"Retry-After": "10"})
    request_id = str(scope.get("request_id", ""))
    if isinstance(error, RecordsUnavailable):
        _log.error("records unavailable", request_id=request_id, reason=str(error))
        what = "目前無法讀寫對話紀錄，您的問題沒有送出，請稍後再試。"
        return Problem(503, what, code="records_unavailable", headers={"Retry-After": "10"})
    _log.error(
        "request failed",
        request_id=request_id,
        error=type(error).__name__,
        message=mask(str(error))[:_LOGGED_CHARACTERS],
        at=_frames(error),
    )
    what = f"系統發生未預期的錯誤，請稍後再試。若一直發生，請把這個代碼告訴我們：{request_id}"
    return Problem(500, what, code="internal_error")


def _frames(error: Exception) -> list[str]:
    """The innermost frames, without source lines: a traceback's text would repeat the message."""
    frames = traceback.extract_tb(error.__traceback__)[-_LOGGED_FRAMES:]
    return [f"{'/'.join(PurePath(f.filename).parts[-3:])}:{f.lineno} {f.name}" for f in frames]
