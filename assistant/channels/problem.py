"""A fault in the one shape that every client sees: {"error": {message, type, param, code}}."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import Message
from typing import Final

from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

_TYPES: Final[Mapping[int, str]] = {
    401: "unauthorized",
    404: "not_found",
    429: "rate_limited",
    500: "server_error",
    503: "unavailable",
}


class ErrorDetail(BaseModel):
    """What went wrong, for people and for programs."""

    message: str = Field(description="給人看的說明：哪裡不對、可以怎麼做")
    type: str = Field(
        description="invalid_request、unauthorized、not_found、rate_limited、server_error 或 unavailable"
    )
    param: str | None = Field(description="出錯的欄位；與單一欄位無關時為 null")
    code: str = Field(description="給程式判斷的代碼")


class ErrorBody(BaseModel):
    """Every error has this shape."""

    error: ErrorDetail


class Problem(HTTPException):
    """A fault to answer with. An HTTPException, because FastAPI lets nothing else through while it reads a body."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        param: str | None = None,
        code: str,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(status, message, headers)
        self.fault = ErrorDetail(
            message=message, type=_TYPES.get(status, "invalid_request"), param=param, code=code
        )

    @property
    def body(self) -> ErrorBody:
        """What is sent."""
        return ErrorBody(error=self.fault)

    def response(self) -> JSONResponse:
        """The answer to a program."""
        return JSONResponse(self.body.model_dump(), self.status_code, headers=self.headers)


async def json_only(request: Request) -> None:
    """
    Let only JSON through.

    Raises:
        Problem: 415; a browser can send anything else across sites without asking first.
    """
    message = Message()
    message["content-type"] = request.headers.get("content-type", "")
    kind = message.get_content_type()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        what = "請用 JSON 傳送，並在標頭註明 Content-Type: application/json。"
        raise Problem(415, what, code="unsupported_media_type", headers={"Accept": "application/json"})
