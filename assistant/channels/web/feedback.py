"""POST /api/feedback: what people say of an answer."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from assistant.channels.problem import Problem, json_only
from assistant.channels.service import ServiceDep
from assistant.channels.web import schemas
from assistant.channels.web.problem_docs import problems
from assistant.records.feedback import UnknownAnswer

router = APIRouter(tags=["回饋"], dependencies=[Depends(json_only)])


@router.post(
    "/api/feedback",
    status_code=204,
    summary="回饋一則回答",
    description="每則回答留一份，後送的取代先送的。內容裡的個人資料會先遮蔽再保存。",
    responses=problems(400, 404, 408, 413, 415, 422, 429, 500, 503),
)
def feedback(said: schemas.Feedback, service: ServiceDep) -> None:
    """Keep it in place of what was said before."""
    try:
        service.feedback.add(said.answer_id, said.helpful, said.reason, said.comment)
    except UnknownAnswer as error:
        what = "找不到這則回答：代碼不對，或紀錄已經過期刪除。"
        raise Problem(404, what, param="answer_id", code="unknown_answer") from error
