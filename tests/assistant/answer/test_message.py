"""A message leans on the turns before it, or stands alone and holds questions."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer.message import Message, PastTurn, goes_on
from assistant.domain import Outcome

DAY = date(2026, 11, 22)


@pytest.mark.parametrize("message", ["那B類呢", "如果他當天生病不能來的話怎麼辦呢", "交給誰", "要幾年?"])
def test_goes_on(message: str) -> None:
    """Brief messages, and short ones marked as a follow-up, may need the turn before."""
    assert goes_on(message)


@pytest.mark.parametrize(
    "message",
    ["群聚型的評選重點裡面有沒有看商業模式", "那我們想請教另外一件事,就是入選之後如果想把案子轉出去可以嗎"],
)
def test_stands_alone(message: str) -> None:
    """A message that names what it is about stands alone."""
    assert not goes_on(message)


@pytest.mark.parametrize("outcome", Outcome)
def test_what_a_message_leans_on(outcome: Outcome) -> None:
    """A follow-up leans on the turns about the guideline, not on small talk or abuse; a new question on none."""
    turn = PastTurn("平台型的評選重點有哪些", outcome)
    ours = outcome not in {Outcome.OUT_OF_SCOPE, Outcome.REFUSED}

    message = Message("那群聚型呢?輔導案可不可以轉包給沒有參加的公司?", (turn,), DAY)

    assert message.leans_on("那群聚型呢?") == ((turn,) if ours else ())
    assert message.leans_on("輔導案可不可以轉包給沒有參加的公司?") == ()


def test_a_follow_up_is_taken_apart_too() -> None:
    """Two questions are two, whether they open a conversation or go on with one."""
    words = "那要幾家?輔導案可以轉包嗎?"
    before = (PastTurn("B類的條件", Outcome.ANSWERED),)

    assert [one.question for one in Message(words, (), DAY).questions] == ["那要幾家?", "輔導案可以轉包嗎?"]
    assert Message(words, before, DAY).questions == Message(words, (), DAY).questions
