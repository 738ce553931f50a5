"""What is asked in vain is grouped by likeness, without chance."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.index.store import Index
from assistant.knowledge.likeness import Likeness
from assistant.records.asking import Asking, Reason

NOW = datetime(2024, 3, 1, tzinfo=UTC)


@pytest.fixture
def likeness(small_index: Index) -> Likeness:
    """The likeness by the small index."""
    return Likeness(small_index)


def placed(likeness: Likeness, question: str) -> Asking:
    """A question with its vector; as the first of an item it is the item's id, too."""
    asking = Asking(
        source="turn:1", item_id=question, question=question, reason=Reason.NO_CLAUSE, asked_at=NOW
    )
    return likeness.placed(asking)


def known(likeness: Likeness, *questions: str) -> list[Asking]:
    """The first askings of items."""
    return [placed(likeness, question) for question in questions]


def test_alike_questions_are_one_item(likeness: Likeness) -> None:
    """A question joins the item that it is most like, and no other."""
    items = known(likeness, "廁所在哪裡", "可以帶寵物去逛嗎")
    assert likeness.choose(placed(likeness, "請問廁所在哪裡"), items) == "廁所在哪裡"
    assert likeness.choose(placed(likeness, "可以帶寵物去嗎"), items) == "可以帶寵物去逛嗎"
    assert likeness.choose(placed(likeness, "qwertyuiop"), items) is None
    assert likeness.choose(placed(likeness, "廁所在哪裡"), []) is None


def test_first_of_two_that_are_as_near(likeness: Likeness) -> None:
    """The older of two items that are as near is chosen."""
    first, second = known(likeness, "廁所在哪裡", "廁所在哪裡")
    first.item_id, second.item_id = "older", "newer"
    assert likeness.choose(placed(likeness, "廁所在哪裡"), [first, second]) == "older"


def test_vectors_of_another_encoder_are_made_again(likeness: Likeness) -> None:
    """An item whose vector comes of an encoder that is gone is compared by its question."""
    (item,) = known(likeness, "廁所在哪裡")
    item.embedder, item.vector = "gone", b"\0\0\0\0"
    assert likeness.choose(placed(likeness, "廁所在哪裡"), [item]) == "廁所在哪裡"
