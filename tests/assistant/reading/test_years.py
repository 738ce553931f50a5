"""A year is read in the era it was written in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.years import gregorian

TODAY = date(2025, 11, 22)


@given(st.integers(80, 114))
def test_years_of_the_republic(year: int) -> None:
    """A year of the Republic and its Gregorian year are the same year."""
    assert gregorian(f"{year}年", TODAY) == gregorian(f"{year + 1911}年", TODAY) == year + 1911


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("去年", 2024), ("大前年", 2022), ("今年度", 2025), ("上年度", 2024), ("民國70年", 1981), ("一百零八年度", 2019), ("西元2019年", 2019),
        ("30年", None), ("115年", 2026), ("116年", None), ("2027年", None), ("1950年", None), ("每年", None),
    ],
)  # fmt: skip
def test_names_and_edges(words: str, year: int | None) -> None:
    """Years have names; a small number is a length of time, and one after next year is none that was."""
    assert gregorian(words, TODAY) == year
