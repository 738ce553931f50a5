"""Replies come from the assistant that the service has when the message is answered."""

from __future__ import annotations

from assistant.ports import SystemClock
from tests.assistant.channels.line.conftest import Rig
from tests.fakes import FakeAssistant, cited_answer


def test_the_next_message_is_answered_by_the_next_build(rig: Rig) -> None:
    """When a build is changed over to, LINE answers the next message from it, as the website does."""
    rig.say("A類要幾家?")
    guideline = rig.assistant.guideline
    newer = FakeAssistant(guideline, rig.service.conversations, SystemClock())
    newer.draft = cited_answer(guideline, "digital-cluster/7/B/3")
    assistants = rig.service.assistants
    assert isinstance(assistants, dict)
    assistants[rig.service.default_programme] = newer

    text, _clauses = rig.say("B類要幾家?")

    assert guideline.by_id["digital-cluster/7/B/3"].plain in text["text"]
    assert [question.text for question in newer.questions] == ["B類要幾家?"]
    assert [question.text for question in rig.assistant.questions] == ["A類要幾家?"]
