"""The loop that closes: asked in vain, proposed, previewed, applied, answered, taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from assistant.domain import Answer, Outcome, Question
from assistant.knowledge.builder import BuildFailed
from assistant.knowledge.change import Change, ChangeRejected, NewGap, OutOfScope, Phrasing, Withdrawal
from assistant.knowledge.loop import NotPreviewed
from assistant.records.open_items import ItemState, Reason, UnknownItem
from assistant.records.proposal import Proposal, ProposalBusy, ProposalState, UnknownProposal
from tests.assistant.knowledge.conftest import PROGRAMME, Rig

WAIT = 30
ASKED = "廁所在哪裡"
GAP = NewGap("toilets", "廁所", (ASKED, "請問廁所在哪裡啊"))


def ask(rig: Rig, question: str, session: str | None = None) -> Answer:
    """Ask the assistant that is served."""
    return rig.assistants[PROGRAMME].answer(Question(question, PROGRAMME, session))


def previewed(rig: Rig, proposal: Proposal) -> Proposal:
    """The proposal after its preview."""
    rig.knowledge.preview(proposal.id, "amy")
    return rig.knowledge.wait(proposal.id, WAIT)


def applied(rig: Rig, change: Change, item_id: str | None = None) -> Proposal:
    """A change that was proposed, previewed and applied."""
    proposal = rig.knowledge.propose(PROGRAMME, change, "amy", item_id)
    previewed(rig, proposal)
    rig.knowledge.apply(proposal.id, "bob")
    return rig.knowledge.wait(proposal.id, WAIT)


def test_gap_is_closed(rig: Rig) -> None:
    """A question asked in vain becomes an item, a gap, an answer that names the topic; the history says who."""
    assert ask(rig, ASKED).outcome is not Outcome.ANSWERED
    rig.knowledge.note_edited(PROGRAMME, "draft:1:1", f"請問{ASKED}")
    rig.knowledge.collect(PROGRAMME)
    (item,) = rig.knowledge.items(PROGRAMME)

    done = applied(rig, GAP, item.id)

    assert (done.state, done.work and done.work.state) == (ProposalState.APPLIED, "done")
    answer = ask(rig, ASKED)
    assert answer.referral is not None
    assert (answer.outcome, answer.referral.looked_for) == (Outcome.NO_CLAUSE, "廁所")
    assert rig.knowledge.item(item.id).state is ItemState.CLOSED
    events = [(event.what, event.who) for event in rig.knowledge.history(done.id)]
    assert events == [("proposed", "amy"), ("previewed", "amy"), ("applied", "bob")]
    assert '+id = "toilets"' in done.diff


def test_preview_compares(rig: Rig) -> None:
    """A preview counts what of the bank was right before and after, and tells which answers change."""
    ask(rig, "隨便問問")
    ask(rig, ASKED)
    proposal = rig.knowledge.propose(PROGRAMME, Phrasing("1/s1", (ASKED,)), "amy")

    done = previewed(rig, proposal)

    assert done.work is not None
    assert (done.work.state, done.work.percent) == ("done", 100)
    preview = rig.knowledge.previewed(done)
    assert preview is not None
    clauses, gaps, _ = preview.comparison.figures
    assert (clauses.before, clauses.after) == (clauses.of - 2, clauses.of - 2)  # two blocks name groups
    assert gaps.before == gaps.after == gaps.of
    (changed,) = preview.comparison.changed
    assert (changed.origin, changed.before.outcome, changed.after.outcome) == (
        "item",
        "no_clause",
        "answered",
    )
    bank = sum(figure.of for figure in preview.comparison.figures)
    assert preview.comparison.asked == bank + 2  # the new phrasing and what was asked lately, each once
    assert (preview.stale, preview.made_at) == (False, rig.clock.moment)
    json.dumps(done.preview)


def test_preview_replaces_nothing(rig: Rig) -> None:
    """A preview leaves corpus, build and assistant alone, and no folder behind."""
    served = rig.assistants.served(PROGRAMME)
    text = rig.file("gaps.toml").read_bytes()
    previewed(rig, rig.knowledge.propose(PROGRAMME, GAP, "amy"))

    assert rig.file("gaps.toml").read_bytes() == text
    assert rig.assistants.served(PROGRAMME) is served
    assert [path.name for path in (rig.places.data / "knowledge").iterdir()] == ["lock"]


def test_taking_back(rig: Rig) -> None:
    """An applied change is taken back by a proposal of its own, and that one too; bytes and item follow."""
    rig.knowledge.note_edited(PROGRAMME, "draft:1:1", ASKED)
    (item,) = rig.knowledge.items(PROGRAMME)
    before = rig.file("gaps.toml").read_bytes()
    done = applied(rig, GAP, item.id)
    after = rig.file("gaps.toml").read_bytes()

    back = rig.knowledge.revert(done.id, "bob")
    assert rig.knowledge.change(back) == Withdrawal("gaps.toml", GAP.questions)
    previewed(rig, back)
    rig.knowledge.apply(back.id, "bob")
    rig.knowledge.wait(back.id, WAIT)

    assert rig.file("gaps.toml").read_bytes() == before
    assert rig.knowledge.proposal(done.id).state is ProposalState.REVERTED
    assert rig.knowledge.item(item.id).state is ItemState.OPEN
    again = rig.knowledge.revert(back.id, "bob")
    assert rig.knowledge.change(again) == GAP
    previewed(rig, again)
    rig.knowledge.apply(again.id, "bob")
    rig.knowledge.wait(again.id, WAIT)
    assert rig.file("gaps.toml").read_bytes() == after


def test_what_is_not_applied_cannot_be_taken_back(rig: Rig) -> None:
    """A proposal that waits is rejected, not reverted."""
    proposal = rig.knowledge.propose(PROGRAMME, GAP, "amy")
    with pytest.raises(ProposalBusy):
        rig.knowledge.revert(proposal.id, "bob")


def test_ingest_has_the_last_word(rig: Rig) -> None:
    """What the ingest finds wrong is refused with file and line, and nothing is kept."""
    rig.file("outline.toml").write_text("nonsense", encoding="utf8")
    with pytest.raises(ChangeRejected) as refused:
        rig.knowledge.propose(PROGRAMME, GAP, "amy")
    assert refused.value.faults[0].file == "outline.toml"
    assert rig.knowledge.proposals(PROGRAMME) == ()


def test_not_applied_without_a_fresh_preview(rig: Rig) -> None:
    """Without a preview, or with one of another corpus, nothing is applied."""
    proposal = rig.knowledge.propose(PROGRAMME, GAP, "amy")
    with pytest.raises(NotPreviewed):
        rig.knowledge.apply(proposal.id, "bob")
    previewed(rig, proposal)
    with rig.file("questions.toml").open("a", encoding="utf8") as file:
        file.write("# by hand\n")
    with pytest.raises(NotPreviewed):
        rig.knowledge.apply(proposal.id, "bob")
    preview = rig.knowledge.previewed(rig.knowledge.proposal(proposal.id))
    assert preview is not None
    assert preview.stale


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


def test_rejected(rig: Rig) -> None:
    """A rejected proposal is over, and its item open again."""
    rig.knowledge.note_edited(PROGRAMME, "draft:1:1", ASKED, "語氣太硬")
    (item,) = rig.knowledge.items(PROGRAMME)
    assert (item.reasons, rig.knowledge.item(item.id).askings[0].note) == ({Reason.EDITED: 1}, "語氣太硬")
    proposal = rig.knowledge.propose(PROGRAMME, GAP, "amy", item.id)
    assert rig.knowledge.items(PROGRAMME, ItemState.PROPOSED)[0].id == item.id

    rig.knowledge.reject(proposal.id, "bob", "已有類似的題目")

    assert rig.knowledge.items(PROGRAMME)[0].id == item.id
    assert rig.knowledge.proposals(PROGRAMME, ProposalState.REJECTED)[0].id == proposal.id
    with pytest.raises(ProposalBusy):
        rig.knowledge.preview(proposal.id, "amy")


@pytest.mark.parametrize("decide", ["apply", "reject"])
def test_decided_preview_holds_no_questions_of_people(rig: Rig, decide: str) -> None:
    """Once a proposal is decided, its preview keeps the figures and forgets what people asked."""
    proposal = previewed(rig, rig.knowledge.propose(PROGRAMME, Phrasing("1/s1", (ASKED, "洗手間呢")), "amy"))
    getattr(rig.knowledge, decide)(proposal.id, "bob")

    preview = rig.knowledge.previewed(rig.knowledge.wait(proposal.id, WAIT))
    assert preview is not None
    assert preview.comparison.changed == ()
    assert preview.comparison.changed_in_all == 2
    assert len(preview.comparison.figures) == 3


def test_personal_data_reach_no_file(rig: Rig) -> None:
    """A phrasing is masked before it is checked, kept and written."""
    proposal = rig.knowledge.propose(PROGRAMME, Phrasing("1/s1", ("我0912345678要轉讓攤位",)), "amy")
    assert "0912345678" not in json.dumps(proposal.change) + proposal.diff
    assert "〔手機〕" in proposal.diff


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


def test_targets_and_suggestions(rig: Rig) -> None:
    """What a phrasing can lead to is listed, and the most probable for a question."""
    assert rig.knowledge.targets(PROGRAMME)[0].leads == ("不可以轉讓。",)
    assert rig.knowledge.suggestions(PROGRAMME, "押金多少", 1)[0].key == "2/2"


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda k: k.collect("nothing"), KeyError),
        (lambda k: k.targets("nothing"), KeyError),
        (lambda k: k.propose("nothing", GAP, "amy"), KeyError),
        (lambda k: k.item("nothing"), UnknownItem),
        (lambda k: k.dismiss("no/token", "amy"), UnknownItem),
        (lambda k: k.propose(PROGRAMME, GAP, "amy", "nothing"), UnknownItem),
        (lambda k: k.proposal("nothing"), UnknownProposal),
        (lambda k: k.preview("no/token", "amy"), UnknownProposal),
    ],
)
def test_unknown_names(rig: Rig, act: Callable[[Any], object], error: type[Exception]) -> None:
    """A programme, an item or a proposal that is not known is told by its own error."""
    with pytest.raises(error):
        act(rig.knowledge)
