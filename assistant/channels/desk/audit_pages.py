"""The audit trail: read, proved, exported."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from starlette.responses import Response, StreamingResponse

from assistant.channels.desk.export import audit_csv, audit_json
from assistant.channels.desk.guard import CHECKED_FORM, ApproverDep, Visit
from assistant.channels.desk.route import desk_router
from assistant.records.audit_proof import Proof, prove

router = desk_router()
_PAGE = 50


@router.get("/audit")
def listed(visit: ApproverDep, before: Annotated[int | None, Query(ge=1, lt=2**31)] = None) -> Response:
    """The latest entries, or those before one."""
    return _page(visit, before=before)


@router.post("/audit/proof", dependencies=CHECKED_FORM)
def proof(visit: ApproverDep) -> Response:
    """The whole chain, read and held against its hashes."""
    return _page(visit, prove(visit.desk.service.database))


@router.post("/audit/export.{kind}", dependencies=CHECKED_FORM)
def export(visit: ApproverDep, kind: Literal["csv", "json"]) -> Response:
    """The whole trail as a file; that it was exported is an entry itself."""
    desk = visit.desk
    desk.audit.add(visit.act("exported", {"kind": kind}))
    entries = desk.audit.all()
    lines = audit_csv(entries) if kind == "csv" else audit_json(entries)
    name = f"audit-{desk.clock.today():%Y%m%d}.{kind}"
    return StreamingResponse(
        lines,
        media_type="text/csv; charset=utf-8" if kind == "csv" else "application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _page(visit: Visit, proof: Proof | None = None, before: int | None = None) -> Response:
    audit = visit.desk.audit
    entries = audit.entries(limit=_PAGE, before=before)
    return visit.page("audit.html", entries=entries, head=audit.head(), proof=proof)
