"""The page of an inquiry: the draft, its questions beside it, and what can be done with both."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query
from starlette.responses import RedirectResponse, Response

from assistant.answer.clean import MAX_CHARACTERS
from assistant.channels.desk.citations import citation_of, numbered
from assistant.channels.desk.desk import DeskDep
from assistant.channels.desk.editing import LONGEST, Shown, conflict, saved
from assistant.channels.desk.guard import FormDep, SignedInDep
from assistant.channels.desk.intake import with_hint
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.route import desk_router
from assistant.channels.desk.view import sentences_of, sheet_of
from assistant.records.audit import Act
from assistant.records.inquiry import StaleVersion

router = desk_router()
_HINT: Final = 300
DONE: Final = {
    "saved": "已存檔。",
    "taken": "已由您接手。",
    "regenerated": "已重新產生，並換上新的段落。",
    "beside": "已重新產生。您改過這一題的段落，所以沒有動它；新的回答在右邊，可以插入。",
    "cited": "已加入條文，編號見右邊；在句尾寫上〔編號〕就會附在信末。",
    "waits": "已送覆核，由另一位同事核可。",
    "returned": "已退回，請撰稿的同事修改。",
    "approved": "已核可，可以複製寄出。",
    "sent": "已標示為寄出。",
    "reopened": "已重新處理，可以修改。",
    "erased": "內容已刪除，稽核紀錄仍然完整。",
}
FAULTS: Final = {
    "placeholder": "還有「【待填…】」沒有填寫，所以沒有核可。填好或刪去後再核可一次。",
    "second": "這封信的主題要由另一位有覆核權限的同事核可，所以沒有核可。請按「送覆核」。",
}


@router.get("/inquiries/{inquiry_id}")
def inquiry(
    desk: DeskDep,
    signed: SignedInDep,
    inquiry_id: int,
    done: Annotated[str, Query(max_length=20)] = "",
    fault: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The page."""
    found = desk.inquiries.get(inquiry_id)
    return desk.sheets.render(
        "inquiry.html",
        signed=signed,
        here="inbox",
        sheet=sheet_of(desk, found, signed.staff),
        history=desk.audit.entries(inquiry_id),
        names={staff.id: staff.shown for staff in desk.staff.all()},
        logins={staff.name: staff.shown for staff in desk.staff.all()},
        now=desk.clock.now(),
        done=DONE.get(done, ""),
        fault=FAULTS.get(fault, ""),
    )


@router.post("/inquiries/{inquiry_id}/check")
def check(desk: DeskDep, signed: SignedInDep, fields: FormDep, inquiry_id: int) -> Response:
    """The sentences of a text that is being typed; nothing is saved."""
    found = desk.inquiries.get(inquiry_id)
    sentences = sentences_of(desk, found, fields.text("text", LONGEST), signed.staff)
    return desk.sheets.render("sentences.html", sentences=sentences)


@router.post("/inquiries/{inquiry_id}/save")
def save(desk: DeskDep, signed: SignedInDep, fields: FormDep, inquiry_id: int) -> Response:
    """Save the text."""
    saved(desk, signed, inquiry_id, fields)
    return _back(inquiry_id, "saved")


@router.post("/inquiries/{inquiry_id}/take")
def take(desk: DeskDep, signed: SignedInDep, fields: FormDep, inquiry_id: int) -> Response:
    """Take an inquiry over; its owner's saved text stays."""
    found = desk.inquiries.get(inquiry_id)
    act = Act(signed.staff.name, "taken", facts={"owner_before": found.owner_id})
    try:
        desk.inquiries.change(inquiry_id, fields.whole("version"), act, owner_id=signed.staff.id)
    except StaleVersion as stale:
        raise Shown(conflict(desk, signed, stale.current, stale.current.text, "changed")) from stale
    return _back(inquiry_id, "taken")


@router.post("/inquiries/{inquiry_id}/regenerate/{position}")
def regenerate(
    desk: DeskDep, signed: SignedInDep, fields: FormDep, inquiry_id: int, position: int
) -> Response:
    """Answer a question anew, with a hint; what was typed meanwhile is saved first."""
    hint = fields.text(f"hint-{position}", _HINT)
    found = saved(desk, signed, inquiry_id, fields)
    try:
        _, replaced = with_hint(desk, found, position, hint[:MAX_CHARACTERS], signed.staff.name)
    except StaleVersion as stale:
        raise Shown(conflict(desk, signed, stale.current, found.text, "changed")) from stale
    return _back(inquiry_id, "regenerated" if replaced else "beside", f"#q{position}")


@router.post("/inquiries/{inquiry_id}/cite")
def cite(desk: DeskDep, signed: SignedInDep, fields: FormDep, inquiry_id: int) -> Response:
    """Give a clause a number in the reply; what was typed meanwhile is saved first."""
    clause = fields.text("clause")
    found = saved(desk, signed, inquiry_id, fields)
    guideline = desk.service.assistant(found.programme).guideline
    try:
        new = citation_of(guideline, clause)
    except KeyError as error:
        raise Refusal(422, "找不到這一條，可能條文已經更新。請重新整理後再試。") from error
    citations, numbers = numbered(found.citations, [new])
    act = Act(signed.staff.name, "cited", facts={"clause": clause, "n": numbers[0]})
    try:
        desk.inquiries.change(inquiry_id, found.version, act, citations=citations)
    except StaleVersion as stale:
        raise Shown(conflict(desk, signed, stale.current, found.text, "changed")) from stale
    return _back(inquiry_id, "cited", "#clauses")


def _back(inquiry_id: int, done: str, place: str = "") -> Response:
    return RedirectResponse(f"/desk/inquiries/{inquiry_id}?done={done}{place}", 303)
