"""The inbox, and the page on which a mail is pasted."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import Query
from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.confidence import trust_in
from assistant.channels.desk.desk import Desk, DeskDep
from assistant.channels.desk.guard import FormDep, SignedInDep
from assistant.channels.desk.intake import LONGEST, Mail, receive
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.route import desk_router
from assistant.channels.service import UnknownProgramme
from assistant.records.inquiry import OPEN, Inquiry, InquiryState
from assistant.records.staff import Staff

router = desk_router()
_SHOWN: Final = {
    "open": "待處理",
    "mine": "我的",
    "review": "待覆核",
    "approved": "已核可",
    "sent": "已寄出",
    "all": "全部",
}


@router.get("")
def inbox(
    desk: DeskDep,
    signed: SignedInDep,
    show: Annotated[str, Query(max_length=20)] = "open",
    q: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """The mails that wait, or those that are looked for."""
    show = show if show in _SHOWN else "open"
    counts = desk.inquiries.counts()
    numbers = {
        "open": sum(counts[state] for state in OPEN),
        "mine": len(desk.inquiries.find(OPEN, owner=signed.staff.id)),
        "review": desk.inquiries.waiting(),
        "approved": counts[InquiryState.APPROVED],
        "sent": counts[InquiryState.SENT],
        "all": sum(counts.values()),
    }
    return desk.sheets.render(
        "inbox.html",
        signed=signed,
        here="inbox",
        show=show,
        tabs=_SHOWN,
        numbers=numbers,
        q=q,
        rows=[_row(desk, inquiry) for inquiry in _found(desk, signed.staff, show, q)],
        names={staff.id: staff.shown for staff in desk.staff.all()},
        now=desk.clock.now(),
    )


@router.get("/new")
def new(desk: DeskDep, signed: SignedInDep) -> Response:
    """The form for a mail."""
    return _form(desk, signed)


@router.post("/inquiries")
def paste(desk: DeskDep, signed: SignedInDep, fields: FormDep) -> Response:
    """Keep a mail, draft its reply, and show it."""
    # Longer than allowed, so that what is said of its length is said once, by the intake.
    mail = Mail(
        fields.text("mail", 4 * LONGEST),
        fields.text("sender"),
        fields.text("subject"),
        fields.text("reference"),
    )
    staff = signed.staff
    try:
        inquiry = receive(desk, mail, fields.text("programme") or None, "paste", staff.name, staff.id)
    except (Refusal, UnknownProgramme) as refused:
        return _form(desk, signed, mail, str(refused))
    return RedirectResponse(f"/desk/inquiries/{inquiry.id}", 303)


def _found(desk: Desk, staff: Staff, show: str, words: str) -> list[Inquiry]:
    find = desk.inquiries.find
    if show == "mine":
        return find(OPEN, owner=staff.id, words=words)
    if show == "review":
        return find(waits=True, words=words)
    states = {"open": OPEN, "approved": (InquiryState.APPROVED,), "sent": (InquiryState.SENT,)}.get(show, ())
    return find(states, words=words)


def _row(desk: Desk, inquiry: Inquiry) -> dict[str, Any]:
    """What the list shows of an inquiry; one of a programme that is gone is listed all the same."""
    assistant = desk.service.assistants.get(inquiry.programme)
    asked = [one for one in inquiry.questions if one.answer]
    return {
        "inquiry": inquiry,
        "trust": [trust_in(one, assistant.guideline) for one in asked] if assistant else [],
        "stale": assistant is not None
        and inquiry.corpus_hash != assistant.corpus
        and inquiry.state is not InquiryState.SENT
        and inquiry.erased_at is None,
    }


def _form(desk: Desk, signed: object, mail: Mail | None = None, fault: str = "") -> Response:
    programmes = {
        name: assistant.guideline.source.title for name, assistant in desk.service.assistants.items()
    }
    page = desk.sheets.render(
        "new.html",
        signed=signed,
        here="new",
        mail=mail or Mail(""),
        fault=fault,
        programmes=programmes,
        default=desk.service.default_programme,
        longest=LONGEST,
    )
    page.status_code = 422 if fault else 200
    return page
