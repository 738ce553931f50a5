"""Times as written lie inside the last three years, outside, or across the edge."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.periods import period

TODAY = date(2025, 11, 22)


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("去年", "in"), ("前年", "in"), ("大前年", "unsure"), ("今年", "in"), ("兩年前", "in"), ("五年前", "out"), ("三年前", "unsure"),
        ("三年半前", "out"), ("三年多前", "out"), ("快三年前", "in"), ("滿三年前", "unsure"), ("超過三年", "out"), ("半年前", "in"), ("11個月前", "in"),
        ("36個月前", "unsure"), ("37個月前", "out"), ("35個月前", "in"), ("三年內", "in"), ("近三年", "in"), ("五年內", "unsure"),
        ("108年", "out"), ("2019年", "out"), ("民國110年", "out"), ("111年", "unsure"), ("111年12月", "in"), ("111/11/21", "out"),
        ("111/11/22", "in"), ("112年度", "in"), ("一百零八年", "out"), ("七八年前", "out"), ("last year", "in"), ("two years ago", "in"),
    ],
)  # fmt: skip
def test_the_window_of_three_years(words: str, window: str) -> None:
    """What lies across the edge is unsure; the day itself three years back is inside."""
    read = period(words, TODAY)
    assert read is not None
    assert read.within(3, TODAY) == window


@pytest.mark.parametrize("words", ["19年", "30年", "113/13/45", "2月30日"])
def test_no_time(words: str) -> None:
    """A length of time, or a day that does not exist, is no time."""
    assert period(words, TODAY) is None


@given(
    st.dates(date(2012, 1, 1), date(2040, 12, 31)),
    st.sampled_from(["三年前", "半年前", "去年", "11個月前", "2月29日", "上個月"]),
)
def test_any_today(today: date, words: str) -> None:
    """Bounds are in order on any day, leap days included."""
    read = period(words, today)
    if read is not None:
        assert read.earliest <= read.latest
