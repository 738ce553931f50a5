"""Numerals are read as people write them, and what is no numeral is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Range
from assistant.reading.numerals import whole
from eval.metamorphic.spelling import STYLES, spelled


@given(st.integers(0, 199), st.sampled_from(STYLES))
def test_every_count_reads_back(number: int, style: str) -> None:
    """A number spelled in Arabic or Chinese numerals reads as that number."""
    text = spelled(number, style)
    if style != "full width":
        assert whole(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("廿三", 23), ("卅", 30), ("兩", 2), ("兩百", 200), ("一百零八", 108), ("一○八".replace("○", "〇"), 108),
        ("1,200", 1200), ("零", 0), ("twelve", 12), ("三四", Range(3, 4)), ("十二三", Range(12, 13)),
        ("三四十", Range(30, 40)), ("二五", None), ("十十", None), ("9" * 10, None),
    ],
)  # fmt: skip
def test_what_people_write(text: str, number: object) -> None:
    """Old forms, digits read one by one and two digits in a row; ill-formed ones are None."""
    assert whole(text) == number
