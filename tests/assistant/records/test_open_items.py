"""Open items: listed by how often they were asked, marked, forgotten; on both databases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from assistant.records.asking import Asking, ItemState, Reason
from assistant.records.askings import Askings
from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.open_items import OpenItems, UnknownItem
from tests.assistant.records.conftest import MakeTurn, asking_of
from tests.fakes import FixedClock

PROGRAMME = "digital-cluster"
Place = Callable[..., int]


@pytest.fixture
def items(database: Database, clock: FixedClock) -> OpenItems:
    """An empty store of items."""
    return OpenItems(database, clock)


@pytest.fixture
def place(database: Database, clock: FixedClock) -> Place:
    """Counts questions, one minute after another; those that begin alike are alike."""
    askings = Askings(database, clock)

    def run(*questions: str, reason: Reason = Reason.EDITED, programme: str = PROGRAMME) -> int:
        placed = []
        for question in questions:
            clock.moment += timedelta(minutes=1)
            source = f"draft:{clock.moment.isoformat()}"
            placed.append(asking_of(source, question, clock.moment, reason))
        return askings.place(programme, placed, first_letter)

    return run


def first_letter(asking: Asking, known: Sequence[Asking]) -> str | None:
    """Likeness by the first character."""
    return next((first.item_id for first in known if first.question[0] == asking.question[0]), None)


def test_most_frequent_first(items: OpenItems, place: Place) -> None:
    """Items are listed by how often they were asked, then by the latest; the first question stands for them."""
    place("甲一", "乙一", "乙二", "丙一")

    found = items.items(PROGRAMME, ItemState.OPEN, 10)

    assert [(item.question, item.times) for item in found] == [("乙一", 2), ("丙一", 1), ("甲一", 1)]
    assert [item.question for item in items.items(PROGRAMME, ItemState.OPEN, 1)] == ["乙一"]
    assert items.items("other", ItemState.OPEN, 10) == ()
    assert items.count(PROGRAMME, ItemState.OPEN) == 3


def test_one_item(items: OpenItems, place: Place, clock: FixedClock) -> None:
    """An item tells its askings, newest first, its reasons and its span."""
    place("甲一")
    first = clock.moment
    place("甲二", reason=Reason.NO_CLAUSE)
    (listed,) = items.items(PROGRAMME, ItemState.OPEN, 10)

    item = items.item(listed.id)

    assert [asking.question for asking in item.askings] == ["甲二", "甲一"]
    assert item.reasons == {Reason.EDITED: 1, Reason.NO_CLAUSE: 1}
    assert (item.first_at, item.last_at) == (first, clock.moment)
    assert listed.askings == ()


def test_marked(items: OpenItems, place: Place) -> None:
    """A dismissed item is listed as such, with who and why, masked."""
    place("甲一")
    (item,) = items.items(PROGRAMME, ItemState.OPEN, 10)
    items.mark(item.id, ItemState.DISMISSED, "amy", "打0912345678問過")

    assert items.count(PROGRAMME, ItemState.OPEN) == 0
    (marked,) = items.items(PROGRAMME, ItemState.DISMISSED, 10)
    assert (marked.changed_by, marked.note) == ("amy", "打〔手機〕問過")


def test_item_goes_with_its_conversation(
    items: OpenItems,
    database: Database,
    clock: FixedClock,
    conversations: Conversations,
    make_turn: MakeTurn,
) -> None:
    """When a conversation is forgotten, what was counted of it is, too."""
    session_id = conversations.start(None, PROGRAMME)
    conversations.append(session_id, make_turn("t1", "甲一"))
    asking = asking_of("turn:t1", "甲一", clock.moment, Reason.NO_CLAUSE, "t1")
    Askings(database, clock).place(PROGRAMME, [asking], first_letter)
    (item,) = items.items(PROGRAMME, ItemState.OPEN, 10)

    conversations.forget(session_id)

    assert items.items(PROGRAMME, ItemState.OPEN, 10) == ()
    assert items.count(PROGRAMME, ItemState.OPEN) == 0
    with pytest.raises(UnknownItem):
        items.item(item.id)


@pytest.mark.parametrize("item_id", ["nothing", "no/token", "a\x00b"])
def test_unknown_item(items: OpenItems, item_id: str) -> None:
    """An id that is not known raises, whatever it looks like."""
    with pytest.raises(UnknownItem):
        items.item(item_id)
    with pytest.raises(UnknownItem):
        items.mark(item_id, ItemState.OPEN, "amy")
