"""
The message made to stand alone: a follow-up takes the question before it along.

「那B類呢」 and 「如果他不能去呢」 say nothing without the turn before. Whether a short
message is a new question or goes on with the last one is left to the ranker: it
reads both, and the reading that it is surer of holds.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from assistant.answer.context import Context, Tools
from assistant.domain import Outcome

# Longer messages name what they are about.
_SHORT: Final = 24
_GOES_ON: Final = re.compile(
    r"^(那麼|那|如果|要是|萬一|不然|否則|還有|另外|所以|可是|但是|但|這|他|她|它|其中|然後|也)|(呢|的話)[?？!！。]*$"
)
# A reading with the turn before it must be this much surer where nothing marks a follow-up.
_UNMARKED: Final = 0.25


def understand(context: Context, tools: Tools) -> Context:
    """Choose the reading of the message; the last question of ours is what it may go on with."""
    last = next((turn for turn in reversed(context.history) if turn.outcome in _ON_TOPIC), None)
    alone = context.text
    if last is None or len(alone) > _SHORT:
        return replace(context, understood=alone)
    together = f"{last.understood} {alone}"
    handicap = 0.0 if _GOES_ON.search(alone) else _UNMARKED
    if _surety(together, tools) - handicap > _surety(alone, tools):
        return replace(context, understood=together)
    return replace(context, understood=alone)


_ON_TOPIC: Final = frozenset({Outcome.ANSWERED, Outcome.NEEDS_INFO, Outcome.NO_CLAUSE})


def _surety(question: str, tools: Tools) -> float:
    return max((guess.probability for guess in tools.ranker.rank(question).guesses[:1]), default=0.0)
