"""Questions are put to an assistant one by one."""

from __future__ import annotations

from assistant.domain import Guideline
from assistant.knowledge.comparison import Reply
from assistant.knowledge.replay import replay
from assistant.records.conversations import Conversations
from tests.assistant.knowledge.conftest import PROGRAMME
from tests.fakes import FakeAssistant, FixedClock


def test_replies_in_the_order_asked(guideline: Guideline, conversations: Conversations) -> None:
    """Each reply has the outcome and the clauses; what cannot be read is refused; every 25th is counted."""
    fake, counted = FakeAssistant(guideline, conversations, FixedClock()), list[int]()
    replies = replay(fake, ["押金多少", "", *(["攤位"] * 48)], counted.append)

    assert replies[:2] == [Reply("answered", (f"{PROGRAMME}/1/s1",)), Reply("refused")]
    assert len(replies) == 50
    assert counted == [25, 50]
