"""What the framework refuses by itself -> a Problem, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from assistant.channels.problem import Problem

# For what the framework refuses by itself: status -> code, and words that say what to do.
_REFUSED: Final[Mapping[int, tuple[str, str]]] = {
    400: ("unreadable", "送來的內容讀不出來，請確認格式正確、文字是 UTF-8 編碼，再送一次。"),
    404: ("not_found", "找不到這個網址，請檢查連結，或回首頁重新開始。"),
    405: ("method_not_allowed", "這個網址不接受這種要求方法，請依 /docs 的說明使用。"),
}

# pydantic's type of a fault -> our code, and words for people.
_INVALID: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("missing", "缺少「{param}」，請補上。"),
    "string_type": ("not_a_string", "「{param}」要是文字。"),
    "string_unicode": ("not_unicode", "「{param}」裡有不完整的字元，無法讀取，請重新輸入。"),
    "string_too_long": ("too_long", "「{param}」最多 {max_length:,} 個字。"),
    "bool_type": ("not_a_boolean", "「{param}」要是 true 或 false。"),
    "string_pattern_mismatch": ("malformed", "「{param}」只能用 1 到 64 個英文字母、數字、底線或連字號。"),
}
_OTHER: Final = ("invalid", "「{param}」的值不正確。")
_WHOLE: Final = '內容要是一個 JSON 物件，例如 {"message": "要準備哪些文件？"}。'


def too_large(limit: int) -> Problem:
    """The body is longer than `limit` bytes."""
    return Problem(413, f"送來的內容超過 {limit // 1024} KB 的上限，請縮短後再送一次。", code="too_large")


def too_slow(seconds: float) -> Problem:
    """The body did not come within that time."""
    what = f"內容在 {seconds:.0f} 秒內沒有送完，已經中斷，請再送一次。"
    return Problem(408, what, code="too_slow", headers={"Connection": "close"})


def of_refusal(error: HTTPException) -> Problem:
    """The framework's own refusal in this shape; its words are in English, so they are replaced."""
    if isinstance(error, Problem):
        return error
    code, message = _REFUSED.get(error.status_code, ("refused", "無法處理這個要求，請依 /docs 的說明使用。"))
    return Problem(error.status_code, message, code=code, headers=dict(error.headers or {}))


def of_validation(error: RequestValidationError) -> Problem:
    """Fields that do not fit, in Chinese; malformed JSON is 400, for no field can be named."""
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        return of_refusal(HTTPException(400))
    described = [_described(fault) for fault in faults]
    messages = dict.fromkeys(message for _, message in described)
    return Problem(422, "".join(messages), param=_param(faults[0]), code=described[0][0])


def _described(fault: Mapping[str, Any]) -> tuple[str, str]:
    """The code of a fault, and its message."""
    param = _param(fault)
    if param is None:
        return "not_an_object", _WHOLE
    code, words = _INVALID.get(fault["type"], _OTHER)
    return code, words.format(param=param, **fault.get("ctx", {}))


def _param(fault: Mapping[str, Any]) -> str | None:
    """The field's name: the place of the fault without "body", "query" or "path"."""
    return ".".join(str(part) for part in fault["loc"][1:]) or None
