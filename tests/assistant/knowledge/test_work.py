"""Previews and applications of one process: one after another, each with an end that can be read."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest

from assistant.knowledge.builder import BuildFailed
from assistant.knowledge.change import OutOfScope
from assistant.records.proposal import ProposalBusy, ProposalState
from tests.assistant.knowledge.conftest import GAP, PROGRAMME, WAIT, Rig, previewed


def test_one_work_at_a_time(rig: Rig) -> None:
    """While a preview runs, the proposal is neither previewed again, applied nor rejected; its progress can be read."""
    rig.builder.gates["build"] = Event()
    proposal = rig.knowledge.propose(PROGRAMME, GAP, "amy")
    rig.builder.begun.clear()
    rig.knowledge.preview(proposal.id, "amy")
    rig.builder.begun.wait(WAIT)

    for act in (rig.knowledge.preview, rig.knowledge.reject):
        with pytest.raises(ProposalBusy):
            act(proposal.id, "bob")
    work = rig.knowledge.proposal(proposal.id).work
    assert work is not None
    assert (work.kind, work.state) == ("preview", "running")
    rig.builder.gates["build"].set()
    assert rig.knowledge.wait(proposal.id, WAIT).preview is not None


def test_work_of_a_dead_process_can_be_taken_over(rig: Rig) -> None:
    """A preview that was silent for five minutes died with its process."""
    rig.builder.gates["build"] = Event()
    proposal = rig.knowledge.propose(PROGRAMME, GAP, "amy")
    rig.builder.begun.clear()
    rig.knowledge.preview(proposal.id, "amy")
    rig.builder.begun.wait(WAIT)
    rig.clock.moment += timedelta(minutes=6)
    rig.knowledge.preview(proposal.id, "bob")
    rig.builder.gates["build"].set()
    assert rig.knowledge.wait(proposal.id, WAIT).preview is not None


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (BuildFailed("磁碟滿了"), "磁碟滿了"),
        (OSError(28, "No space left", "/secret/path"), "No space left"),
        (ValueError("x"), "預期外"),
    ],
)
def test_failed_preview_says_why(rig: Rig, failure: Exception, said: str) -> None:
    """A preview that fails ends with a reason, without a path; the proposal still waits and can be tried again."""
    proposal = rig.knowledge.propose(PROGRAMME, GAP, "amy")
    rig.builder.failures["build"] = failure
    done = previewed(rig, proposal)

    assert done.work is not None
    assert (done.work.state, done.state) == ("failed", ProposalState.PROPOSED)
    assert said in done.work.fault
    assert "secret" not in done.work.fault
    rig.builder.failures.clear()
    assert previewed(rig, proposal).preview is not None


def test_failed_application_leaves_the_old_state(rig: Rig) -> None:
    """An application that fails leaves corpus and answers, and the proposal waits on."""
    proposal = previewed(rig, rig.knowledge.propose(PROGRAMME, GAP, "amy"))
    text, served = rig.file("gaps.toml").read_bytes(), rig.assistants.served(PROGRAMME)
    rig.builder.failures["build"] = BuildFailed("磁碟滿了")
    rig.knowledge.apply(proposal.id, "bob")
    done = rig.knowledge.wait(proposal.id, WAIT)

    assert done.work is not None
    assert (done.work.kind, done.work.state, done.state) == ("apply", "failed", ProposalState.PROPOSED)
    assert rig.file("gaps.toml").read_bytes() == text
    assert rig.assistants.served(PROGRAMME) is served
    assert rig.knowledge.history(done.id)[-1].what == "failed"


def test_closing_drops_previews(rig: Rig) -> None:
    """At shutdown a preview ends, one that waits is not begun, and both can be asked for again."""
    rig.builder.gates["build"] = Event()
    first = rig.knowledge.propose(PROGRAMME, GAP, "amy")
    second = rig.knowledge.propose(PROGRAMME, OutOfScope(("幫我算命",)), "amy")
    rig.builder.begun.clear()
    rig.knowledge.preview(first.id, "amy")
    rig.builder.begun.wait(WAIT)
    rig.knowledge.preview(second.id, "amy")
    rig.knowledge.close()

    works = [rig.knowledge.proposal(one.id).work for one in (first, second)]
    assert [work and work.state for work in works] == ["failed", "failed"]


def test_closing_lets_an_application_finish(rig: Rig) -> None:
    """At shutdown an application goes to its end."""
    proposal = previewed(rig, rig.knowledge.propose(PROGRAMME, GAP, "amy"))
    rig.builder.begun.clear()
    rig.knowledge.apply(proposal.id, "bob")
    rig.builder.begun.wait(WAIT)
    rig.knowledge.close()
    assert rig.knowledge.proposal(proposal.id).state is ProposalState.APPLIED
