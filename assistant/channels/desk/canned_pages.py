"""The canned texts: written once by anybody, inserted with their variables filled in; the signature is an admin's."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.guard import CHECKED_FORM, Fields, FormDep, RowId, Visit, VisitDep
from assistant.channels.desk.reply import DEFAULT_SIGNATURE, SIGNATURE_TITLE, VARIABLES, unknown_variables
from assistant.channels.desk.route import desk_router
from assistant.records.canned import CannedRefused
from assistant.records.staff import Role

router = desk_router()
_LONGEST = 4000


@router.get("/canned")
def listed(visit: VisitDep) -> Response:
    """Every text, each in its own form, and an empty form."""
    return _page(visit)


@router.post("/canned")
def add(visit: VisitDep, fields: FormDep) -> Response:
    """A new text."""
    try:
        title, body = _read(visit, fields)
        visit.desk.canned.add(title, body, visit.staff.id, visit.staff.name)
    except CannedRefused as refused:
        return _page(visit, str(refused), fields)
    return _back()


@router.post("/canned/{canned_id}")
def change(visit: VisitDep, fields: FormDep, canned_id: RowId) -> Response:
    """Another title or body."""
    try:
        title, body = _read(visit, fields, canned_id)
        version = fields.whole("version")
        visit.desk.canned.change(canned_id, version, title, body, visit.staff.id, visit.staff.name)
    except CannedRefused as refused:
        return _page(visit, str(refused), fields, canned_id)
    return _back()


@router.post("/canned/{canned_id}/remove", dependencies=CHECKED_FORM)
def remove(visit: VisitDep, canned_id: RowId) -> Response:
    """Gone; replies that it was inserted into keep it."""
    try:
        _check_signature(visit, _title_of(visit, canned_id))
    except CannedRefused as refused:
        return _page(visit, str(refused))
    visit.desk.canned.remove(canned_id, visit.staff.name)
    return _back()


def _read(visit: Visit, fields: Fields, canned_id: int | None = None) -> tuple[str, str]:
    title, body = fields.text("title"), fields.text("body", _LONGEST)
    _check_signature(visit, title, _title_of(visit, canned_id))
    if unknown := unknown_variables(body):
        known = "、".join(f"{{{name}}}" for name in VARIABLES)
        raise CannedRefused(f"沒有「{{{unknown[0]}}}」這個變數；可以用的有 {known}。")
    return title, body


def _title_of(visit: Visit, canned_id: int | None) -> str:
    return next((text.title for text in visit.desk.canned.all() if text.id == canned_id), "")


def _check_signature(visit: Visit, *titles: str) -> None:
    """What stands below every reply, also below one that somebody is just reading, is not changed by anybody."""
    if SIGNATURE_TITLE in titles and visit.staff.role < Role.ADMIN:
        raise CannedRefused(
            f"「{SIGNATURE_TITLE}」會出現在每一封回覆的下面，只有管理者可以新增、修改或刪除。"
        )


def _page(
    visit: Visit, fault: str = "", typed: Fields | None = None, canned_id: int | None = None
) -> Response:
    """The page; after a refusal with what was typed still in its form."""
    texts = visit.desk.canned.all()
    title, body = (typed.text("title"), typed.text("body", _LONGEST)) if typed else ("", "")
    for text in texts:
        if text.id == canned_id:
            text.title, text.body = title, body
    if canned_id is not None:
        title, body = "", ""
    return visit.page(
        "canned.html",
        422 if fault else 200,
        texts=texts,
        variables=VARIABLES,
        signature=DEFAULT_SIGNATURE,
        signature_title=SIGNATURE_TITLE,
        fault=fault,
        fault_at=canned_id,
        title=title,
        body=body,
    )


def _back() -> Response:
    return RedirectResponse("/desk/canned", 303)
