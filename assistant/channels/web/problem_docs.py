"""The documentation of errors: for each status that an operation can answer with, shape and example."""

from __future__ import annotations

from typing import Any, Final

from assistant.channels.web.problem import ErrorBody

_EXAMPLES: Final[dict[int, tuple[str, dict[str, Any]]]] = {
    400: (
        "讀不出來：不是 JSON，或不是 UTF-8",
        {"message": "送來的內容讀不出來，……", "type": "invalid_request", "param": None, "code": "unreadable"},
    ),
    404: (
        "找不到",
        {"message": "找不到這一條……", "type": "not_found", "param": "clause_id", "code": "unknown_clause"},
    ),
    413: (
        "內容太長",
        {
            "message": "送來的內容超過 64 KB 的上限，……",
            "type": "invalid_request",
            "param": None,
            "code": "too_large",
        },
    ),
    415: (
        "不是 JSON",
        {
            "message": "請用 JSON 傳送，……",
            "type": "invalid_request",
            "param": None,
            "code": "unsupported_media_type",
        },
    ),
    422: (
        "欄位不對",
        {
            "message": "缺少「message」，請補上。",
            "type": "invalid_request",
            "param": "message",
            "code": "missing",
        },
    ),
    500: (
        "未預期的錯誤",
        {
            "message": "系統發生未預期的錯誤，……",
            "type": "server_error",
            "param": None,
            "code": "internal_error",
        },
    ),
    503: (
        "目前無法使用",
        {
            "message": "目前無法讀寫對話紀錄，……",
            "type": "unavailable",
            "param": None,
            "code": "records_unavailable",
        },
    ),
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an operation for these statuses."""
    return {
        status: {
            "model": ErrorBody,
            "description": _EXAMPLES[status][0],
            "content": {"application/json": {"example": {"error": _EXAMPLES[status][1]}}},
        }
        for status in statuses
    }
