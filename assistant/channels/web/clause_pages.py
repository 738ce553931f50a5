"""The pages on which people read the clauses: the contents, and one clause marked in its text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from assistant.channels.service import ServiceDep
from assistant.channels.web.clause_tree import detail_of, tree_of
from assistant.channels.web.clauses import guideline_with
from assistant.channels.web.marked_text import lines_of
from assistant.channels.web.pages import PagesDep

router = APIRouter(tags=["網頁"], include_in_schema=False)


@router.get("/clauses")
def contents(
    service: ServiceDep, pages: PagesDep, programme: Annotated[str | None, Query()] = None
) -> Response:
    """Every clause by name."""
    guideline = service.assistant(programme or None).guideline
    return pages.render(
        "contents.html", tree=tree_of(guideline), source=guideline.source, programme=programme
    )


@router.get("/clauses/{clause_id:path}")
def clause(service: ServiceDep, pages: PagesDep, clause_id: str) -> Response:
    """One clause marked in its entry's text."""
    guideline = guideline_with(service, clause_id)
    programme = guideline.source.programme
    book = service.assistant(programme).rules
    return pages.render(
        "clause.html",
        clause=detail_of(guideline, clause_id),
        entry=guideline.entry(guideline.by_id[clause_id].entry),
        lines=lines_of(guideline, clause_id),
        rules=() if book is None else book.on_clause(clause_id),
        source=guideline.source,
        programme=None if programme == service.default_programme else programme,
    )
