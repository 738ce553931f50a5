"""Proposed changes of the corpus: previewed, applied by an approver, taken back."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query
from starlette.responses import RedirectResponse, Response

from assistant.channels.desk.desk import DeskDep
from assistant.channels.desk.guard import (
    CHECKED_FORM,
    CHECKED_VISIT,
    ApproverDep,
    FormDep,
    Visit,
    VisitDep,
)
from assistant.channels.desk.items_pages import KnowledgeDep
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.route import desk_router
from assistant.knowledge.builder import BuildFailed
from assistant.knowledge.change import ChangeRejected
from assistant.knowledge.loop import Knowledge, NotPreviewed
from assistant.records.proposal import Proposal, ProposalBusy

router = desk_router()
_NOTE: Final = 500


@router.get("/proposals")
def listed(
    visit: VisitDep,
    knowledge: KnowledgeDep,
    programme: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """The proposals of a programme, newest first."""
    chosen = visit.desk.programme(programme)
    return visit.page("proposals.html", proposals=knowledge.proposals(chosen))


@router.get("/proposals/{proposal_id}")
def proposal(visit: VisitDep, knowledge: KnowledgeDep, proposal_id: str) -> Response:
    """One proposal, its preview, and what can be decided."""
    found = knowledge.proposal(proposal_id)
    guideline = visit.desk.service.assistant(found.programme).guideline
    return visit.page(
        "proposal.html",
        proposal=found,
        preview=knowledge.previewed(found),
        history=knowledge.history(proposal_id),
        labels={clause.id: clause.label for clause in guideline.clauses},
    )


@router.get("/proposals/{proposal_id}/work", dependencies=CHECKED_VISIT)
def work(desk: DeskDep, knowledge: KnowledgeDep, proposal_id: str) -> Response:
    """How far a preview or an application is; tells htmx to load the page anew once it is over."""
    found = knowledge.proposal(proposal_id)
    page = desk.pages.render("work.html", proposal=found)
    if found.work is None or found.work.state != "running":
        page.headers["HX-Refresh"] = "true"
    return page


@router.post("/proposals/{proposal_id}/preview", dependencies=CHECKED_FORM)
def preview(visit: VisitDep, knowledge: KnowledgeDep, proposal_id: str) -> Response:
    """Begin to build the changed corpus aside and to compare."""
    return _begun(visit, knowledge, proposal_id, "previewed")


@router.post("/proposals/{proposal_id}/apply", dependencies=CHECKED_FORM)
def apply(visit: ApproverDep, knowledge: KnowledgeDep, proposal_id: str) -> Response:
    """Begin to apply; the service goes on answering meanwhile."""
    return _begun(visit, knowledge, proposal_id, "applied")


@router.post("/proposals/{proposal_id}/reject")
def reject(visit: ApproverDep, fields: FormDep, knowledge: KnowledgeDep, proposal_id: str) -> Response:
    """Decide against it; its item waits again."""
    note = fields.text("note", _NOTE)
    try:
        knowledge.reject(proposal_id, visit.staff.name, note)
    except ProposalBusy as busy:
        raise Refusal(409, str(busy)) from busy
    return _noted(visit, knowledge.proposal(proposal_id), "rejected")


@router.post("/proposals/{proposal_id}/revert", dependencies=CHECKED_FORM)
def revert(visit: ApproverDep, knowledge: KnowledgeDep, proposal_id: str) -> Response:
    """Propose its inverse, to be previewed and applied like any other."""
    try:
        inverse = knowledge.revert(proposal_id, visit.staff.name)
    except (ProposalBusy, ChangeRejected, BuildFailed) as refused:
        raise Refusal(409, str(refused)) from refused
    return _noted(visit, inverse, "reverted")


def _begun(visit: Visit, knowledge: Knowledge, proposal_id: str, action: str) -> Response:
    begin = knowledge.preview if action == "previewed" else knowledge.apply
    try:
        begin(proposal_id, visit.staff.name)
    except (ProposalBusy, NotPreviewed) as refused:
        raise Refusal(409, str(refused)) from refused
    return _noted(visit, knowledge.proposal(proposal_id), action)


def _noted(visit: Visit, found: Proposal, action: str) -> Response:
    """Note what was done with a proposal, and go to its page."""
    facts = {"proposal": found.id, "programme": found.programme, "file": found.file}
    visit.desk.audit.add(visit.act(action, facts, {"diff": found.diff}))
    return RedirectResponse(f"/desk/proposals/{found.id}", 303)
