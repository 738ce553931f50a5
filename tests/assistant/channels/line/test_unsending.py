"""What is unsent leaves nothing, and no id of a person is kept."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text

from assistant.records.line_events import EventState
from tests.assistant.channels.line.conftest import Rig
from tests.assistant.channels.line.event_bodies import (
    USER,
    event,
    group_event,
    text_event,
)


def test_unsent_messages_leave_nothing(rig: Rig) -> None:
    """Unsending a message deletes its question and answer; one that waits is not answered any more."""
    asked = text_event("我們有12家", rig.line.token())
    rig.deliver(asked)
    rig.settled()
    assert len(rig.service.conversations.recent(_session(rig), 5)) == 1
    waiting = text_event("其中4家受過輔導", rig.line.token(), user="U" + "7" * 32)
    rig.assistant.gate.clear()
    rig.deliver(waiting)
    assert rig.line.wait_for(lambda: len(rig.line.loadings) == 2)

    for one in (asked, waiting):
        rig.deliver(event("unsend", user=one["source"]["userId"], unsend={"messageId": one["message"]["id"]}))
    rig.assistant.gate.set()
    counts = rig.settled()

    assert rig.service.conversations.recent(_session(rig), 5) == ()
    assert counts == {EventState.ANSWERED: 1, EventState.WITHDRAWN: 3}
    assert len(rig.line.replies) == 1


def test_an_unsend_may_come_first(rig: Rig) -> None:
    """The order of deliveries is not that of events: a message that was unsent already is not answered."""
    asked = text_event("我們有12家", rig.line.token())
    rig.deliver(event("unsend", unsend={"messageId": asked["message"]["id"]}))
    rig.deliver(asked)

    assert rig.settled() == {EventState.WITHDRAWN: 2}
    assert rig.line.replies == []


def test_no_id_of_a_person_is_stored(start: Callable[..., Rig]) -> None:
    """No table holds LINE's id of a person or a group, nor, once it is answered, text or token; pushing included."""
    rig = start(push=True)
    token = rig.line.token()
    rig.deliver(
        text_event("我的電話0912345678,A類要幾家?", token), group_event("@助理 A類要幾家?", rig.line.token())
    )
    rig.settled()

    kept = ""
    with rig.service.database.engine.connect() as connection:
        for table in ("line_event", "line_chat", "conversation", "turn"):
            kept += str([tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}"))])
    assert "A類要幾家" in kept
    assert [secret for secret in (USER, "Ca56f94637c", token, "0912345678") if secret in kept] == []


def _session(rig: Rig) -> str:
    return rig.assistant.questions[0].session_id or ""
