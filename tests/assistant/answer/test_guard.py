"""The last step refuses what breaks a law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer.assistant import Assistant
from assistant.answer.guard import guard
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
        case "figure":
            return replace(answer, lines=(Line("said", "罰款50萬元", answer.lines[0].clause_ids),))
        case "no clause":
            return replace(answer, lines=(*answer.lines, Line("said", "其實可以。")))
        case _:
            return replace(answer, citations=())


@pytest.mark.parametrize("how", ["quote", "mark", "figure", "no clause", "no citation"])
def test_a_broken_law_is_refused(assistant: Assistant, cited: Answer, how: str) -> None:
    """A changed quote, an unissued mark, a figure of no clause, a line or an answer without one: no_clause."""
    refused = guard(_broken(cited, how), MESSAGE, assistant._tools)

    assert (refused.outcome, refused.citations, refused.confidence) == (Outcome.NO_CLAUSE, (), 0.0)
    assert (refused.text,) == tuple(line.text for line in refused.lines)
    assert refused.referral is not None
    assert refused.referral.looked_for == "轉包給別人做會怎樣,電話〔手機〕"
