"""The store of proposals: changes of the corpus, what is being done with each, and its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from ulid import ULID

from assistant.ports import Clock
from assistant.records.asking import NOTE_LENGTH, ItemState
from assistant.records.database import Database
from assistant.records.open_items import marked
from assistant.records.proposal import (
    DIED_AFTER,
    Proposal,
    ProposalBusy,
    ProposalEvent,
    ProposalState,
    UnknownProposal,
    Work,
)
from assistant.records.stored_text import is_token, stored_text

_STATES: Final = {
    ProposalState.PROPOSED: "還沒有套用",
    ProposalState.APPLIED: "已經套用",
    ProposalState.REJECTED: "已經否決",
    ProposalState.REVERTED: "已經復原",
}


class Proposals:
    """
    The store of proposals; safe to share between threads and processes.

    Every method raises RecordsUnavailable if the database fails; those that name a
    proposal raise UnknownProposal, and ProposalBusy where its state forbids it.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def add(
        self,
        programme: str,
        change: Mapping[str, Any],
        file: str,
        diff: str,
        who: str,
        item_id: str | None = None,
        reverts: str | None = None,
    ) -> Proposal:
        """
        Keep a new proposal; its item waits for it.

        Raises:
            UnknownItem: there is no such item.
        """
        now = self._clock.now()
        with self._database.writing() as session:
            if item_id is not None:
                marked(session, item_id, ItemState.PROPOSED, now, who)
            if reverts is not None:
                _in_state(session, reverts, ProposalState.APPLIED)
            row = Proposal(
                id=str(ULID.from_datetime(now)),
                programme=programme,
                item_id=item_id,
                reverts=reverts,
                state=ProposalState.PROPOSED,
                change=dict(change),
                file=file,
                diff=diff,
                preview=None,
                work_json=None,
                created_by=who,
                created_at=now,
            )
            session.add(row)
            session.flush()
            _note(session, row.id, "proposed", who, now)
            return row

    def get(self, proposal_id: str) -> Proposal:
        """One proposal."""
        with self._database.reading() as session:
            row = session.get(Proposal, proposal_id) if is_token(proposal_id) else None
            if row is None:
                raise UnknownProposal(proposal_id)
            return row

    def list(self, programme: str, state: ProposalState | None, limit: int) -> tuple[Proposal, ...]:
        """The proposals in a state, in any if none is named; newest first."""
        query = select(Proposal).where(Proposal.programme == programme)
        if state is not None:
            query = query.where(Proposal.state == state)
        query = query.order_by(Proposal.created_at.desc(), Proposal.id.desc())
        with self._database.reading() as session:
            return tuple(session.scalars(query.limit(limit)))

    def history(self, proposal_id: str) -> tuple[ProposalEvent, ...]:
        """What was done with a proposal, oldest first."""
        if not is_token(proposal_id):
            return ()
        query = select(ProposalEvent).where(ProposalEvent.proposal_id == proposal_id)
        with self._database.reading() as session:
            return tuple(session.scalars(query.order_by(ProposalEvent.id)))

    def begin(self, proposal_id: str, kind: Literal["preview", "apply"], step: str) -> Proposal:
        """Take a proposal to work on it: nobody else can until it is finished, failed, or silent for five minutes."""
        now = self._clock.now()
        with self._database.writing() as session:
            row = _in_state(session, proposal_id, ProposalState.PROPOSED)
            _refuse_running(row, now)
            row.work = Work(kind, "running", step, 0, now)
            return row

    def step(self, proposal_id: str, step: str, percent: int) -> None:
        """Say how far the work is."""
        with self._database.writing() as session:
            row = _row(session, proposal_id)
            work = row.work
            if work is not None and work.state == "running":
                row.work = replace(work, step=step, percent=percent, seen_at=self._clock.now())

    def previewed(self, proposal_id: str, preview: Mapping[str, Any], who: str) -> None:
        """Keep the finished preview."""
        self._finish(proposal_id, who, "previewed", preview=preview)

    def applied(self, proposal_id: str, who: str, preview: Mapping[str, Any] | None = None) -> None:
        """
        The change serves now: its item is closed; what it takes back is reverted, and that one's item open.

        `preview` is what is kept of the preview from now on.
        """
        now = self._clock.now()
        with self._database.writing() as session:
            row = _in_state(session, proposal_id, ProposalState.PROPOSED)
            row.state = ProposalState.APPLIED
            row.preview = dict(preview) if preview is not None else None
            _done(session, row, "applied", who, now)
            if row.item_id is not None:
                marked(session, row.item_id, ItemState.CLOSED, now, who)
            if row.reverts is not None:
                old = _in_state(session, row.reverts, ProposalState.APPLIED)
                old.state = ProposalState.REVERTED
                _note(session, old.id, "reverted", who, now)
                if old.item_id is not None:
                    marked(session, old.item_id, ItemState.OPEN, now, who)

    def failed(self, proposal_id: str, who: str, fault: str) -> None:
        """The work failed, and why."""
        self._finish(proposal_id, who, "failed", fault=fault)

    def reject(
        self, proposal_id: str, who: str, note: str = "", preview: Mapping[str, Any] | None = None
    ) -> None:
        """
        Decide against a proposal; its item is open again unless another proposal for it waits.

        `preview` is what is kept of the preview from now on.
        """
        now = self._clock.now()
        with self._database.writing() as session:
            row = _in_state(session, proposal_id, ProposalState.PROPOSED)
            _refuse_running(row, now)
            row.state = ProposalState.REJECTED
            row.preview = dict(preview) if preview is not None else None
            _note(session, row.id, "rejected", who, now, note)
            session.flush()
            others = select(func.count()).where(
                Proposal.item_id == row.item_id, Proposal.state == ProposalState.PROPOSED
            )
            if row.item_id is not None and not session.scalar(others):
                marked(session, row.item_id, ItemState.OPEN, now, who)

    def expire(self, before: datetime) -> int:
        """Drop previews made before a moment of proposals that still wait: they hold what people asked; how many."""
        query = select(Proposal).where(
            Proposal.state == ProposalState.PROPOSED, Proposal.preview.is_not(None)
        )
        with self._database.writing() as session:
            rows = session.scalars(query.order_by(Proposal.id).with_for_update())
            old = [row for row in rows if row.work is None or row.work.seen_at < before]
            for row in old:
                row.preview = None
            return len(old)

    def _finish(
        self,
        proposal_id: str,
        who: str,
        what: str,
        preview: Mapping[str, Any] | None = None,
        fault: str = "",
    ) -> None:
        with self._database.writing() as session:
            row = _row(session, proposal_id)
            if preview is not None:
                row.preview = dict(preview)
            _done(session, row, what, who, self._clock.now(), fault)


def _done(session: Session, row: Proposal, what: str, who: str, now: datetime, fault: str = "") -> None:
    work = row.work
    if work is not None:
        state: Literal["failed", "done"] = "failed" if fault else "done"
        percent = work.percent if fault else 100
        row.work = replace(work, state=state, percent=percent, seen_at=now, fault=fault)
    _note(session, row.id, what, who, now, fault)


def _row(session: Session, proposal_id: str) -> Proposal:
    row = session.get(Proposal, proposal_id, with_for_update=True) if is_token(proposal_id) else None
    if row is None:
        raise UnknownProposal(proposal_id)
    return row


def _in_state(session: Session, proposal_id: str, state: ProposalState) -> Proposal:
    row = _row(session, proposal_id)
    if row.state is not state:
        raise ProposalBusy(f"這個提案{_STATES[row.state]}，不能再這樣處理。")
    return row


def _refuse_running(row: Proposal, now: datetime) -> None:
    work = row.work
    if work is not None and work.state == "running" and now - work.seen_at < DIED_AFTER:
        raise ProposalBusy("這個提案正在預覽或套用，請等它完成。")


def _note(session: Session, proposal_id: str, what: str, who: str, now: datetime, note: str = "") -> None:
    kept = stored_text(note)[:NOTE_LENGTH] or None
    session.add(ProposalEvent(proposal_id=proposal_id, what=what, who=who, at=now, note=kept))
