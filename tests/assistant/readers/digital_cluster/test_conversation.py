"""Facts are kept over turns, corrected by later ones and changed by edits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Facts, Range
from tests.assistant.readers.digital_cluster.conftest import READER

TODAY = date(2025, 11, 22)
BASE = "我們12家,4家去年輔導過,A類可以嗎"


def _after(*messages: str) -> Facts:
    known: Facts = {}
    for message in messages:
        known = READER.apply(known, READER.read(message, TODAY))
    return known


@pytest.mark.parametrize(
    ("message", "members", "coached"),
    [
        ("再加4家沒輔導過的呢", 16, 4), ("那我們再拉三家進來,都沒輔導過", 15, 4), ("再加4家,其中1家去年輔導過", 16, 5), ("再加4家", 16, Range(4, 8)),
        ("退出1家", 11, Range(3, 4)), ("拿掉一家受輔導過的", 11, 3), ("如果沒輔導過的退出2家呢", 10, 4), ("加1家去年輔導過的", 13, 5),
        ("把兩家輔導過的換成沒輔導過的", 12, 2), ("換掉一家輔導過的", 12, Range(3, 4)), ("不對,是5家輔導過", 12, 5), ("更正:13家", 13, 4),
        ("那4家其實是五年前輔導的", 12, 0), ("全部都沒輔導過的話呢", 12, 0), ("拿掉1家輔導過的剩11家呢", 11, 3), ("那換成B類呢", 12, 4),
        ("那再加2家沒輔導過的小店跟1家輔導過的", 15, 5), ("有一家輔導過的倒了,另外找了2家沒輔導過的補", 13, 3), ("謝謝", 12, 4),
    ],
)  # fmt: skip
def test_edits(message: str, members: object, coached: object) -> None:
    """A change to the scene changes the counts as said, into a range where it was not said whom it strikes."""
    facts = _after(BASE, message)
    assert (facts["members"].value, facts["coached_within_3y"].value) == (members, coached)


def test_a_share_gives_way_to_a_count() -> None:
    """Who tells a count after a share, or a share after a count, takes the earlier one back."""
    assert "coached_share" not in _after("10家裡三成輔導過", "更正,輔導過的有4家")
    assert "coached_within_3y" not in _after("10家裡4家輔導過", "說錯了,三成輔導過")


def test_registration_can_be_taken_back() -> None:
    """「都有登記」 after 「2家沒登記」 leaves nobody out."""
    assert "unqualified_members" not in _after("10家,2家沒登記", "其實都有登記了")


def test_swaps_of_b() -> None:
    """Those who leave and are made up for were replaced; the others come on top."""
    facts = _after("走了2家補了3家,原本10家")
    assert [facts[name].value for name in ("replaced_old_members", "added_members", "members")] == [2, 1, 11]
    facts = _after("B類,原本10家,退出2家,新加入3家")
    assert facts["replaced_old_members"].value == Range(0, 2)


@pytest.mark.parametrize(
    ("message", "idle", "active"),
    [
        (BASE, True, True), ("那B類呢", False, True), ("要準備什麼文件", False, False), ("謝謝", False, False), ("還差幾家", False, True),
        ("簡報誰報告", False, False), ("A類最少要幾家", False, True), ("我們12家要準備哪些文件?", False, False), ("15家呢", False, True),
    ],
)  # fmt: skip
def test_who_takes_the_message(message: str, idle: bool, active: bool) -> None:
    """The tool takes what states or changes facts; when it is at work, also what only goes on with it."""
    reading = READER.read(message, TODAY)
    assert READER.takes(reading, {}, active=False) is idle
    assert READER.takes(reading, {}, active=True) is active


@given(st.integers(2, 60), st.integers(0, 60), st.integers(1, 20))
def test_adding_and_removing_the_same_is_nothing(members: int, coached: int, count: int) -> None:
    """So many more and so many fewer, none of them coached, leave the counts as they were."""
    facts = _after(
        f"我們{members}家,{coached}家輔導過", f"再加{count}家沒輔導過的", f"退出{count}家沒輔導過的"
    )
    assert facts["members"].value == members
    assert facts["coached_within_3y"].value == coached
