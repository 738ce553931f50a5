"""Proposed changes of the corpus: previewed, applied by an approver, taken back."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query
from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.confidence import OUTCOMES
from assistant.channels.desk.desk import Desk, DeskDep
from assistant.channels.desk.guard import ApproverDep, FormDep, SignedInDep
from assistant.channels.desk.items_pages import KnowledgeDep
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.route import desk_router
from assistant.knowledge.builder import BuildFailed
from assistant.knowledge.change import ChangeRejected
from assistant.knowledge.loop import Knowledge, NotPreviewed
from assistant.records.audit import Act
from assistant.records.proposal import Proposal, ProposalBusy, ProposalState
from assistant.records.staff_sessions import SignedIn

router = desk_router()
_NOTE: Final = 500
STATES: Final = {
    ProposalState.PROPOSED: "待套用",
    ProposalState.APPLIED: "已套用",
    ProposalState.REJECTED: "已退回",
    ProposalState.REVERTED: "已還原",
}
KINDS: Final = {
    "phrasing": "加一種問法",
    "gap": "指引沒有規定的主題",
    "outside": "不在範圍",
    "withdrawal": "撤回問法",
}
EVENTS: Final = {
    "proposed": "提出",
    "previewed": "試算完成",
    "applied": "套用",
    "rejected": "退回",
    "reverted": "還原",
    "failed": "沒有完成",
}
_ORIGINS: Final = {"bank": "題庫", "recent": "最近的提問", "item": "這個待補問題"}


@router.get("/proposals")
def listed(
    desk: DeskDep,
    signed: SignedInDep,
    knowledge: KnowledgeDep,
    programme: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """The proposals of a programme, newest first."""
    chosen = desk.programme(programme)
    return desk.sheets.render(
        "proposals.html",
        signed=signed,
        here="items",
        proposals=knowledge.proposals(chosen),
        proposal_states=STATES,
        kinds=KINDS,
        now=desk.clock.now(),
    )


@router.get("/proposals/{proposal_id}")
def proposal(desk: DeskDep, signed: SignedInDep, knowledge: KnowledgeDep, proposal_id: str) -> Response:
    """One proposal, its preview, and what can be decided."""
    found = knowledge.proposal(proposal_id)
    guideline = desk.service.assistant(found.programme).guideline
    return desk.sheets.render(
        "proposal.html",
        signed=signed,
        here="items",
        proposal=found,
        preview=knowledge.previewed(found),
        history=knowledge.history(proposal_id),
        proposal_states=STATES,
        kinds=KINDS,
        events=EVENTS,
        origins=_ORIGINS,
        outcomes=OUTCOMES,
        labels={clause.id: clause.label for clause in guideline.clauses},
        now=desk.clock.now(),
    )


@router.get("/proposals/{proposal_id}/work")
def work(desk: DeskDep, signed: SignedInDep, knowledge: KnowledgeDep, proposal_id: str) -> Response:
    """How far a preview or an application is; tells htmx to load the page anew once it is over."""
    del signed  # needed
    found = knowledge.proposal(proposal_id)
    page = desk.sheets.render("work.html", proposal=found)
    if found.work is None or found.work.state != "running":
        page.headers["HX-Refresh"] = "true"
    return page


@router.post("/proposals/{proposal_id}/preview")
def preview(
    desk: DeskDep, signed: SignedInDep, fields: FormDep, knowledge: KnowledgeDep, proposal_id: str
) -> Response:
    """Begin to build the changed corpus aside and to compare."""
    del fields  # checked
    _started(desk, signed, knowledge, proposal_id, "previewed")
    return _back(proposal_id)


@router.post("/proposals/{proposal_id}/apply")
def apply(
    desk: DeskDep, signed: ApproverDep, fields: FormDep, knowledge: KnowledgeDep, proposal_id: str
) -> Response:
    """Begin to apply; the service goes on answering meanwhile."""
    del fields  # checked
    _started(desk, signed, knowledge, proposal_id, "applied")
    return _back(proposal_id)


@router.post("/proposals/{proposal_id}/reject")
def reject(
    desk: DeskDep, signed: ApproverDep, fields: FormDep, knowledge: KnowledgeDep, proposal_id: str
) -> Response:
    """Decide against it; its item waits again."""
    note = fields.text("note", _NOTE)
    try:
        knowledge.reject(proposal_id, signed.staff.name, note)
    except ProposalBusy as busy:
        raise Refusal(409, str(busy)) from busy
    desk.audit.add(_act(signed, knowledge.proposal(proposal_id), "rejected"))
    return _back(proposal_id)


@router.post("/proposals/{proposal_id}/revert")
def revert(
    desk: DeskDep, signed: ApproverDep, fields: FormDep, knowledge: KnowledgeDep, proposal_id: str
) -> Response:
    """Propose its inverse, to be previewed and applied like any other."""
    del fields  # checked
    try:
        inverse = knowledge.revert(proposal_id, signed.staff.name)
    except (ProposalBusy, ChangeRejected, BuildFailed) as refused:
        raise Refusal(409, str(refused)) from refused
    desk.audit.add(_act(signed, inverse, "reverted"))
    return _back(inverse.id)


def _started(desk: Desk, signed: SignedIn, knowledge: Knowledge, proposal_id: str, action: str) -> None:
    begin = knowledge.preview if action == "previewed" else knowledge.apply
    try:
        begin(proposal_id, signed.staff.name)
    except (ProposalBusy, NotPreviewed) as refused:
        raise Refusal(409, str(refused)) from refused
    desk.audit.add(_act(signed, knowledge.proposal(proposal_id), action))


def _act(signed: SignedIn, found: Proposal, action: str) -> Act:
    facts = {"proposal": found.id, "programme": found.programme, "file": found.file}
    return Act(signed.staff.name, action, None, facts, {"diff": found.diff})


def _back(proposal_id: str) -> Response:
    return RedirectResponse(f"/desk/proposals/{proposal_id}", 303)
