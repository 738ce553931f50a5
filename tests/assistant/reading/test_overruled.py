"""A figure that is taken back gives way to the one that stands; two tellers leave a range."""

from __future__ import annotations

import re

import pytest

from assistant.reading.overruled import overrule
from assistant.reading.slate import Slate
from tests.assistant.reading.library import WORDS


def _told(text: str) -> str:
    read = Slate(text, WORDS)
    overrule(read)
    assert len(read.text) == len(text)
    return re.sub("到0+", "到", read.text.replace(" ", ""))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("總共不是10本是9本", "總共9本"),
        ("不是10本是9本", "改成9本"),
        ("不是12本裡3本借出,是4本才對", "12本裡借出4本才對"),
        ("我以為4本借出,查了只有3本", "借出3本"),
        ("借出的應該是2本,再確認過了,是3本", "借出的3本"),
        ("誰跟你說有5本借出,明明2本", "借出2本"),
        ("我以為有4本借出,其實借出的有2本", "其實借出的有2本"),
        ("之前說4本借出,現在查清楚是3本", "借出3本"),
        ("12本,等等,有1本撕了,所以是11本", "11本"),
    ],
)
def test_what_stands_takes_the_place_of_what_is_taken_back(text: str, told: str) -> None:
    """Of a figure and the one that overrules it, only the second is told, beside what was said of the first."""
    assert _told(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "以為要10本才能借,其實8本",
        "我以為有12本,其中查過的有4本",
        "老師說有12本,查過4本借出",
        "借出的不是我們10本,是他們8本",
        "3本借出,等等,有1本撕了,所以是11本",
    ],
)
def test_another_thing_takes_no_place(text: str) -> None:
    """A part, a thing needed, a sum that is wrong or what somebody else has overrules nothing."""
    assert _told(text) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("老師說借出4本,館長說5本", "借出4到5本"),
        ("老師說4本借出,館長說6本", "4到6本借出"),
        ("不是10本就是12本", "10到12本"),
        ("老師說9本、館長說11本,我實際數是10本", "10本"),
    ],
)
def test_two_who_differ_leave_a_range(text: str, told: str) -> None:
    """From the least to the most that was told, unless the writer counted for himself."""
    assert _told(text) == told


def test_a_range_that_has_no_room_is_left_over() -> None:
    """Where the words of both leave no room for the range, nothing is written over and something is left."""
    read = Slate("我說4本借出,老師說12本", WORDS)
    overrule(read)

    assert read.text == "我說4本借出,老師說12本"
    assert read.left
