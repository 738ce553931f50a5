"""What was asked in vain is counted once, whoever counts and however often; on both databases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from assistant.records.asking import Asking, ItemState, Reason
from assistant.records.askings import Askings
from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.feedback import FeedbackBook
from assistant.records.open_items import OpenItems
from tests.assistant.records.conftest import MakeTurn
from tests.fakes import FixedClock

PROGRAMME = "digital-cluster"
Asked = Callable[..., str]


@pytest.fixture
def askings(database: Database, clock: FixedClock) -> Askings:
    """An empty store of askings."""
    return Askings(database, clock)


@pytest.fixture
def asked(conversations: Conversations, make_turn: MakeTurn, clock: FixedClock) -> Asked:
    """Stores a turn of its own conversation, a minute after the one before; returns its id."""

    def run(
        turn_id: str, outcome: str = "no_clause", confidence: float = 0.9, programme: str = PROGRAMME
    ) -> str:
        clock.moment += timedelta(minutes=1)
        turn = replace(make_turn(turn_id, f"問題{turn_id}"), outcome=outcome)
        turn = replace(turn, answer={**turn.answer, "confidence": confidence})
        conversations.append(conversations.start(None, programme), turn)
        return turn_id

    return run


def own_item(_: Asking, __: Sequence[Asking]) -> None:
    """Nothing is like anything."""


def any_item(_: Asking, known: Sequence[Asking]) -> str | None:
    """Everything is like the first item."""
    return known[0].item_id if known else None


def placed(found: Sequence[Asking]) -> Sequence[Asking]:
    """Askings, given a vector."""
    for asking in found:
        asking.embedder, asking.vector = "hash", b"\0\0\0\0"
    return found


def test_reasons(askings: Askings, asked: Asked, feedback: FeedbackBook) -> None:
    """No clause, an unhelpful answer and a doubtful one count, oldest first; good answers and other programmes do not."""
    asked("silent")
    asked("doubtful", "answered", 0.4)
    feedback.add(asked("bad", "answered"), helpful=False, reason=None, comment=None)
    feedback.add(asked("good", "answered"), helpful=True, reason=None, comment=None)
    asked("sure", "answered", 0.5)
    asked("refused", "refused", 0.1)
    asked("elsewhere", programme="other")

    found = askings.uncounted(PROGRAMME, 0.5, 10)

    assert [(one.source, one.reason) for one in found] == [
        ("turn:silent", Reason.NO_CLAUSE),
        ("turn:doubtful", Reason.LOW_CONFIDENCE),
        ("turn:bad", Reason.THUMBS_DOWN),
    ]
    assert [one.source for one in askings.uncounted(PROGRAMME, 0.5, 1)] == ["turn:silent"]


def test_each_turn_is_counted_once(askings: Askings, asked: Asked) -> None:
    """What was counted is not found again, and counting it again adds nothing."""
    asked("one")
    found = placed(askings.uncounted(PROGRAMME, 0.5, 10))

    assert askings.place(PROGRAMME, found, own_item) == 1
    assert askings.place(PROGRAMME, found, own_item) == 0
    assert askings.uncounted(PROGRAMME, 0.5, 10) == ()


def test_doubtful_that_was_unhelpful(
    askings: Askings, asked: Asked, feedback: FeedbackBook, database: Database, clock: FixedClock
) -> None:
    """A doubtful answer that is found unhelpful after it was counted is marked so, and counted once."""
    turn_id = asked("doubtful", "answered", 0.1)
    askings.place(PROGRAMME, placed(askings.uncounted(PROGRAMME, 0.5, 10)), own_item)
    feedback.add(turn_id, helpful=False, reason=None, comment=None)

    assert askings.uncounted(PROGRAMME, 0.5, 10) == ()
    (item,) = OpenItems(database, clock).items(PROGRAMME, ItemState.OPEN, 10)
    assert item.reasons == {Reason.THUMBS_DOWN: 1}


def test_counting_at_once(askings: Askings, asked: Asked, database: Database, clock: FixedClock) -> None:
    """Several that count at once leave each turn once, and one item for what is alike."""
    for n in range(5):
        asked(str(n))
    found = [placed(askings.uncounted(PROGRAMME, 0.5, 10)) for _ in range(4)]
    barrier = Barrier(4)

    def count(at: int) -> int:
        barrier.wait()
        return askings.place(PROGRAMME, found[at], any_item)

    with ThreadPoolExecutor(4) as pool:
        counted = list(pool.map(count, range(4)))

    assert sorted(counted) == [0, 0, 0, 5]
    (item,) = OpenItems(database, clock).items(PROGRAMME, ItemState.OPEN, 10)
    assert item.times == 5


def test_closed_item_takes_only_what_was_asked_before(
    askings: Askings, asked: Asked, database: Database, clock: FixedClock
) -> None:
    """What was asked before an item was closed belongs to it; what is asked later opens a new one."""
    items = OpenItems(database, clock)
    asked("one")
    askings.place(PROGRAMME, placed(askings.uncounted(PROGRAMME, 0.5, 10)), any_item)
    asked("two")
    clock.moment += timedelta(minutes=1)
    items.mark(items.items(PROGRAMME, ItemState.OPEN, 1)[0].id, ItemState.CLOSED, "bob")
    asked("three")

    askings.place(PROGRAMME, placed(askings.uncounted(PROGRAMME, 0.5, 10)), any_item)

    assert items.items(PROGRAMME, ItemState.CLOSED, 1)[0].times == 2
    assert [item.question for item in items.items(PROGRAMME, ItemState.OPEN, 9)] == ["問題three"]


def test_dismissed_item_goes_on_counting(
    askings: Askings, asked: Asked, database: Database, clock: FixedClock
) -> None:
    """What is like a dismissed item does not come back."""
    items = OpenItems(database, clock)
    asked("one")
    askings.place(PROGRAMME, placed(askings.uncounted(PROGRAMME, 0.5, 10)), any_item)
    items.mark(items.items(PROGRAMME, ItemState.OPEN, 1)[0].id, ItemState.DISMISSED, "bob")
    asked("two")
    askings.place(PROGRAMME, placed(askings.uncounted(PROGRAMME, 0.5, 10)), any_item)

    assert items.count(PROGRAMME, ItemState.OPEN) == 0
    assert items.items(PROGRAMME, ItemState.DISMISSED, 1)[0].times == 2


def test_conversation_forgotten_while_it_is_counted(
    askings: Askings, asked: Asked, conversations: Conversations, clock: FixedClock
) -> None:
    """A turn that is gone by the time it is counted is left out, and leaves no empty item."""
    asked("one")
    found = placed(askings.uncounted(PROGRAMME, 0.5, 10))
    conversations.expire(clock.moment + timedelta(minutes=1))

    assert askings.place(PROGRAMME, found, own_item) == 0


def test_items_without_askings_are_removed(
    askings: Askings, asked: Asked, conversations: Conversations, clock: FixedClock
) -> None:
    """An item whose conversations are all forgotten is no longer compared with."""
    asked("one")
    askings.place(PROGRAMME, placed(askings.uncounted(PROGRAMME, 0.5, 10)), own_item)
    conversations.expire(clock.moment + timedelta(minutes=1))
    asked("two")
    seen: list[int] = []

    def look(_: Asking, known: Sequence[Asking]) -> None:
        seen.append(len(known))

    askings.place(PROGRAMME, placed(askings.uncounted(PROGRAMME, 0.5, 10)), look)
    assert seen == [0]


def test_recent(askings: Askings, asked: Asked) -> None:
    """The last questions of a programme, newest first, each once."""
    for turn_id in ("a", "b", "c"):
        asked(turn_id, "answered")
    asked("d", programme="other")
    assert askings.recent(PROGRAMME, 2) == ("問題c", "問題b")
