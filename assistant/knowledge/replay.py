"""Questions put to an assistant, each as if it were the first: what is compared of its answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from assistant.answer.assistant import Assistant
from assistant.answer.clean import MessageRejected
from assistant.domain import Outcome, Question
from assistant.knowledge.comparison import Reply

# The machine's cores are shared with the server that goes on answering.
_AT_ONCE: Final = 2
_COUNT_EVERY: Final = 25


def replay(assistant: Assistant, questions: Sequence[str], count: Callable[[int], None]) -> list[Reply]:
    """A reply to each question, in their order; `count` is told now and then how many there are."""
    programme = assistant.guideline.source.programme

    def reply(question: str) -> Reply:
        try:
            answer = assistant.answer(Question(question, programme))
        except MessageRejected:
            return Reply(Outcome.REFUSED)
        return Reply(answer.outcome, tuple(citation.clause_id for citation in answer.citations))

    replies: list[Reply] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for one in pool.map(reply, questions):
            replies.append(one)
            if len(replies) % _COUNT_EVERY == 0:
                count(len(replies))
    return replies
