"""The last step refuses what breaks a law."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer.assistant import Assistant
from assistant.answer.context import Context, Stop
from assistant.answer.guard import guard
from assistant.answer.steps import STEPS
from assistant.domain import Line, Outcome, Question
from tests.assistant.answer.conftest import PROGRAMME


@pytest.fixture
def composed(assistant: Assistant) -> Context:
    """A context as it reaches the guard."""
    state: Context | Stop = Context(Question("轉包給別人做會怎樣", PROGRAMME), (), assistant._clock.today())
    for step in STEPS[:-1]:
        assert isinstance(state, Context)
        state = step.run(state, assistant._tools)
    assert isinstance(state, Context)
    return state


def test_a_lawful_answer_passes(assistant: Assistant, composed: Context) -> None:
    """What the steps compose is let through unchanged."""
    assert guard(composed, assistant._tools) is composed


def _broken(context: Context, how: str) -> Context:
    citation = context.citations[0]
    match how:
        case "quote":
            return replace(context, citations=(replace(citation, quote="輔導案得轉包"),))
        case "mark":
            return replace(context, body=f"{context.body}〔9〕")
        case "figure":
            return replace(context, lines=(Line("said", "罰款50萬元", context.lines[0].clause_ids),))
        case "no clause":
            return replace(context, lines=(*context.lines, Line("said", "其實可以。")))
        case _:
            return replace(context, citations=())


@pytest.mark.parametrize("how", ["quote", "mark", "figure", "no clause", "no citation"])
def test_a_broken_law_is_refused(assistant: Assistant, composed: Context, how: str) -> None:
    """A changed quote, an unissued mark, a figure of no clause, a line or an answer without one: no_clause."""
    stopped = guard(_broken(composed, how), assistant._tools)

    assert isinstance(stopped, Stop)
    assert stopped.outcome is Outcome.NO_CLAUSE
