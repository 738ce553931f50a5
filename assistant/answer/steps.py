"""
The answer as a literal list of steps: the page to read first.

Each step takes the context and returns it with its own part filled in, or a Stop
that ends the run with an outcome. Any run of the list from its start is a valid one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assistant.answer.cite import cite
from assistant.answer.clean import clean_message
from assistant.answer.compose import compose
from assistant.answer.context import Context, Step, Tools, ranked
from assistant.answer.decide import decide
from assistant.answer.guard import guard
from assistant.answer.judge import judge
from assistant.answer.understand import understand
from assistant.rank import WeightedQuestion


def clean(context: Context, _tools: Tools) -> Context:
    """Hostile input to plain text."""
    return replace(context, text=clean_message(context.question.text))


def retrieve(context: Context, tools: Tools) -> Context:
    """What the ranker makes of the question; of several each by itself, and of the whole only if need be."""
    rankings = tuple(tools.ranker.rank(WeightedQuestion(asked.question, 1.0)) for asked in context.asked)
    context = replace(context, rankings=rankings)
    return context if rankings else ranked(context, tools)


STEPS: Final = (
    Step("clean", "", clean),
    Step("understand", "", understand),
    Step("retrieve", "檢索條文", retrieve),
    Step("judge", "計算", judge),
    Step("decide", "", decide),
    Step("compose", "作答", compose),
    Step("cite", "", cite),
    Step("guard", "", guard),
)
