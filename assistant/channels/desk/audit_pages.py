"""The audit trail: read, proved, exported."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from starlette.responses import Response, StreamingResponse

from assistant.channels.desk.desk import DeskDep
from assistant.channels.desk.export import audit_csv, audit_json
from assistant.channels.desk.guard import ApproverDep, FormDep
from assistant.channels.desk.route import desk_router
from assistant.records.audit import Act
from assistant.records.audit_proof import prove

router = desk_router()
_PAGE = 50


@router.get("/audit")
def listed(
    desk: DeskDep, signed: ApproverDep, before: Annotated[int | None, Query(ge=1, lt=2**31)] = None
) -> Response:
    """The latest entries, or those before one."""
    return desk.sheets.render(
        "audit.html",
        signed=signed,
        here="audit",
        entries=desk.audit.entries(limit=_PAGE, before=before),
        head=desk.audit.head(),
        proof=None,
    )


@router.post("/audit/proof")
def proof(desk: DeskDep, signed: ApproverDep, fields: FormDep) -> Response:
    """The whole chain, read and held against its hashes."""
    del fields  # checked
    return desk.sheets.render(
        "audit.html",
        signed=signed,
        here="audit",
        entries=desk.audit.entries(limit=_PAGE),
        head=desk.audit.head(),
        proof=prove(desk.service.database),
    )


@router.get("/audit/export.{kind}")
def export(desk: DeskDep, signed: ApproverDep, kind: Literal["csv", "json"]) -> Response:
    """The whole trail as a file; that it was exported is an entry itself."""
    desk.audit.add(Act(signed.staff.name, "exported", None, {"kind": kind}))
    entries = desk.audit.all()
    lines = audit_csv(entries) if kind == "csv" else audit_json(entries)
    name = f"audit-{desk.clock.today():%Y%m%d}.{kind}"
    return StreamingResponse(
        lines,
        media_type="text/csv; charset=utf-8" if kind == "csv" else "application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
