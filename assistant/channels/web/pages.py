"""The pages on which people ask, without JavaScript: a form, and the cited answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from assistant.answer.clean import MAX_CHARACTERS
from assistant.channels.pages import Pages
from assistant.channels.problem import Problem
from assistant.channels.service import service_of
from assistant.channels.web import schemas
from assistant.channels.web.answer_lines import parts_of
from assistant.channels.web.clause_tree import root_of
from assistant.channels.web.correction import FactField, fields_of, filled, message_of
from assistant.channels.web.links import answer_url
from assistant.channels.web.questions import QuestionDesk, QuestionDeskDep
from assistant.channels.web.rendering import pages_of
from assistant.channels.web.visitor import from_this_site, keep_session, session_of
from assistant.domain import Guideline
from assistant.eligibility.rules import RuleBook
from assistant.privacy import visible
from assistant.records.conversations import Turn

router = APIRouter(tags=["網頁"], include_in_schema=False)

_EXAMPLES = 6
FORGED: Final = "這份表單不是從本站送出的，所以沒有處理。請看過內容，再送一次。"
_ROBOTS: Final = "User-agent: *\nDisallow: /*?q=\nDisallow: /answers/\nDisallow: /desk\nDisallow: /api/\n"
_EMPTY: Final = "還沒有任何資料，請至少填一項。"
PagesDep = Annotated[Pages, Depends(pages_of)]


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    The page being filled in.

    Its programme (None for the default one), the guideline and the rules of that, and this site's address.
    """

    pages: Pages
    programme: str | None
    guideline: Guideline
    rules: RuleBook | None
    site: str

    def form(self, q: str, after: str = "", problem: Problem | None = None) -> HTMLResponse:
        """The form, with the question as it was typed, the answer that it goes on from, and what is wrong with it."""
        return self.pages.render(
            "ask.html",
            problem.status_code if problem else 200,
            source=self.guideline.source,
            programme=self.programme,
            examples=[group.question for group in self.guideline.groups][:_EXAMPLES],
            topics=[(entry, root_of(self.guideline, entry.number)) for entry in self.guideline.entries],
            site=self.site,
            q=q,
            after=after,
            problem=problem and problem.fault,
        )

    def answer(
        self, question: str, answer: schemas.Answer, wrong: list[FactField] | None = None, fault: str = ""
    ) -> HTMLResponse:
        """The cited answer, what was understood to be put right (`wrong` if that failed), and a form to go on with."""
        nearby = answer.referral.nearby if answer.referral else []
        page = self.pages.render(
            "answer.html",
            422 if fault else 200,
            fields=fields_of(answer, self.rules) if wrong is None else wrong,
            fault=fault,
            source=self.guideline.source,
            programme=self.programme,
            question=question,
            answer=answer,
            parts=parts_of(answer),
            marks={citation.clause_id: citation.n for citation in answer.citations},
            nearby=[self.guideline.by_id[clause] for clause in nearby if clause in self.guideline.by_id],
        )
        page.headers["X-Robots-Tag"] = "noindex"
        return page


def sheet_of(request: Request, programme: str | None) -> Sheet:
    """The sheet of a programme; the default one is not named in addresses."""
    service = service_of(request)
    assistant = service.assistant(programme)
    named = None if programme == service.default_programme else programme
    return Sheet(
        pages_of(request),
        named,
        assistant.guideline,
        assistant.rules,
        request.app.state.site.address(request),
    )


@router.get("/robots.txt")
def robots() -> Response:
    """What search engines keep: the programme and its clauses, nothing that somebody asked."""
    return PlainTextResponse(_ROBOTS)


@router.get("/")
def home(
    request: Request,
    q: Annotated[str, Query()] = "",
    programme: Annotated[str | None, Query()] = None,
) -> Response:
    """The programme's page, with the form; `q` stands in it, to be sent: looking at an address asks nothing."""
    return sheet_of(request, programme or None).form(visible(q)[:MAX_CHARACTERS])


@router.post("/")
def ask(
    request: Request,
    desk: QuestionDeskDep,
    q: Annotated[str, Form()] = "",
    after: Annotated[str, Form()] = "",
    programme: Annotated[str, Form()] = "",
) -> Response:
    """
    Ask, then send the browser to the answer: going back or reloading does not ask again.

    `after` is the answer from whose page it goes on; without it, or where the conversation
    is somebody else's (an answer's page may be handed around), another one is begun.
    """
    sheet = sheet_of(request, programme or None)
    if not from_this_site(request):
        return sheet.form(q, after, Problem(403, FORGED, code="foreign_form"))
    turn = desk.service.conversations.answer(after) if after else None
    session_id = _own(request, turn)
    return _asked(request, desk, sheet, q, session_id, after)


@router.get("/answers/{answer_id}")
def answered(
    request: Request, desk: QuestionDeskDep, answer_id: str, programme: Annotated[str | None, Query()] = None
) -> Response:
    """An answer that was given; its question is shown as it is stored, personal data masked."""
    turn = _turn(desk, answer_id)
    return sheet_of(request, programme or None).answer(turn.question, schemas.Answer.of_stored(turn.answer))


async def _typed(request: Request) -> dict[str, str]:
    """What stands in the fields of a form whose fields the programme names."""
    form = await request.form(max_files=0, max_fields=100)
    return {name: value for name, value in form.items() if isinstance(value, str)}


@router.post("/answers/{answer_id}")
def corrected(
    request: Request,
    desk: QuestionDeskDep,
    answer_id: str,
    typed: Annotated[dict[str, str], Depends(_typed)],
    programme: Annotated[str | None, Query()] = None,
) -> Response:
    """Put right what an answer understood, and judge again in the same conversation if it is the browser's own."""
    turn, sheet = _turn(desk, answer_id), sheet_of(request, programme or None)
    if not from_this_site(request):
        raise Problem(403, FORGED, code="foreign_form")
    answer = schemas.Answer.of_stored(turn.answer)
    fields = filled(fields_of(answer, sheet.rules), typed)
    if sheet.rules is None or not any(field.value for field in fields):
        return sheet.answer(turn.question, answer, fields, _EMPTY)
    message, wrong = message_of(fields, sheet.rules, desk.service.assistant(sheet.programme).today)
    if wrong:
        return sheet.answer(turn.question, answer, wrong, "有些地方要改，標在下面。")
    return _asked(request, desk, sheet, message, _own(request, turn), answer_id)


def _turn(desk: QuestionDesk, answer_id: str) -> Turn:
    turn = desk.service.conversations.answer(answer_id)
    if turn is None:
        what = "找不到這則回答：網址不對，或紀錄已經過期刪除。請重新提問。"
        raise Problem(404, what, param="answer_id", code="unknown_answer")
    return turn


def _own(request: Request, turn: Turn | None) -> str | None:
    """The conversation of a turn, if it is this browser's."""
    session_id = session_of(request)
    return session_id if turn is not None and turn.answer["session_id"] == session_id else None


def _asked(
    request: Request, desk: QuestionDesk, sheet: Sheet, q: str, session_id: str | None, after: str
) -> Response:
    """To the answer's page, its conversation in the browser's keeping; or the form again with what is wrong."""
    try:
        # Not validated: what a form sends is refused by the desk, and the form says so.
        asked = schemas.Asked.model_construct(message=q, session_id=session_id, programme=sheet.programme)
        answer = desk.ask(asked)
    except Problem as problem:
        return sheet.form(q, after, problem)
    response = RedirectResponse(answer_url(answer.id, sheet.programme), 303)
    keep_session(request, response, answer.session_id)
    return response
