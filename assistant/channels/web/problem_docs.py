"""The documentation of errors: for each status that an operation can answer with, shape and example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from assistant.channels.problem import ErrorBody, Problem

_EXAMPLES: Final[Mapping[str, Problem]] = {
    "讀不出來：不是 JSON，或不是 UTF-8": Problem(400, "送來的內容讀不出來，……", code="unreadable"),
    "找不到": Problem(404, "找不到這一條……", param="clause_id", code="unknown_clause"),
    "沒有及時送完": Problem(408, "內容在 15 秒內沒有送完，……", code="too_slow"),
    "內容太長": Problem(413, "送來的內容超過 64 KB 的上限，……", code="too_large"),
    "不是 JSON": Problem(415, "請用 JSON 傳送，……", code="unsupported_media_type"),
    "欄位不對": Problem(422, "缺少「message」，請補上。", param="message", code="missing"),
    "送得太頻繁": Problem(429, "同一個地方在短時間內送出太多要求，……", code="too_many_requests"),
    "未預期的錯誤": Problem(500, "系統發生未預期的錯誤，……", code="internal_error"),
    "目前無法使用": Problem(503, "目前無法讀寫對話紀錄，……", code="records_unavailable"),
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an operation for these statuses."""
    return {
        problem.status_code: {
            "model": ErrorBody,
            "description": description,
            "content": {"application/json": {"example": problem.body.model_dump()}},
        }
        for description, problem in _EXAMPLES.items()
        if problem.status_code in statuses
    }
