"""The last step refuses what breaks a law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer.assistant import Assistant
from assistant.answer.guard import guard, supported
from assistant.answer.message import Message
from assistant.answer.steps import take_steps
from assistant.domain import Answer, Line, Outcome

MESSAGE = Message("轉包給別人做會怎樣,電話0912345678", (), date(2026, 11, 22))


@pytest.fixture
def cited(assistant: Assistant) -> Answer:
    """An answer as it reaches the guard."""
    *_, answer = take_steps(MESSAGE, assistant._tools)
    assert isinstance(answer, Answer)
    assert answer.outcome is Outcome.ANSWERED
    return answer


def test_a_lawful_answer_passes(assistant: Assistant, cited: Answer) -> None:
    """What the steps make is let through unchanged."""
    assert guard(cited, MESSAGE, assistant._tools) is cited


def _broken(answer: Answer, how: str) -> Answer:
    match how:
        case "quote":
            return replace(answer, citations=(replace(answer.citations[0], quote="輔導案得轉包"),))
        case "mark":
            return replace(answer, text=f"{answer.text}〔9〕")
        case "no clause":
            return replace(answer, lines=(*answer.lines, Line("said", "其實可以。")))
        case _:
            return replace(answer, citations=())


@pytest.mark.parametrize("how", ["quote", "mark", "no clause", "no citation"])
def test_a_broken_law_is_refused(assistant: Assistant, cited: Answer, how: str) -> None:
    """A changed quote, an unissued mark, a line or an answer without one: no_clause."""
    refused = guard(_broken(cited, how), MESSAGE, assistant._tools)

    assert (refused.outcome, refused.citations, refused.confidence) == (Outcome.NO_CLAUSE, (), 0.0)
    assert (refused.text,) == tuple(line.text for line in refused.lines)
    assert refused.referral is not None
    assert refused.referral.looked_for == "轉包給別人做會怎樣,電話〔手機〕"


def test_a_clause_speaks_for_itself(assistant: Assistant, cited: Answer) -> None:
    """A line that its clause does not carry gives way to the clause's own words."""
    (clause_id,) = cited.lines[-1].clause_ids
    false = replace(cited, lines=(Line("said", "違反的話要罰款50萬元。", (clause_id,)),))

    (line,) = supported(false, assistant._tools).lines

    assert line.text == assistant.guideline.by_id[clause_id].text


@pytest.mark.parametrize(
    ("lead", "kept"), [("不可以,輔導案不能轉包。", True), ("可以,事先報備就能轉包。", False)]
)
def test_a_false_lead_is_not_said(assistant: Assistant, cited: Answer, lead: str, *, kept: bool) -> None:
    """A lead stays only if the clause carries it; the line below says it anyhow."""
    line = Line("lead", lead, ("digital-cluster/6/s3",))
    answer = replace(cited, lines=(line, Line("said", "不得轉包。", ("digital-cluster/6/s3",))))

    assert (line in supported(answer, assistant._tools).lines) is kept


def test_a_lead_alone_gives_way_to_its_clause(assistant: Assistant, cited: Answer) -> None:
    """Where nothing else is said, the clause is."""
    answer = replace(cited, lines=(Line("lead", "可以轉包。", ("digital-cluster/6/s3",)),))

    (line,) = supported(answer, assistant._tools).lines

    assert (line.kind, line.text) == ("said", assistant.guideline.by_id["digital-cluster/6/s3"].text)
