"""A short reply is the answer to what was asked, and to nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.eligibility.facts import Range
from tests.assistant.readers.digital_cluster.conftest import READER

TODAY = date(2025, 11, 22)


@pytest.mark.parametrize(
    ("asked", "message", "name", "value"),
    [
        ("coached_within_3y", "4家", "coached_within_3y", 4), ("coached_within_3y", "四", "coached_within_3y", 4), ("coached_within_3y", "都沒有", "coached_within_3y", 0),
        ("coached_within_3y", "去年有三家", "coached_within_3y", 3), ("coached_within_3y", "4家,五年前輔導的", "coached_within_3y", 0),
        ("members", "十來家", "members", Range(9, 15)), ("members", "12", "members", 12), ("all_registered", "都有", "all_registered", True),
        ("all_registered", "沒有", "all_registered", False), ("first_joined_year", "108", "first_joined_year", 2019), ("first_joined_year", "去年", "first_joined_year", 2024),
        ("breach_date", "去年3月5號", "breach_date", date(2024, 3, 5)), ("breach_date", "去年", "breach_year", 2024), ("months_since_breach", "10個月", "months_since_breach", 10),
        ("months_since_breach", "半年前", "months_since_breach", Range(5, 7)), ("replaced_old_members", "沒有換", "replaced_old_members", 0), ("track", "A類", "track", "A類"),
    ],
)  # fmt: skip
def test_replies(asked: str, message: str, name: str, value: object) -> None:
    """The value becomes the fact that was asked for, or a finer or coarser one of the same."""
    facts = READER.read(message, TODAY, asked).facts
    assert {name: fact.value for name, fact in facts.items()} == {name: value}


@pytest.mark.parametrize("message", ["不知道耶", "為什麼要問這個", "要準備什麼文件"])
def test_no_reply(message: str) -> None:
    """Who does not know, or asks back, states nothing."""
    assert not READER.read(message, TODAY, "coached_within_3y").facts
