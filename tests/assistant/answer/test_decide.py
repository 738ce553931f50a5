"""What is answered, how sure that is, and when a gap has a name, for rankings made by hand."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer.assistant import Assistant
from assistant.answer.decide import decide
from assistant.answer.message import Message
from assistant.answer.query import Query
from assistant.answer.understand import understand
from assistant.domain import Outcome
from assistant.index.targets import Target, TargetKind
from assistant.rank import Guess, Ranking
from tests.assistant.answer.conftest import PROGRAMME

SUBCONTRACT = Target("subcontract", TargetKind.CLAUSE, clauses=(f"{PROGRAMME}/6/s3",))
MONEY = Target("money", TargetKind.GAP, topic="補助金額", referral="請洽計畫辦公室")
DATES = Target("dates", TargetKind.GAP, topic="收件日期", referral="請洽計畫辦公室")


def decided(assistant: Assistant, answerable: float, *gaps: float) -> Query:
    """What becomes of a message that one clause answers, or that is about one of two gaps, so probably."""
    guesses = [
        Guess(SUBCONTRACT, answerable),
        *(Guess(gap, p) for gap, p in zip((MONEY, DATES), gaps, strict=False)),
    ]
    return ranked(assistant, guesses, {TargetKind.CLAUSE: answerable, TargetKind.GAP: sum(gaps)})


def ranked(assistant: Assistant, guesses: list[Guess], kinds: dict[TargetKind, float]) -> Query:
    """What becomes of a message that is ranked so."""
    ranking = Ranking(tuple(sorted(guesses, key=lambda guess: -guess.probability)), kinds, threshold=0.5)
    question = "案子可以轉包嗎"
    query = Query(Message(question, (), date(2026, 11, 22)), question, ranking=ranking)
    return decide(understand(query, assistant._tools), assistant._tools)


@pytest.mark.parametrize("answerable", [0.5, 0.6, 0.95])
def test_sure_as_it_is_answerable(assistant: Assistant, answerable: float) -> None:
    """An answer is no surer than that the guideline answers the question at all."""
    found = decided(assistant, answerable, 1 - answerable)

    assert found.evidence is not None
    assert found.evidence.clauses == (f"{PROGRAMME}/6/s3",)
    assert found.confidence == pytest.approx(answerable)


@pytest.mark.parametrize(("among", "answered"), [(2, True), (14, False)])
def test_no_answer_is_given_that_is_hardly_sure(assistant: Assistant, among: int, answered: bool) -> None:
    """Where the clause that answers may be any of many, none is cited, sure as it is that there is one."""
    leaves = assistant.guideline.leaves[:among]
    guesses = [Guess(Target(leaf.id, TargetKind.CLAUSE, (leaf.id,)), 0.9 / among) for leaf in leaves]
    found = ranked(assistant, guesses, {TargetKind.CLAUSE: 0.9, TargetKind.GAP: 0.1})

    assert (found.evidence is not None) is answered


def test_a_decline_is_as_sure_as_it_is_not_answerable(assistant: Assistant) -> None:
    """Whichever kind of other matter it is: declining is right as often as no clause answers."""
    kinds = {TargetKind.CLAUSE: 0.1, TargetKind.GAP: 0.4, TargetKind.OFFTOPIC: 0.5}
    found = ranked(assistant, [Guess(SUBCONTRACT, 0.1), Guess(MONEY, 0.4)], kinds)

    assert found.outcome is Outcome.OUT_OF_SCOPE
    assert found.confidence == pytest.approx(0.9)


@pytest.mark.parametrize(("gaps", "named"), [((0.5, 0.4), True), ((0.45, 0.45), True), ((0.44, 0.41), False)])
def test_a_gap_is_named_by_half_of_the_silence(
    assistant: Assistant, gaps: tuple[float, float], named: bool
) -> None:
    """「指引沒有說明…」 is said of a topic that has half of what is not answerable, of a lesser one it is not."""
    found = decided(assistant, 0.1, *gaps)

    assert found.outcome is Outcome.NO_CLAUSE
    assert ("補助金額" in found.lines[0].text) is named
