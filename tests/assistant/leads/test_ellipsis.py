"""A follow-up that leaves out what is asked is made whole from the question before it."""

from __future__ import annotations

import pytest

from assistant.leads import completed, share_of_its_own


@pytest.mark.parametrize(
    ("before", "now", "whole"),
    [
        ("可以帶狗嗎", "那貓呢", "貓可以嗎?"),
        ("可不可以帶狗", "那貓咧?", "貓可不可以嗎?"),
        ("帶狗會怎樣", "貓呢", "貓會怎樣?"),
        ("團體要幾個", "學生的話", "學生幾個?"),
        ("誰帶隊", "如果他不能去呢", "如果他不能去怎麼辦?"),
        ("誰帶隊", "臨時沒空呢", "臨時沒空怎麼辦?"),
        ("謝謝", "那貓呢", "貓?"),
        ("可以帶狗嗎", "那可以帶貓嗎", ""),
        ("可以帶狗嗎", "貓", ""),
    ],
)
def test_what_is_left_out_is_taken_from_before(before: str, now: str, whole: str) -> None:
    """A topic takes over what was asked, a case asks what then; a whole question stays as it is."""
    assert completed(before, now) == whole


@pytest.mark.parametrize(
    ("message", "share"),
    [
        ("貓也可以嗎", 0.0),
        ("不給會怎樣", 0.2),
        ("貓也要嗎", 0.5),
        ("如果下雨呢", 0.2),
        ("那貓呢", 0.35),
        ("可以帶貓嗎", 0.5),
        ("交給誰", 0.5),
    ],
)
def test_what_leaves_more_out_says_less_by_itself(message: str, share: float) -> None:
    """A message counts the less beside what it follows, the less it says of what is asked."""
    assert share_of_its_own(message) == share
