"""The loop that closes: asked in vain, proposed, previewed, applied, answered, taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from assistant.domain import Answer, Outcome, Question
from assistant.knowledge.change import ChangeRejected, Phrasing, Withdrawal
from assistant.knowledge.loop import NotPreviewed
from assistant.records.asking import ItemState, Reason
from assistant.records.open_items import UnknownItem
from assistant.records.proposal import ProposalBusy, ProposalState, UnknownProposal
from tests.assistant.knowledge.conftest import ASKED, GAP, PROGRAMME, WAIT, Rig, applied, previewed


def ask(rig: Rig, question: str, session: str | None = None) -> Answer:
    """Ask the assistant that is served."""
    return rig.assistants[PROGRAMME].answer(Question(question, PROGRAMME, session))


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


def test_targets_and_suggestions(rig: Rig) -> None:
    """What a phrasing can lead to is listed, and the most probable for a question."""
    assert rig.knowledge.targets(PROGRAMME)[0].key == "1/s1"
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
