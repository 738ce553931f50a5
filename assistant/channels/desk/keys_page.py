"""The keyboard's page, for those without JavaScript; with it the same stands in a dialog."""

from __future__ import annotations

from starlette.responses import Response

from assistant.channels.desk.desk import DeskDep
from assistant.channels.desk.guard import SignedInDep
from assistant.channels.desk.route import desk_router

router = desk_router()


@router.get("/keys")
def keys(desk: DeskDep, signed: SignedInDep) -> Response:
    """Every key."""
    return desk.sheets.render("keys.html", signed=signed)
