"""Proposals: kept, worked on by one at a time, decided once; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from assistant.records.asking import ItemState
from assistant.records.askings import Askings
from assistant.records.database import Database
from assistant.records.open_items import OpenItems, UnknownItem
from assistant.records.proposal import (
    DIED_AFTER,
    Proposal,
    ProposalBusy,
    ProposalState,
    UnknownProposal,
    Work,
)
from assistant.records.proposals import Proposals
from tests.assistant.records.conftest import asking_of
from tests.fakes import FixedClock

PROGRAMME = "digital-cluster"
Add = Callable[..., Proposal]


@pytest.fixture
def proposals(database: Database, clock: FixedClock) -> Proposals:
    """An empty store of proposals."""
    return Proposals(database, clock)


@pytest.fixture
def add(proposals: Proposals, clock: FixedClock) -> Add:
    """Adds a proposal, a minute after the one before."""

    def run(item_id: str | None = None, reverts: str | None = None) -> Proposal:
        clock.moment += timedelta(minutes=1)
        change = {"kind": "outside", "questions": ["幫我算命"]}
        return proposals.add(PROGRAMME, change, "outside.toml", "+a", "amy", item_id, reverts)

    return run


@pytest.fixture
def item_id(database: Database, clock: FixedClock) -> str:
    """The id of an open item."""
    asking = asking_of("draft:1", "幫我算命", clock.moment)
    Askings(database, clock).place(PROGRAMME, [asking], lambda *_: None)
    return OpenItems(database, clock).items(PROGRAMME, ItemState.OPEN, 1)[0].id


def state_of(database: Database, clock: FixedClock, item_id: str) -> ItemState:
    """The state of an item."""
    return OpenItems(database, clock).item(item_id).state


def test_kept(proposals: Proposals, add: Add, clock: FixedClock) -> None:
    """A proposal is kept as it was given, with who and when."""
    proposal = proposals.get(add().id)
    assert (proposal.programme, proposal.file, proposal.diff) == (PROGRAMME, "outside.toml", "+a")
    assert (proposal.change["questions"], proposal.created_by) == (["幫我算命"], "amy")
    assert (proposal.state, proposal.work, proposal.preview) == (ProposalState.PROPOSED, None, None)
    (event,) = proposals.history(proposal.id)
    assert (event.what, event.who, event.at) == ("proposed", "amy", clock.moment)


def test_newest_first(proposals: Proposals, add: Add) -> None:
    """Proposals are listed newest first, all or those in a state."""
    first, second = add(), add()
    proposals.reject(first.id, "bob", "不需要")
    assert [one.id for one in proposals.list(PROGRAMME, None, 9)] == [second.id, first.id]
    assert [one.id for one in proposals.list(PROGRAMME, ProposalState.REJECTED, 9)] == [first.id]
    assert [one.id for one in proposals.list(PROGRAMME, None, 1)] == [second.id]
    assert proposals.list("other", None, 9) == ()


def test_work(proposals: Proposals, add: Add, clock: FixedClock) -> None:
    """Work is begun, goes on step by step, and ends with its preview."""
    proposal = add()
    proposals.begin(proposal.id, "preview", "等待")
    proposals.step(proposal.id, "重建索引", 40)
    assert proposals.get(proposal.id).work == Work("preview", "running", "重建索引", 40, clock.moment)

    proposals.previewed(proposal.id, {"base": "c0ffee"}, "amy")
    proposals.step(proposal.id, "late", 41)

    done = proposals.get(proposal.id)
    assert done.preview == {"base": "c0ffee"}
    assert done.work == Work("preview", "done", "重建索引", 100, clock.moment)


def test_failure_is_kept(proposals: Proposals, add: Add) -> None:
    """Work that fails says why, and can be begun again."""
    proposal = add()
    proposals.begin(proposal.id, "apply", "等待")
    proposals.failed(proposal.id, "bob", "磁碟滿了")
    work = proposals.get(proposal.id).work
    assert work is not None
    assert (work.state, work.fault) == ("failed", "磁碟滿了")
    assert proposals.history(proposal.id)[-1].note == "磁碟滿了"
    proposals.begin(proposal.id, "apply", "等待")


def test_one_takes_a_proposal(proposals: Proposals, add: Add) -> None:
    """Of several that begin at once, one may."""
    proposal, barrier = add(), Barrier(4)

    def begin(_: int) -> bool:
        barrier.wait()
        try:
            proposals.begin(proposal.id, "apply", "等待")
        except ProposalBusy:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(begin, range(4))) == 1
    with pytest.raises(ProposalBusy, match="正在"):
        proposals.reject(proposal.id, "bob")


def test_silent_work_died(proposals: Proposals, add: Add, clock: FixedClock) -> None:
    """Work that was not seen for five minutes can be begun anew."""
    proposal = add()
    proposals.begin(proposal.id, "preview", "等待")
    clock.moment += DIED_AFTER
    proposals.begin(proposal.id, "preview", "等待")


def test_applied_closes_the_item(
    proposals: Proposals, add: Add, database: Database, clock: FixedClock, item_id: str
) -> None:
    """An item waits for its proposal, is closed with it, and open again when it is reverted."""
    proposal = add(item_id)
    assert state_of(database, clock, item_id) is ItemState.PROPOSED
    proposals.begin(proposal.id, "apply", "等待")
    proposals.applied(proposal.id, "bob")
    assert state_of(database, clock, item_id) is ItemState.CLOSED

    back = add(reverts=proposal.id)
    proposals.applied(back.id, "bob")

    assert proposals.get(proposal.id).state is ProposalState.REVERTED
    assert state_of(database, clock, item_id) is ItemState.OPEN
    assert [event.what for event in proposals.history(proposal.id)] == ["proposed", "applied", "reverted"]


def test_item_waits_for_its_last_proposal(
    proposals: Proposals, add: Add, database: Database, clock: FixedClock, item_id: str
) -> None:
    """An item with two proposals is open again when both are rejected."""
    first, second = add(item_id), add(item_id)
    proposals.reject(first.id, "bob")
    assert state_of(database, clock, item_id) is ItemState.PROPOSED
    proposals.reject(second.id, "bob")
    assert state_of(database, clock, item_id) is ItemState.OPEN


def test_decided_is_decided(proposals: Proposals, add: Add) -> None:
    """What is applied or rejected is not decided again, and only what is applied is taken back."""
    rejected, applied = add(), add()
    proposals.reject(rejected.id, "bob")
    proposals.applied(applied.id, "bob")

    for proposal in (rejected, applied):
        with pytest.raises(ProposalBusy):
            proposals.begin(proposal.id, "apply", "等待")
        with pytest.raises(ProposalBusy):
            proposals.reject(proposal.id, "bob")
        with pytest.raises(ProposalBusy):
            proposals.applied(proposal.id, "bob")
    with pytest.raises(ProposalBusy):
        add(reverts=rejected.id)


def test_two_that_take_back_the_same(proposals: Proposals, add: Add) -> None:
    """Of two proposals that take back the same, one is applied; the other leaves everything as it was."""
    done = add()
    proposals.applied(done.id, "bob")
    first, second = add(reverts=done.id), add(reverts=done.id)
    proposals.applied(first.id, "bob")
    with pytest.raises(ProposalBusy):
        proposals.applied(second.id, "bob")
    assert proposals.get(second.id).state is ProposalState.PROPOSED


@pytest.mark.parametrize("name", ["nothing", "no/token", "a\x00b"])
def test_unknown(proposals: Proposals, add: Add, name: str) -> None:
    """Ids that are not known raise, whatever they look like."""
    for act in (
        proposals.get,
        lambda one: proposals.begin(one, "apply", ""),
        lambda one: proposals.step(one, "", 1),
    ):
        with pytest.raises(UnknownProposal):
            act(name)
    with pytest.raises(UnknownItem):
        add(name)
