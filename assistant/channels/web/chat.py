"""POST /api/chat and its event stream; POST /api/forget, when the person in a conversation wants it gone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.requests import Request

from assistant.answer.assistant import Status
from assistant.channels.problem import json_only
from assistant.channels.service import ServiceDep
from assistant.channels.web import schemas
from assistant.channels.web.failure import problem_of
from assistant.channels.web.problem_docs import problems
from assistant.channels.web.questions import QuestionDeskDep, Steps

router = APIRouter(tags=["問答"], dependencies=[Depends(json_only)])

_PIECE: Final = re.compile(r".+?(?:[。！？；：，\n]+|[!?;,:](?=\D)|$)", re.DOTALL)
_STREAM: Final = """依序送出：

- `status`：正在做什麼，`{"step", "text"}`
- `delta`：回答文字的片段，`{"text"}`，接起來就是全文
- `answer`：整則回答，與 /api/chat 相同
- `done`：結束，`{}`

中途出錯時改送 `error`，內容與其他錯誤相同，之後不再有事件。開始之前就能判斷的錯誤，直接以狀態碼回覆。"""
_EXAMPLE: Final = (
    'event: status\ndata: {"step":"retrieve","text":"正在查找條文"}\n\n'
    'event: delta\ndata: {"text":"文件要在受理期間內備齊，"}\n\n'
    'event: answer\ndata: {"id":"01HQVZ5T3M8X9Y2K4N6P7R8S9T", …}\n\n'
    "event: done\ndata: {}\n\n"
)


@router.post(
    "/api/chat",
    summary="問一個問題",
    description="回答一定附條文出處；條文沒有規定時會直接說明。帶回 session_id 就接著談。",
    responses=problems(400, 408, 413, 415, 422, 429, 500, 503),
)
def chat(asked: schemas.Asked, desk: QuestionDeskDep) -> schemas.Answer:
    """One Answer."""
    return desk.ask(asked)


@router.post(
    "/api/forget",
    status_code=204,
    summary="刪除一段對話",
    description="刪除這段對話的問題、回答與回饋。不論原來有沒有這段對話，都回 204。",
    responses=problems(400, 408, 413, 415, 422, 429, 500, 503),
)
def forget(gone: schemas.Forgotten, service: ServiceDep) -> None:
    """Delete it; whether it was there is not told, for an id could be guessed at."""
    service.conversations.forget(gone.session_id)


def begun(asked: schemas.Asked, desk: QuestionDeskDep) -> Iterator[Steps]:
    """
    The steps of an answer, begun before the response is, so that a refusal has its status.

    Closed after the response, for FastAPI leaves what a client hung up on to the
    garbage collector.
    """
    with closing(desk.begin(asked)) as steps:
        yield steps


@router.post(
    "/api/chat/stream",
    summary="問一個問題，逐步收到回答",
    description=_STREAM,
    response_class=EventSourceResponse,
    responses={
        **problems(400, 408, 413, 415, 422, 429, 500, 503),
        200: {"description": "事件串流", "content": {"text/event-stream": {"example": _EXAMPLE}}},
    },
)
def stream(request: Request, steps: Annotated[Steps, Depends(begun)]) -> Iterator[ServerSentEvent]:
    """
    The Answer as events.

    A client that hangs up ends the iteration after the step that is being done.
    """
    try:
        for step in steps:
            if isinstance(step, Status):
                yield _event("status", _json({"step": step.step, "text": step.says}))
                continue
            for piece in pieces(step.text):
                yield _event("delta", _json({"text": piece}))
            yield _event("answer", step.model_dump_json())
        yield _event("done", "{}")  # without data a browser would not see the event
    except Exception as error:  # noqa: BLE001 - the status is sent, so the stream has to say it
        yield _event("error", problem_of(error, request.scope).body.model_dump_json())


def pieces(text: str) -> list[str]:
    """The text cut after its stops; joined, it is the text again."""
    return _PIECE.findall(text)


def _event(name: str, data: str) -> ServerSentEvent:
    # Raw, for FastAPI's own encoding writes every Chinese character as an escape.
    return ServerSentEvent(event=name, raw_data=data)


def _json(data: dict[str, str]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
