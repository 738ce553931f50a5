"""The canned texts: written once by anybody, inserted with their variables filled in."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.desk import Desk, DeskDep
from assistant.channels.desk.guard import Fields, FormDep, SignedInDep
from assistant.channels.desk.reply import DEFAULT_SIGNATURE, SIGNATURE_TITLE, VARIABLES, unknown_variables
from assistant.channels.desk.route import desk_router
from assistant.records.canned import Canned, CannedRefused
from assistant.records.staff_sessions import SignedIn

router = desk_router()
_LONGEST = 4000


@router.get("/canned")
def listed(desk: DeskDep, signed: SignedInDep) -> Response:
    """Every text, each in its own form, and an empty form."""
    return _page(desk, signed)


@router.post("/canned")
def add(desk: DeskDep, signed: SignedInDep, fields: FormDep) -> Response:
    """A new text."""
    try:
        title, body = _read(fields)
        desk.canned.add(title, body, signed.staff.id, signed.staff.name)
    except CannedRefused as refused:
        return _page(desk, signed, str(refused), fields)
    return RedirectResponse("/desk/canned", 303)


@router.post("/canned/{canned_id}")
def change(desk: DeskDep, signed: SignedInDep, fields: FormDep, canned_id: int) -> Response:
    """Another title or body."""
    try:
        title, body = _read(fields)
        version = fields.whole("version")
        desk.canned.change(canned_id, version, title, body, signed.staff.id, signed.staff.name)
    except CannedRefused as refused:
        return _page(desk, signed, str(refused), fields, canned_id)
    return RedirectResponse("/desk/canned", 303)


@router.post("/canned/{canned_id}/remove")
def remove(desk: DeskDep, signed: SignedInDep, fields: FormDep, canned_id: int) -> Response:
    """Gone; replies that it was inserted into keep it."""
    del fields  # checked
    desk.canned.remove(canned_id, signed.staff.name)
    return RedirectResponse("/desk/canned", 303)


def _read(fields: Fields) -> tuple[str, str]:
    title, body = fields.text("title"), fields.text("body", _LONGEST)
    if unknown := unknown_variables(body):
        known = "、".join(f"{{{name}}}" for name in VARIABLES)
        raise CannedRefused(f"沒有「{{{unknown[0]}}}」這個變數；可以用的有 {known}。")
    return title, body


def _page(
    desk: Desk, signed: SignedIn, fault: str = "", typed: Fields | None = None, canned_id: int | None = None
) -> Response:
    """The page; after a refusal with what was typed still in its form."""
    texts = desk.canned.all()
    title, body = (typed.text("title"), typed.text("body", _LONGEST)) if typed else ("", "")
    if canned_id is not None:
        texts = [
            Canned(c.id, c.version, title, body, c.changed_at) if c.id == canned_id else c for c in texts
        ]
        title, body = "", ""
    page = desk.sheets.render(
        "canned.html",
        signed=signed,
        here="canned",
        texts=texts,
        variables=VARIABLES,
        signature=DEFAULT_SIGNATURE,
        signature_title=SIGNATURE_TITLE,
        fault=fault,
        fault_at=canned_id,
        title=title,
        body=body,
    )
    page.status_code = 422 if fault else 200
    return page
