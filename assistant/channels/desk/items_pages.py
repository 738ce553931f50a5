"""What was asked in vain, grouped; from an item staff propose what the corpus should know."""

from __future__ import annotations

import re
from typing import Annotated, Final

from fastapi import Depends, Query
from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.desk import DeskDep
from assistant.channels.desk.guard import CHECKED_FORM, Fields, FormDep, Visit, VisitDep
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.route import desk_router
from assistant.knowledge.builder import BuildFailed
from assistant.knowledge.change import Change, ChangeRejected, NewGap, OutOfScope, Phrasing
from assistant.knowledge.loop import Knowledge
from assistant.records.asking import ItemState
from assistant.records.open_items import OpenItem
from assistant.records.proposal import ProposalState

router = desk_router()
_PAGE: Final = 50
_QUESTIONS: Final = 6000


def knowledge_of(desk: DeskDep) -> Knowledge:
    """
    The loop that closes.

    Raises:
        Refusal: 503, this service has no corpus that it could change.
    """
    if desk.service.knowledge is None:
        raise Refusal(503, "這個服務沒有開啟條文資料的修改。")
    return desk.service.knowledge


KnowledgeDep = Annotated[Knowledge, Depends(knowledge_of)]


@router.get("/items")
def items(
    visit: VisitDep,
    knowledge: KnowledgeDep,
    show: ItemState = ItemState.OPEN,
    programme: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """The items of a programme in a state, those asked most often first."""
    chosen = visit.desk.programme(programme)
    return visit.page(
        "items.html",
        items=knowledge.items(chosen, show, _PAGE),
        numbers={state: knowledge.count_items(chosen, state) for state in ItemState},
        waiting=len(knowledge.proposals(chosen, ProposalState.PROPOSED)),
        show=show,
        programme=chosen,
        programmes=list(visit.desk.service.assistants),
    )


@router.get("/items/{item_id}")
def item(visit: VisitDep, knowledge: KnowledgeDep, item_id: str) -> Response:
    """One item, what it could mean, and what can be proposed."""
    return _page(visit, knowledge, knowledge.item(item_id))


@router.post("/items/{item_id}/propose")
def propose(visit: VisitDep, fields: FormDep, knowledge: KnowledgeDep, item_id: str) -> Response:
    """Propose a phrasing, a new gap, or that it lies outside; nothing changes before an approver applies it."""
    found = knowledge.item(item_id)
    change = _change(fields, found)
    try:
        proposal = knowledge.propose(found.programme, change, visit.staff.name, found.id)
    except ChangeRejected as rejected:
        faults = [str(fault) for fault in rejected.faults]
        return _page(visit, knowledge, found, faults=faults, typed=fields)
    except BuildFailed as failed:
        return _page(visit, knowledge, found, faults=[f"檢查沒有完成：{failed}"], typed=fields)
    facts = {"proposal": proposal.id, "programme": found.programme, "kind": change.kind, "item": found.id}
    visit.desk.audit.add(visit.act("proposed", facts, {"diff": proposal.diff}))
    return RedirectResponse(f"/desk/proposals/{proposal.id}", 303)


@router.post("/items/{item_id}/dismiss")
def dismiss(visit: VisitDep, fields: FormDep, knowledge: KnowledgeDep, item_id: str) -> Response:
    """Set it aside."""
    note = fields.text("note", 500)
    knowledge.dismiss(item_id, visit.staff.name, note)
    visit.desk.audit.add(visit.act("item_dismissed", {"item": item_id}, {"note": note}))
    return RedirectResponse("/desk/items", 303)


@router.post("/items/{item_id}/reopen", dependencies=CHECKED_FORM)
def reopen(visit: VisitDep, knowledge: KnowledgeDep, item_id: str) -> Response:
    """Take it up again."""
    knowledge.reopen(item_id, visit.staff.name)
    visit.desk.audit.add(visit.act("item_reopened", {"item": item_id}))
    return RedirectResponse(f"/desk/items/{item_id}", 303)


def _change(fields: Fields, found: OpenItem) -> Change:
    questions = tuple(
        line.strip() for line in fields.text("questions", _QUESTIONS).splitlines() if line.strip()
    )
    kind = fields.text("kind")
    if kind == "phrasing":
        target = fields.text("other", 300) or fields.text("target", 300)
        if not target:
            raise Refusal(422, "請選擇這個問題要由哪一條回答。")
        return Phrasing(target, questions)
    if kind == "gap":
        # An id that nobody has to make up; it only has to be unique.
        name = "desk-" + (re.sub(r"[^a-z0-9]+", "", found.id.lower())[-12:] or "item")
        return NewGap(name, fields.text("topic", 100), questions, fields.text("referral", 300))
    if kind == "outside":
        return OutOfScope(questions)
    raise Refusal(422, "請選擇要怎麼補。")


def _page(
    visit: Visit,
    knowledge: Knowledge,
    found: OpenItem,
    *,
    faults: list[str] | None = None,
    typed: Fields | None = None,
) -> Response:
    return visit.page(
        "item.html",
        422 if faults else 200,
        item=found,
        suggestions=knowledge.suggestions(found.programme, found.question),
        targets=knowledge.targets(found.programme),
        referral=visit.desk.service.assistant(found.programme).guideline.source.referral,
        faults=faults or [],
        kind=typed.text("kind") if typed else "",
        questions=typed.text("questions", _QUESTIONS) if typed else found.question,
        topic=typed.text("topic", 100) if typed else "",
        told_referral=typed.text("referral", 300) if typed else "",
    )
