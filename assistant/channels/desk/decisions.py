"""What staff decide of a reply: ask for a second reader, approve, send or copy, take up again, delete."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.citations import used_in
from assistant.channels.desk.desk import Desk
from assistant.channels.desk.difference import diff_lines, share_changed, share_lost
from assistant.channels.desk.editing import at_version, back, changed, saved
from assistant.channels.desk.guard import AdminDep, ApproverDep, Fields, FormDep, RowId, Visit, VisitDep
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.route import desk_router
from assistant.channels.desk.second_reader import demanded, needs_other
from assistant.channels.desk.support import PLACEHOLDER
from assistant.channels.desk.view import final_of, seal_of
from assistant.records.audit import Act
from assistant.records.inquiry import OPEN, Inquiry, InquiryState, source_of

router = desk_router()
_NOTE = 500
# Less is polish; from here on the answer was another.
_HEAVY = 30
_ANSWERS = frozenset({"answered", "needs_info"})


@router.post("/inquiries/{inquiry_id}/review")
def review(visit: VisitDep, fields: FormDep, inquiry_id: RowId) -> Response:
    """Ask for a second reader."""
    found = saved(visit, inquiry_id, fields)
    if PLACEHOLDER in found.text:
        return _not_done(inquiry_id, "placeholder")
    changed(visit, found, visit.act("review_asked"), waits=True, second_reader=True, wrote=True)
    return back(inquiry_id, "waits")


@router.post("/inquiries/{inquiry_id}/return")
def give_back(visit: ApproverDep, fields: FormDep, inquiry_id: RowId) -> Response:
    """A second reader wants it changed first, and says why."""
    found = at_version(visit, inquiry_id, fields)
    note = fields.text("note", _NOTE)
    if not note:
        raise Refusal(422, "請寫下要修改什麼，撰稿的同事才知道。")
    changed(visit, found, visit.act("returned", texts={"note": note}), waits=False)
    return back(inquiry_id, "returned")


@router.post("/inquiries/{inquiry_id}/approve")
def approve(visit: VisitDep, fields: FormDep, inquiry_id: RowId) -> Response:
    """Approve; what was typed meanwhile is saved first, which makes one its writer."""
    desk, staff = visit.desk, visit.staff
    found = desk.inquiries.get(inquiry_id)
    # A second reader reads what another owns, and only that: a changed text is an edit like any other.
    reading = found.waits and found.state in OPEN and fields.text("text", 20_000) == found.text
    found = at_version(visit, inquiry_id, fields) if reading else saved(visit, inquiry_id, fields)
    if PLACEHOLDER in found.text:
        return _not_done(inquiry_id, "placeholder")
    if needs_other(desk, found, staff):
        return _not_done(inquiry_id, "second")
    if fields.text("seal") != seal_of(desk, found, staff):
        return _not_done(inquiry_id, "signature")
    final = final_of(desk, found, staff)
    share = share_changed(found.drafted, found.text)
    for asked in found.questions:
        asked.kept = bool(asked.block) and asked.block in found.text
    changed(
        visit,
        found,
        _approval(visit, found, final, share),
        questions=found.questions,
        state=InquiryState.APPROVED,
        final=final,
        share_edited=share,
        approved_by=staff.id,
        approved_at=desk.clock.now(),
        waits=False,
    )
    _note_rewritten(desk, found)
    return back(inquiry_id, "approved")


@router.post("/inquiries/{inquiry_id}/sent")
def sent(visit: VisitDep, fields: FormDep, inquiry_id: RowId) -> Response:
    """It was sent."""
    return _gone(visit, inquiry_id, fields, "sent")


@router.post("/inquiries/{inquiry_id}/copied")
def copied(visit: VisitDep, fields: FormDep, inquiry_id: RowId) -> Response:
    """It was copied, to be sent from elsewhere."""
    return _gone(visit, inquiry_id, fields, "copied")


@router.post("/inquiries/{inquiry_id}/reopen")
def reopen(visit: VisitDep, fields: FormDep, inquiry_id: RowId) -> Response:
    """Take an approved or sent reply up again; what was approved stays in the audit trail."""
    found = at_version(visit, inquiry_id, fields)
    if found.state in OPEN or found.erased_at is not None:
        raise Refusal(409, "這封信不能重新處理：還沒有核可，或內容已經刪除。")
    act = visit.act("reopened", {"state_before": found.state})
    state = InquiryState.REOPENED
    changed(visit, found, act, state=state, final="", owner_id=visit.staff.id, approved_by=None)
    return back(inquiry_id, "reopened")


@router.post("/inquiries/{inquiry_id}/erase")
def erase(visit: AdminDep, fields: FormDep, inquiry_id: RowId) -> Response:
    """Delete everything personal of an inquiry, on an applicant's wish."""
    if fields.text("sure") != "1":
        raise Refusal(422, "刪除後不能復原。請勾選「我確定」再刪除一次。")
    visit.desk.inquiries.erase(inquiry_id, visit.staff.name, "asked")
    return back(inquiry_id, "erased")


def _note_rewritten(desk: Desk, found: Inquiry) -> None:
    """Tell the loop of the questions whose answers staff wrote anew; what had no answer it knows already."""
    knowledge = desk.service.knowledge
    if knowledge is None or found.programme not in desk.service.assistants:
        return
    for asked in found.questions:
        if asked.outcome in _ANSWERS and share_lost(asked.block, found.text) >= _HEAVY:
            knowledge.note_edited(found.programme, source_of(found.id, asked.position), asked.question)


def _gone(visit: Visit, inquiry_id: int, fields: Fields, how: str) -> Response:
    found = at_version(visit, inquiry_id, fields)
    if found.state not in {InquiryState.APPROVED, InquiryState.SENT}:
        raise Refusal(409, "這封回覆還沒有核可，核可之後才能寄出。")
    if found.state is InquiryState.APPROVED:
        changed(visit, found, visit.act(how), state=InquiryState.SENT, sent_at=visit.desk.clock.now())
    return back(inquiry_id, "sent")


def _approval(visit: Visit, found: Inquiry, final: str, share: int) -> Act:
    facts = {
        "decision": "approved",
        "clauses": [citation["clause_id"] for citation in used_in(found.text, found.citations)],
        "share": share,
        "stale": found.corpus_hash != visit.desk.service.assistant(found.programme).corpus,
        "second_reader": demanded(visit.desk, found),
        "writers": found.writers,
        "answers": [asked.answer_id for asked in found.questions],
    }
    texts = {
        **{f"question {asked.position}": asked.question for asked in found.questions},
        "draft": found.drafted,
        "final": final,
        "diff": diff_lines(found.drafted, found.text),
    }
    return visit.act("approved", facts, texts)


def _not_done(inquiry_id: int, fault: str) -> Response:
    return RedirectResponse(f"/desk/inquiries/{inquiry_id}?fault={fault}", 303)
