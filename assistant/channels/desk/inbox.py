"""The inbox, the page on which a mail is pasted, and the list of keys that work on both."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.confidence import trust_in
from assistant.channels.desk.desk import Desk
from assistant.channels.desk.guard import FormDep, Visit, VisitDep
from assistant.channels.desk.intake import LONGEST, Mail, receive
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.rendering import WORDING
from assistant.channels.desk.route import desk_router
from assistant.channels.service import UnknownProgramme
from assistant.records.inquiry import OPEN, Inquiry, InquiryState
from assistant.records.staff import Staff

router = desk_router()


@router.get("")
def inbox(
    visit: VisitDep,
    show: Annotated[str, Query(max_length=20)] = "open",
    q: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """The mails that wait, or those that are looked for."""
    desk = visit.desk
    show = show if show in WORDING["inbox_tabs"] else "open"
    counts = desk.inquiries.counts()
    numbers = {
        "open": sum(counts[state] for state in OPEN),
        "mine": len(desk.inquiries.find(OPEN, owner=visit.staff.id)),
        "review": desk.inquiries.waiting(),
        "approved": counts[InquiryState.APPROVED],
        "sent": counts[InquiryState.SENT],
        "all": sum(counts.values()),
    }
    return visit.page(
        "inbox.html",
        show=show,
        numbers=numbers,
        q=q,
        rows=[_row(desk, inquiry) for inquiry in _found(desk, visit.staff, show, q)],
        names={staff.id: staff.shown for staff in desk.staff.all()},
    )


@router.get("/new")
def new(visit: VisitDep) -> Response:
    """The form for a mail."""
    return _form(visit)


@router.post("/inquiries")
def paste(visit: VisitDep, fields: FormDep) -> Response:
    """Keep a mail, draft its reply, and show it."""
    # Longer than allowed, so that what is said of its length is said once, by the intake.
    mail = Mail(
        fields.text("mail", 4 * LONGEST),
        fields.text("sender"),
        fields.text("subject"),
        fields.text("reference"),
    )
    staff = visit.staff
    try:
        inquiry = receive(visit.desk, mail, fields.text("programme") or None, "paste", staff.name, staff.id)
    except Refusal as refused:
        return _form(visit, mail, refused.detail)
    except UnknownProgramme as unknown:
        return _form(visit, mail, str(unknown))
    return RedirectResponse(f"/desk/inquiries/{inquiry.id}", 303)


@router.get("/keys")
def keys(visit: VisitDep) -> Response:
    """Every key, for those without JavaScript; with it the same stands in a dialog."""
    return visit.page("keys.html")


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


def _form(visit: Visit, mail: Mail | None = None, fault: str = "") -> Response:
    service = visit.desk.service
    programmes = {name: assistant.guideline.source.title for name, assistant in service.assistants.items()}
    return visit.page(
        "new.html",
        422 if fault else 200,
        mail=mail or Mail(""),
        fault=fault,
        programmes=programmes,
        default=service.default_programme,
        longest=LONGEST,
    )
