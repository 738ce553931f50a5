"""The approved reply as it leaves: plain text or HTML, to be copied or saved."""

from __future__ import annotations

import re
from typing import Final, Literal

from starlette.responses import PlainTextResponse, Response

from assistant.channels.desk.desk import DeskDep
from assistant.channels.desk.guard import CHECKED_VISIT, RowId
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.route import desk_router

router = desk_router()
_UNSAFE: Final = re.compile(r"[^0-9A-Za-z_-]+")


@router.get("/inquiries/{inquiry_id}/reply.{kind}", dependencies=CHECKED_VISIT)
def reply(desk: DeskDep, inquiry_id: RowId, kind: Literal["txt", "html"]) -> Response:
    """The file, named after the case number where there is one."""
    found = desk.inquiries.get(inquiry_id)
    if not found.final:
        raise Refusal(409, "這封回覆還沒有核可，核可之後才能複製或下載。")
    response: Response
    if kind == "txt":
        response = PlainTextResponse(found.final)
    else:
        response = desk.pages.render("reply.html", paragraphs=found.final.split("\n\n"))
    name = file_name(found.reference, found.id)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def file_name(reference: str, number: int) -> str:
    """A file's name without its end: no slash, dot, quote or line end of a case number gets into it."""
    return "-".join(filter(None, ["reply", str(number), _UNSAFE.sub("-", reference).strip("-")[:40]]))
