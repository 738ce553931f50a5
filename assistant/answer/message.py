"""A message as it is taken: cleaned, with the conversation before it, and the questions that it is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from assistant.answer.split import SubQuestion, asked_in
from assistant.domain import Outcome

# Chosen on 50 written dialogues (eval/sets): longer messages name what they are about.
_BRIEF: Final = 12
_LONGEST: Final = 24
_GOES_ON: Final = re.compile(
    r"^(那麼|那|如果|要是|萬一|不然|否則|還有|另外|所以|可是|但是|但|這|他|她|它|其中|然後|也)"
    r"|(呢|的話|咧|ㄋ)[?!。~]*$"
)
_OURS: Final = frozenset({Outcome.ANSWERED, Outcome.NEEDS_INFO, Outcome.NO_CLAUSE})


@dataclass(frozen=True, slots=True)
class PastTurn:
    """An earlier message of the conversation, and what became of it."""

    text: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Message:
    """
    A cleaned message, the turns before it, the day on which it came, and the ids that its answer gets.

    `unread` are the lines of a mail that could not be read and are not in its text.
    """

    text: str
    history: tuple[PastTurn, ...]
    today: date
    answer_id: str = ""
    session_id: str = ""
    unread: tuple[str, ...] = ()

    def leans_on(self, question: str) -> tuple[PastTurn, ...]:
        """The turns on the guideline that one of its questions may need; none if that stands alone."""
        return tuple(turn for turn in self.history if turn.outcome in _OURS) if goes_on(question) else ()

    @property
    def questions(self) -> tuple[SubQuestion, ...]:
        """The questions in it."""
        return asked_in(self.text)


def goes_on(message: str) -> bool:
    """Whether a message may need the turn before it: it is brief, or short and marked as a follow-up."""
    return len(message) <= _BRIEF or (len(message) <= _LONGEST and bool(_GOES_ON.search(message)))
