"""A form with the text of a reply -> the inquiry with that text saved; nobody's edit is lost."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from assistant.channels.desk.desk import Desk
from assistant.channels.desk.difference import changes, diff_lines, share_changed
from assistant.channels.desk.guard import Fields
from assistant.channels.desk.refusal import Refusal
from assistant.records.audit import Act
from assistant.records.inquiry import OPEN, Inquiry, InquiryState, StaleVersion
from assistant.records.staff_sessions import SignedIn

LONGEST: Final = 15_000


class Shown(Exception):  # noqa: N818 - the name is the fact
    """The response is this page, whatever the handler was about to do."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def saved(desk: Desk, signed: SignedIn, inquiry_id: int, fields: Fields) -> Inquiry:
    """
    The inquiry after the form's text was saved, if it differs; the form names the version it was made of.

    Raises:
        Shown: the page on which both texts stand, because somebody else owns the inquiry, changed it
            meanwhile, or approved it.
        Refusal: its text was deleted.
        UnknownInquiry: there is none with that id.
    """
    inquiry = desk.inquiries.get(inquiry_id)
    text, version = fields.text("text", LONGEST), fields.whole("version")
    if inquiry.erased_at is not None:
        raise Refusal(409, "這封信的內容已經刪除，不能再修改。")
    if inquiry.state not in OPEN:
        raise Shown(conflict(desk, signed, inquiry, text, "closed"))
    if inquiry.version != version:
        raise Shown(conflict(desk, signed, inquiry, text, "changed"))
    owned_by_other = inquiry.owner_id not in {None, signed.staff.id}
    if owned_by_other and fields.text("take") != "1":
        raise Shown(conflict(desk, signed, inquiry, text, "owned"))
    if text == inquiry.text and not owned_by_other:
        return inquiry
    act = Act(
        signed.staff.name,
        "edited",
        facts={"share": share_changed(inquiry.drafted, text), "owner_before": inquiry.owner_id},
        texts={"before": inquiry.text, "text": text, "diff": diff_lines(inquiry.text, text)},
    )
    try:
        return desk.inquiries.change(
            inquiry_id,
            version,
            act,
            text=text,
            state=InquiryState.EDITED,
            edited_by=signed.staff.id,
            owner_id=signed.staff.id,
            waits=False,
        )
    except StaleVersion as stale:
        raise Shown(conflict(desk, signed, stale.current, text, "changed")) from stale


def conflict(desk: Desk, signed: SignedIn, inquiry: Inquiry, text: str, why: str) -> Response:
    """The page that shows the stored text and one's own, and asks which is to stay."""
    names = {staff.id: staff.shown for staff in desk.staff.all()}
    page = desk.sheets.render(
        "conflict.html",
        signed=signed,
        here="inbox",
        inquiry=inquiry,
        text=text,
        why=why,
        who=names.get(inquiry.edited_by or inquiry.owner_id or 0, "同事"),
        owner=names.get(inquiry.owner_id or 0, "同事"),
        changes=changes(inquiry.text, text),
        now=desk.clock.now(),
    )
    page.status_code = 409
    return page
