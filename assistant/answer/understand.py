"""
The message made to stand alone: a follow-up takes the question before it along.

「那B類呢」 and 「如果他不能去呢」 say nothing without the turn before. A short or marked
message is read alone for half, so that a new topic outweighs the old one where its own
words are clear, and for half together with what went before: the last message, and the
last one that stood alone, which says what the conversation is about. 「那B類呢」 after a question about
A類 is that question with the kind exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from assistant.answer.context import Context, PastTurn, Tools
from assistant.answer.split import asked_in
from assistant.domain import Outcome
from assistant.index.words import fold
from assistant.rank import WeightedQuestion

# Chosen on 50 written dialogues (eval/sets): longer messages name what they are about.
_BRIEF: Final = 12
_LONGEST: Final = 24
_GOES_ON: Final = re.compile(
    r"^(那麼|那|如果|要是|萬一|不然|否則|還有|另外|所以|可是|但是|但|這|他|她|它|其中|然後|也)"
    r"|(呢|的話|咧|ㄋ)[?!。~]*$"
)
_OURS: Final = frozenset({Outcome.ANSWERED, Outcome.NEEDS_INFO, Outcome.NO_CLAUSE})


def understand(context: Context, tools: Tools) -> Context:
    """Fill in how the message is read; `understood` is the reading that says it in full."""
    alone = context.text
    ours = [turn for turn in context.history if turn.outcome in _OURS]
    if not ours or not goes_on(alone):
        asked = asked_in(alone)
        # One question that is the whole message is ranked already.
        asked = () if [one.question for one in asked] == [alone] else asked
        return replace(context, understood=alone, ways=(WeightedQuestion(alone, 1.0),), asked=asked)
    last = ours[-1]
    exchanged = _exchanged(last, alone, tools.contrasts)
    if exchanged is not None:
        return replace(context, understood=exchanged, ways=(WeightedQuestion(exchanged, 1.0),))
    topic = next((turn for turn in reversed(ours) if not goes_on(turn.text)), ours[0])
    together = f"{last.text} {alone}"
    ways = (
        WeightedQuestion(alone, 0.5),
        WeightedQuestion(f"{topic.text} {alone}", 0.25),
        WeightedQuestion(together, 0.25),
    )
    return replace(context, understood=together, ways=ways)


def goes_on(message: str) -> bool:
    """Whether a message may need the turn before it: it is brief, or short and marked as a follow-up."""
    return len(message) <= _BRIEF or (len(message) <= _LONGEST and bool(_GOES_ON.search(message)))


def _exchanged(last: PastTurn, message: str, contrasts: tuple[Mapping[str, str], ...]) -> str | None:
    """The question before with one kind exchanged for the one that the message names, if so."""
    before, now = fold(last.text), fold(message)
    for kinds in (tuple(contrast.values()) for contrast in contrasts):
        named = [kind for kind in kinds if re.search(kind, now)]
        asked = [kind for kind in kinds if re.search(kind, before)]
        if len(named) == len(asked) == 1 and named != asked:
            words = re.search(named[0], now)
            assert words is not None  # it is in `named`
            return re.sub(asked[0], words.group(), before)
    return None


def kinds_named(text: str, contrasts: tuple[Mapping[str, str], ...]) -> frozenset[str]:
    """The kinds of application that a text names."""
    folded = fold(text)
    return frozenset(
        name for contrast in contrasts for name, kind in contrast.items() if re.search(kind, folded)
    )
