"""
The answer as a literal list of steps: the page to read first.

A message is split into its questions. Each takes the same steps, and each step returns it with
its own part filled in. What is said of them is joined to one answer, held against its clauses, cited and checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

from assistant.answer.cite import cite
from assistant.answer.compose import compose
from assistant.answer.decide import decide
from assistant.answer.guard import guard, supported
from assistant.answer.hearing import case_of
from assistant.answer.join import chosen, join
from assistant.answer.judge import judge
from assistant.answer.message import Message
from assistant.answer.opening import go_on
from assistant.answer.query import Query, Tools
from assistant.answer.understand import understand
from assistant.domain import Answer
from assistant.rank import WeightedQuestion


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, what people who wait are told (empty: nothing), and the work."""

    name: str
    says: str
    run: Callable[[Query, Tools], Query]


def split(message: Message, tools: Tools) -> tuple[Query, ...]:
    """The questions of a message, at least one; those that the rules take are one, the first."""
    case = case_of(message, tools)
    if case is not None:
        return (Query(message, case.text, case), *(Query.of(message, one) for one in case.others))
    return tuple(Query.of(message, one) for one in message.questions) or (Query(message, message.text),)


def retrieve(query: Query, tools: Tools) -> Query:
    """What the ranker makes of a question that is not for the rules; a word of thanks is not read with the turn before."""
    if query.case:
        return query
    if len(query.ways) > 1:
        alone = tools.ranker.rank(WeightedQuestion(query.text, 1.0))
        if alone.elsewhere >= _ELSEWHERE:
            return replace(query, ways=query.ways[:1], ranking=alone)
    return replace(query, ranking=tools.ranker.rank(*query.ways))


STEPS: Final = (
    Step("understand", "", understand),
    Step("retrieve", "檢索條文", retrieve),
    Step("judge", "計算", judge),
    Step("decide", "", decide),
    Step("compose", "作答", compose),
    Step("go on", "", go_on),
)

# From this on a message is by itself no question of ours.
_ELSEWHERE: Final = 0.5


def take_steps(message: Message, tools: Tools) -> Iterator[Step | Answer]:
    """Each step before it is taken, and the answer last."""
    queries = split(message, tools)
    for step in STEPS:
        yield step
        queries = tuple(step.run(query, tools) for query in queries)
    said = chosen(queries, lambda text: _read(text, message, queries[0], tools))
    yield guard(cite(supported(join(said, tools), tools), tools), message, tools)


def _read(text: str, message: Message, first: Query, tools: Tools) -> Query:
    """More of a message read as one question; `first` has taken the steps already if there is no other."""
    if first.text == text:
        return first
    return reduce(lambda query, step: step.run(query, tools), STEPS, Query(message, text))
