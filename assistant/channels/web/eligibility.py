"""POST /api/eligibility: a verdict from stated facts only; and the facts that may be stated."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from assistant.channels.problem import Problem, json_only
from assistant.channels.service import Service, ServiceDep
from assistant.channels.web import schemas
from assistant.channels.web.problem_docs import problems
from assistant.eligibility.facts import FactError
from assistant.eligibility.payload import facts_from_json, schema
from assistant.eligibility.rules import RuleBook

router = APIRouter(tags=["資格"])


class Stated(BaseModel):
    """The facts of an applicant; one that is left out is unknown, neither zero nor fine."""

    model_config = ConfigDict(
        strict=True,
        json_schema_extra={"examples": [{"facts": {}}]},
    )

    track: schemas.Words | None = Field(
        None, description="申請類別，見 /api/eligibility/schema；不帶就是沒有說"
    )
    facts: dict[schemas.Words, Any] = Field({}, description="事實的名稱與值，見 /api/eligibility/schema")
    programme: schemas.Words | None = Field(None, description="計畫代碼；不帶就用預設的計畫")


class FactKind(BaseModel):
    """A fact that may be stated, and the rules that read it."""

    name: str
    label: str
    type: str
    unit: str
    question: str
    minimum: int | None = None
    maximum: int | None = None
    choices: list[str] = []
    rules: list[str] = Field([], description="用到這項事實的規則")


@router.post(
    "/api/eligibility",
    summary="依事實判斷資格",
    description="只看您提供的事實，以整數和分數精確計算；沒有提供的事實是未知，不會當成零。",
    responses=problems(400, 404, 408, 413, 415, 422, 429, 500, 503),
    dependencies=[Depends(json_only)],
)
def eligibility(stated: Stated, service: ServiceDep) -> schemas.Verdict:
    """The verdict, with a check for each rule."""
    assistant = service.assistant(stated.programme)
    try:
        facts = facts_from_json(_rules(service, stated.programme), stated.track, stated.facts)
    except FactError as error:
        raise Problem(422, str(error), param=error.name, code="invalid_fact") from error
    return schemas.Verdict.model_validate(asdict(assistant.verdict(facts)))


@router.get(
    "/api/eligibility/schema",
    summary="可以提供的事實",
    description="每項事實的名稱、型別、單位、問法，以及用到它的規則。",
    responses=problems(404, 422, 500, 503),
)
def eligibility_schema(
    service: ServiceDep, programme: Annotated[str | None, Query()] = None
) -> list[FactKind]:
    """In the order in which they are asked."""
    return [FactKind.model_validate(fact) for fact in schema(_rules(service, programme))]


def _rules(service: Service, programme: str | None) -> RuleBook:
    rules = service.assistant(programme).rules
    if rules is None:
        raise Problem(404, "這個計畫沒有可以計算的資格規則。", param="programme", code="no_rules")
    return rules
