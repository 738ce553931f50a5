"""The pages on which people ask, without JavaScript: a form, and the cited answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.channels.web import schemas
from assistant.channels.web.answer_text import blocks
from assistant.channels.web.links import answer_url
from assistant.channels.web.problem import Problem
from assistant.channels.web.questions import Desk, DeskDep
from assistant.channels.web.rendering import Pages, pages_of
from assistant.domain import Guideline

router = APIRouter(tags=["網頁"], include_in_schema=False)

_EXAMPLES = 6
PagesDep = Annotated[Pages, Depends(pages_of)]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page being filled in: its programme (None for the default one) and its guideline."""

    pages: Pages
    programme: str | None
    guideline: Guideline

    def form(self, q: str, session_id: str | None, problem: Problem | None = None) -> HTMLResponse:
        """The form, with the question as it was typed and what is wrong with it."""
        page = self.pages.render(
            "ask.html",
            source=self.guideline.source,
            programme=self.programme,
            examples=[group.question for group in self.guideline.groups][:_EXAMPLES],
            q=q,
            session_id=session_id,
            problem=problem and problem.fault,
        )
        page.status_code = problem.status_code if problem else 200
        return page

    def answer(self, question: str, answer: schemas.Answer) -> HTMLResponse:
        """The cited answer, and a form to go on with."""
        nearby = answer.referral.nearby if answer.referral else []
        page = self.pages.render(
            "answer.html",
            source=self.guideline.source,
            programme=self.programme,
            question=question,
            answer=answer,
            blocks=blocks(answer.text, answer.citations),
            nearby=[self.guideline.by_id[clause] for clause in nearby if clause in self.guideline.by_id],
        )
        page.headers["X-Robots-Tag"] = "noindex"
        return page


def sheet_of(desk: DeskDep, pages: PagesDep, programme: str | None) -> Sheet:
    """The sheet of a programme; the default one is not named in addresses."""
    guideline = desk.service.assistant(programme).guideline
    return Sheet(pages, None if programme == desk.service.default_programme else programme, guideline)


@router.get("/")
def home(
    desk: DeskDep,
    pages: PagesDep,
    q: Annotated[str | None, Query()] = None,
    session_id: Annotated[str | None, Query()] = None,
    programme: Annotated[str | None, Query()] = None,
) -> Response:
    """The form; with q, the answer to it, which is what the links to follow-up questions ask for."""
    sheet = sheet_of(desk, pages, programme or None)
    if q is None:
        return sheet.form("", session_id)
    answer = _asked(desk, sheet, q, session_id)
    return answer if isinstance(answer, Response) else sheet.answer(q, answer)


@router.post("/")
def ask(
    desk: DeskDep,
    pages: PagesDep,
    q: Annotated[str, Form()] = "",
    session_id: Annotated[str, Form()] = "",
    programme: Annotated[str, Form()] = "",
) -> Response:
    """Ask, then send the browser to the answer: going back or reloading does not ask again."""
    sheet = sheet_of(desk, pages, programme or None)
    answer = _asked(desk, sheet, q, session_id)
    return (
        answer
        if isinstance(answer, Response)
        else RedirectResponse(answer_url(answer.id, sheet.programme), 303)
    )


@router.get("/answers/{answer_id}")
def answered(
    desk: DeskDep, pages: PagesDep, answer_id: str, programme: Annotated[str | None, Query()] = None
) -> Response:
    """An answer that was given; its question is shown as it is stored, personal data masked."""
    turn = desk.service.conversations.answer(answer_id)
    if turn is None:
        what = "找不到這則回答：網址不對，或紀錄已經過期刪除。請重新提問。"
        raise Problem(404, what, param="answer_id", code="unknown_answer")
    answer = schemas.Answer.model_validate(turn.answer)
    return sheet_of(desk, pages, programme or None).answer(turn.question, answer)


def _asked(desk: Desk, sheet: Sheet, q: str, session_id: str | None) -> schemas.Answer | HTMLResponse:
    """The answer, or the form again with what is wrong with the question."""
    try:
        return schemas.Answer.of(desk.ask(q, session_id or None, sheet.programme))
    except Problem as problem:
        # A session that cannot be used is left behind; the question is not.
        return sheet.form(q, session_id if problem.fault.param == "message" else None, problem)
