"""Retrieval decides: what no search finds is in no answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import PrivateAttr

from assistant.answer.assistant import Assistant
from assistant.answer.message import Message
from assistant.answer.query import Tools
from assistant.answer.steps import take_steps
from assistant.domain import Answer, Outcome
from assistant.index.store import Index
from assistant.ports import SystemClock
from assistant.rank import Ranker, WeightedQuestion
from assistant.retrieve import Candidates, HybridRetriever
from assistant.wiring import tools_of


class Without(HybridRetriever):
    """A retriever whose named searches find nothing."""

    _silent: dict[str, Any] = PrivateAttr()

    def __init__(self, index: Index, *silent: str) -> None:
        super().__init__(index)
        self._silent = {name: {} if name == "dense" else () for name in silent}

    def search(self, question: str) -> Candidates:
        """What the other searches find."""
        return replace(super().search(question), **self._silent)


def outcome(tools: Tools, message: str) -> Outcome:
    """How the steps end for a message."""
    *_, answer = take_steps(Message(message, (), SystemClock().today()), tools)
    assert isinstance(answer, Answer)
    return answer.outcome


@pytest.mark.parametrize("message", ["保證金會退嗎", "攤位可以讓給朋友嗎", "一攤可以用多少電"])
def test_without_retrieval_nothing_is_answered(built: Path, small_index: Index, message: str) -> None:
    """The same steps that answer a question decline it when the retriever finds nothing."""
    tools = tools_of(small_index, built / "corpus")
    deaf = Without(small_index, "dense", "words", "bigrams")

    assert outcome(tools, message) is Outcome.ANSWERED
    assert outcome(replace(tools, ranker=Ranker(deaf)), message) is Outcome.NO_CLAUSE


@pytest.mark.parametrize("silent", [("dense",), ("words", "bigrams")], ids=["Chroma", "BM25"])
def test_every_search_decides(assistant: Assistant, silent: tuple[str, ...]) -> None:
    """Without Chroma or without BM25 the real bank gives other confidences to the same questions."""
    ranker = assistant._tools.ranker
    partial = Without(ranker._index, *silent)
    for message in ("群聚要幾家才能申請", "簡報可以請顧問去講嗎", "補助多少錢"):
        reading = WeightedQuestion(message, 1.0)

        assert Ranker(partial).rank(reading).answerable != ranker.rank(reading).answerable
