"""GET /api/programme: what a chat window says before anyone has asked."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query

from assistant.channels.service import ServiceDep
from assistant.channels.web import schemas
from assistant.channels.web.problem_docs import problems

router = APIRouter(tags=["問答"])

_STARTERS: Final = 4


@router.get(
    "/api/programme",
    summary="計畫的基本資料",
    description="名稱、版本、可以問誰，以及幾個可以先問的問題。",
    responses=problems(422, 500),
)
def programme(
    service: ServiceDep,
    programme: Annotated[str | None, Query(description="計畫代碼；不帶就用預設的計畫")] = None,
) -> schemas.Programme:
    """The programme's name, edition, referral, and questions to begin with."""
    guideline = service.assistant(programme).guideline
    source = guideline.source
    return schemas.Programme(
        programme=source.programme,
        title=source.title,
        agency=source.agency,
        edition=source.edition,
        referral=source.referral,
        starters=[group.question for group in guideline.groups][:_STARTERS],
    )
