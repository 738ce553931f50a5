"""The page of an inquiry: the draft, its questions beside it, and what can be done with both."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query
from starlette.responses import Response

from assistant.answer.clean import MAX_CHARACTERS
from assistant.channels.desk.citations import citation_of, numbered
from assistant.channels.desk.editing import LONGEST, at_version, back, changed, conflict, saved
from assistant.channels.desk.guard import FormDep, RowId, VisitDep
from assistant.channels.desk.intake import with_hint
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.rendering import WORDING
from assistant.channels.desk.route import desk_router
from assistant.channels.desk.view import sentences_of, sheet_of
from assistant.records.inquiry import StaleVersion

router = desk_router()
_HINT: Final = 300


@router.get("/inquiries/{inquiry_id}")
def inquiry(
    visit: VisitDep,
    inquiry_id: RowId,
    done: Annotated[str, Query(max_length=20)] = "",
    fault: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The page."""
    desk = visit.desk
    everyone = desk.staff.all()
    return visit.page(
        "inquiry.html",
        sheet=sheet_of(desk, desk.inquiries.get(inquiry_id), visit.staff),
        history=desk.audit.entries(inquiry_id),
        names={staff.id: staff.shown for staff in everyone},
        logins={staff.name: staff.shown for staff in everyone},
        done=WORDING["done"].get(done, ""),
        fault=WORDING["faults"].get(fault, ""),
    )


@router.post("/inquiries/{inquiry_id}/check")
def check(visit: VisitDep, fields: FormDep, inquiry_id: RowId) -> Response:
    """The sentences of a text that is being typed; nothing is saved."""
    found = visit.desk.inquiries.get(inquiry_id)
    sentences = sentences_of(visit.desk, found, fields.text("text", LONGEST), visit.staff)
    return visit.page("sentences.html", sentences=sentences)


@router.post("/inquiries/{inquiry_id}/save")
def save(visit: VisitDep, fields: FormDep, inquiry_id: RowId) -> Response:
    """Save the text."""
    saved(visit, inquiry_id, fields)
    return back(inquiry_id, "saved")


@router.post("/inquiries/{inquiry_id}/take")
def take(visit: VisitDep, fields: FormDep, inquiry_id: RowId) -> Response:
    """Take an inquiry over; its owner's saved text stays."""
    found = at_version(visit, inquiry_id, fields)
    changed(
        visit,
        found,
        visit.act("taken", {"owner_before": found.owner_id}),
        owner_id=visit.staff.id,
        wrote=True,
    )
    return back(inquiry_id, "taken")


@router.post("/inquiries/{inquiry_id}/regenerate/{position}")
def regenerate(visit: VisitDep, fields: FormDep, inquiry_id: RowId, position: int) -> Response:
    """Answer a question anew, with a hint; what was typed meanwhile is saved first."""
    hint = fields.text(f"hint-{position}", _HINT)
    found = saved(visit, inquiry_id, fields)
    try:
        _, replaced = with_hint(visit.desk, found, position, hint[:MAX_CHARACTERS], visit.staff)
    except StaleVersion as stale:
        raise conflict(visit, stale.current, found.text) from stale
    return back(inquiry_id, "regenerated" if replaced else "beside", f"#q{position}")


@router.post("/inquiries/{inquiry_id}/cite")
def cite(visit: VisitDep, fields: FormDep, inquiry_id: RowId) -> Response:
    """Give a clause a number in the reply; what was typed meanwhile is saved first."""
    clause = fields.text("clause")
    found = saved(visit, inquiry_id, fields)
    guideline = visit.desk.service.assistant(found.programme).guideline
    try:
        new = citation_of(guideline, clause)
    except KeyError as error:
        raise Refusal(422, "找不到這一條，可能條文已經更新。請重新整理後再試。") from error
    citations, numbers = numbered(found.citations, [new])
    changed(
        visit, found, visit.act("cited", {"clause": clause, "n": numbers[0]}), citations=citations, wrote=True
    )
    return back(inquiry_id, "cited", "#clauses")
