"""A form with the text of a reply -> the inquiry with that text saved; nobody's edit is lost."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.difference import changes, diff_lines, share_changed
from assistant.channels.desk.guard import Fields, Visit
from assistant.channels.desk.refusal import Refusal, Shown
from assistant.records.audit import Act
from assistant.records.inquiry import OPEN, Inquiry, InquiryState, StaleVersion, with_writer

LONGEST: Final = 15_000


def saved(visit: Visit, inquiry_id: int, fields: Fields) -> Inquiry:
    """
    The inquiry after the form's text was saved, if it differs; the form names the version it was made of.

    Raises:
        Shown: the page on which both texts stand, because somebody else owns the inquiry, changed it
            meanwhile, or approved it.
        Refusal: its text was deleted.
        UnknownInquiry: there is none with that id.
    """
    inquiry = visit.desk.inquiries.get(inquiry_id)
    text, version = fields.text("text", LONGEST), fields.whole("version")
    if inquiry.erased_at is not None:
        raise Refusal(409, "這封信的內容已經刪除，不能再修改。")
    if inquiry.state not in OPEN:
        raise conflict(visit, inquiry, text, "closed")
    if inquiry.version != version:
        raise conflict(visit, inquiry, text)
    owned_by_other = inquiry.owner_id not in {None, visit.staff.id}
    if owned_by_other and fields.text("take") != "1":
        raise conflict(visit, inquiry, text, "owned")
    if text == inquiry.text and not owned_by_other:
        return inquiry
    act = visit.act(
        "edited",
        {"share": share_changed(inquiry.drafted, text), "owner_before": inquiry.owner_id},
        {"before": inquiry.text, "text": text, "diff": diff_lines(inquiry.text, text)},
    )
    return changed(
        visit,
        inquiry,
        act,
        text=text,
        state=InquiryState.EDITED,
        edited_by=visit.staff.id,
        owner_id=visit.staff.id,
        waits=False,
        wrote=True,
    )


def at_version(visit: Visit, inquiry_id: int, fields: Fields) -> Inquiry:
    """
    The inquiry, if it still has the version that the form was made of.

    Raises:
        Shown: as `changed`.
        UnknownInquiry: there is none with that id.
    """
    found = visit.desk.inquiries.get(inquiry_id)
    if found.version != fields.whole("version"):
        raise conflict(visit, found, found.text)
    return found


def changed(visit: Visit, found: Inquiry, act: Act, *, wrote: bool = False, **values: Any) -> Inquiry:  # noqa: ANN401 - columns
    """
    An inquiry with other values in its columns; who `wrote` it is one of its writers from then on.

    Raises:
        Shown: the page on which both texts stand, because somebody changed it since it was found.
    """
    if wrote:
        values["writers"] = with_writer(found.writers, visit.staff.id)
    try:
        return visit.desk.inquiries.change(found.id, found.version, act, **values)
    except StaleVersion as stale:
        raise conflict(visit, stale.current, values.get("text", found.text)) from stale


def conflict(visit: Visit, inquiry: Inquiry, text: str, why: str = "changed") -> Shown:
    """The page that shows the stored text and one's own, and asks which is to stay."""
    names = {staff.id: staff.shown for staff in visit.desk.staff.all()}
    page = visit.page(
        "conflict.html",
        409,
        inquiry=inquiry,
        text=text,
        why=why,
        who=names.get(inquiry.edited_by or inquiry.owner_id or 0, "同事"),
        owner=names.get(inquiry.owner_id or 0, "同事"),
        changes=changes(inquiry.text, text),
    )
    return Shown(page)


def back(inquiry_id: int, done: str, place: str = "") -> Response:
    """To the inquiry's page, which says what was done; `place` is where on it."""
    return RedirectResponse(f"/desk/inquiries/{inquiry_id}?done={done}{place}", 303)
