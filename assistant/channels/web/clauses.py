"""GET /api/programme: what a chat window says before anyone has asked. GET /api/clauses: the tree, and one clause."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query

from assistant.channels.problem import Problem
from assistant.channels.service import Service, ServiceDep
from assistant.channels.web import clause_schemas as shapes
from assistant.channels.web import schemas
from assistant.channels.web.clause_tree import detail_of, tree_of
from assistant.channels.web.problem_docs import problems
from assistant.domain import Guideline

router = APIRouter(tags=["條文"])
_STARTERS: Final = 4
_Programme = Annotated[str | None, Query(description="計畫代碼；不帶就用預設的計畫")]


@router.get(
    "/api/programme",
    tags=["問答"],
    summary="計畫的基本資料",
    description="名稱、版本、可以問誰，以及幾個可以先問的問題。",
    responses=problems(422, 500),
)
def programme(service: ServiceDep, programme: _Programme = None) -> schemas.Programme:
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


@router.get(
    "/api/clauses",
    summary="條文目錄",
    description="一個計畫的全部條文，依原文順序；最小的一條附白話說明。",
    responses=problems(422, 500),
)
def clauses(service: ServiceDep, programme: _Programme = None) -> shapes.ClauseTree:
    """The clause tree of a programme."""
    return tree_of(service.assistant(programme).guideline)


@router.get(
    "/api/clauses/{clause_id:path}",
    summary="一條條文",
    description="條文、上層、前後條與出處。代碼裡的中文可以直接寫，也可以用百分號編碼。",
    responses=problems(404, 422, 500),
)
def clause(
    service: ServiceDep,
    clause_id: Annotated[
        str,
        Path(description="條文代碼", max_length=200, examples=["my-programme/7/3", "my-programme/2/註"]),
    ],
) -> shapes.ClauseDetail:
    """One clause with its parents, neighbours, source and edition."""
    return detail_of(guideline_with(service, clause_id), clause_id)


def guideline_with(service: Service, clause_id: str) -> Guideline:
    """
    The guideline that has a clause.

    Raises:
        Problem: 404, none has it.
    """
    guideline = service.guideline_of(clause_id)
    if guideline is None:
        what = "找不到這一條：代碼不對，或新版已經沒有這一條。請從條文目錄找起。"
        raise Problem(404, what, param="clause_id", code="unknown_clause")
    return guideline
