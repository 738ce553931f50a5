"""Follow-ups take the question before them along; new questions stand alone."""

from __future__ import annotations

import pytest

from assistant.answer.understand import goes_on
from tests.assistant.answer.conftest import Ask


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


def test_the_kind_is_exchanged(ask: Ask) -> None:
    """「那B類呢」 after the conditions of A類 asks for those of B類."""
    before = ask("請列出A類的條件")
    answer = ask("那B類呢", before)

    assert {c.clause_id.split("/")[2] for c in before.citations} == {"A", "s1"}
    assert {c.clause_id.split("/")[2] for c in answer.citations} == {"B", "s1"}


def test_a_new_topic_is_not_dragged_along(ask: Ask) -> None:
    """A new question in the same conversation is answered as if it were the first."""
    question = "入選之後案子能不能分包給其他公司"
    alone = ask(question)
    after = ask(question, ask("平台型的評選重點有哪些"))

    assert [c.clause_id for c in after.citations] == [c.clause_id for c in alone.citations]
