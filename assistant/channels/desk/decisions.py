"""What staff decide of a reply: ask for a second reader, approve, send or copy, take up again, delete."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.citations import used_in
from assistant.channels.desk.desk import Desk, DeskDep
from assistant.channels.desk.difference import diff_lines, share_changed, share_lost
from assistant.channels.desk.editing import Shown, conflict, saved
from assistant.channels.desk.guard import AdminDep, ApproverDep, Fields, FormDep, SignedInDep
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.route import desk_router
from assistant.channels.desk.support import PLACEHOLDER
from assistant.channels.desk.view import final_of, needs_other
from assistant.records.audit import Act
from assistant.records.inquiry import OPEN, Inquiry, InquiryQuestion, InquiryState, StaleVersion, source_of
from assistant.records.staff_sessions import SignedIn

router = desk_router()
_NOTE = 500
# Less is polish; from here on the answer was another.
_HEAVY = 30
_ANSWERS = frozenset({"answered", "needs_info"})


@router.post("/inquiries/{inquiry_id}/review")
def review(desk: DeskDep, signed: SignedInDep, fields: FormDep, inquiry_id: int) -> Response:
    """Ask for a second reader."""
    found = saved(desk, signed, inquiry_id, fields)
    if PLACEHOLDER in found.text:
        return _back(inquiry_id, fault="placeholder")
    _change(desk, signed, found, Act(signed.staff.name, "review_asked"), waits=True, second_reader=True)
    return _back(inquiry_id, "waits")


@router.post("/inquiries/{inquiry_id}/return")
def give_back(desk: DeskDep, signed: ApproverDep, fields: FormDep, inquiry_id: int) -> Response:
    """A second reader wants it changed first, and says why."""
    found = _at_version(desk, signed, inquiry_id, fields)
    note = fields.text("note", _NOTE)
    if not note:
        raise Refusal(422, "請寫下要修改什麼，撰稿的同事才知道。")
    act = Act(signed.staff.name, "returned", texts={"note": note})
    _change(desk, signed, found, act, waits=False)
    return _back(inquiry_id, "returned")


@router.post("/inquiries/{inquiry_id}/approve")
def approve(desk: DeskDep, signed: SignedInDep, fields: FormDep, inquiry_id: int) -> Response:
    """Approve; what was typed meanwhile is saved first, which makes one its writer."""
    found = desk.inquiries.get(inquiry_id)
    # A second reader reads what another owns, and only that: a changed text is an edit like any other.
    reading = found.waits and found.state in OPEN and fields.text("text", 20_000) == found.text
    found = (
        _at_version(desk, signed, inquiry_id, fields) if reading else saved(desk, signed, inquiry_id, fields)
    )
    if PLACEHOLDER in found.text:
        return _back(inquiry_id, fault="placeholder")
    if needs_other(found, signed.staff):
        return _back(inquiry_id, fault="second")
    final = final_of(desk, found, signed.staff)
    share = share_changed(found.drafted, found.text)
    questions = [
        replace(asked, kept=bool(asked.block) and asked.block in found.text) for asked in found.questions
    ]
    _change(
        desk,
        signed,
        found,
        _approval(desk, signed, found, final, share),
        questions=questions,
        state=InquiryState.APPROVED,
        final=final,
        share_edited=share,
        approved_by=signed.staff.id,
        approved_at=desk.clock.now(),
        waits=False,
    )
    _note_rewritten(desk, found, questions)
    return _back(inquiry_id, "approved")


@router.post("/inquiries/{inquiry_id}/sent")
def sent(desk: DeskDep, signed: SignedInDep, fields: FormDep, inquiry_id: int) -> Response:
    """It was sent."""
    return _gone(desk, signed, inquiry_id, fields, "sent")


@router.post("/inquiries/{inquiry_id}/copied")
def copied(desk: DeskDep, signed: SignedInDep, fields: FormDep, inquiry_id: int) -> Response:
    """It was copied, to be sent from elsewhere."""
    return _gone(desk, signed, inquiry_id, fields, "copied")


@router.post("/inquiries/{inquiry_id}/reopen")
def reopen(desk: DeskDep, signed: SignedInDep, fields: FormDep, inquiry_id: int) -> Response:
    """Take an approved or sent reply up again; what was approved stays in the audit trail."""
    found = _at_version(desk, signed, inquiry_id, fields)
    if found.state in OPEN or found.erased_at is not None:
        raise Refusal(409, "這封信不能重新處理：還沒有核可，或內容已經刪除。")
    act = Act(signed.staff.name, "reopened", facts={"state_before": found.state})
    _change(
        desk,
        signed,
        found,
        act,
        state=InquiryState.REOPENED,
        final="",
        owner_id=signed.staff.id,
        approved_by=None,
    )
    return _back(inquiry_id, "reopened")


@router.post("/inquiries/{inquiry_id}/erase")
def erase(desk: DeskDep, signed: AdminDep, fields: FormDep, inquiry_id: int) -> Response:
    """Delete everything personal of an inquiry, on an applicant's wish."""
    if fields.text("sure") != "1":
        raise Refusal(422, "刪除後不能復原。請勾選「我確定」再刪除一次。")
    desk.inquiries.erase(inquiry_id, signed.staff.name, "asked")
    return _back(inquiry_id, "erased")


def _note_rewritten(desk: Desk, found: Inquiry, questions: list[InquiryQuestion]) -> None:
    """Tell the loop of the questions whose answers staff wrote anew; what had no answer it knows already."""
    knowledge = desk.service.knowledge
    if knowledge is None or found.programme not in desk.service.assistants:
        return
    for asked in questions:
        if asked.outcome in _ANSWERS and share_lost(asked.block, found.text) >= _HEAVY:
            knowledge.note_edited(found.programme, source_of(found.id, asked.position), asked.question)


def _gone(desk: Desk, signed: SignedIn, inquiry_id: int, fields: Fields, how: str) -> Response:
    found = _at_version(desk, signed, inquiry_id, fields)
    if found.state not in {InquiryState.APPROVED, InquiryState.SENT}:
        raise Refusal(409, "這封回覆還沒有核可，核可之後才能寄出。")
    if found.state is InquiryState.APPROVED:
        _change(
            desk,
            signed,
            found,
            Act(signed.staff.name, how),
            state=InquiryState.SENT,
            sent_at=desk.clock.now(),
        )
    return _back(inquiry_id, "sent")


def _approval(desk: Desk, signed: SignedIn, found: Inquiry, final: str, share: int) -> Act:
    used = used_in(found.text, found.citations)
    stale = found.corpus_hash != desk.service.assistant(found.programme).corpus
    facts = {
        "decision": "approved",
        "clauses": [citation["clause_id"] for citation in used],
        "share": share,
        "stale": stale,
        "second_reader": found.second_reader,
        "answers": [asked.answer_id for asked in found.questions],
    }
    texts = {
        **{f"question {asked.position}": asked.question for asked in found.questions},
        "draft": found.drafted,
        "final": final,
        "diff": diff_lines(found.drafted, found.text),
    }
    return Act(signed.staff.name, "approved", facts=facts, texts=texts)


def _at_version(desk: Desk, signed: SignedIn, inquiry_id: int, fields: Fields) -> Inquiry:
    """The inquiry, if it still has the version that the form was made of."""
    found = desk.inquiries.get(inquiry_id)
    if found.version != fields.whole("version"):
        raise Shown(conflict(desk, signed, found, found.text, "changed"))
    return found


def _change(desk: Desk, signed: SignedIn, found: Inquiry, act: Act, **values: Any) -> Inquiry:  # noqa: ANN401 - columns
    try:
        return desk.inquiries.change(found.id, found.version, act, **values)
    except StaleVersion as stale:
        raise Shown(conflict(desk, signed, stale.current, found.text, "changed")) from stale


def _back(inquiry_id: int, done: str = "", *, fault: str = "") -> Response:
    query = f"fault={fault}" if fault else f"done={done}"
    return RedirectResponse(f"/desk/inquiries/{inquiry_id}?{query}", 303)
