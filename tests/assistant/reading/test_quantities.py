"""Counts and shares as written, vague ones as bounds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assistant.eligibility.facts import Range, ShareRange
from assistant.reading.quantities import count, share
from tests.assistant.reading.library import NOUNS


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("12本", 12, 12), ("十二冊", 12, 12), ("十來本", 9, 15), ("十幾本", 11, 19), ("二十多本", 21, 29), ("一百多本", 101, 199),
        ("三四本", 3, 4), ("8到10本", 8, 10), ("8~10本", 8, 10), ("大概12本", 10, 14), ("12本左右", 10, 14), ("差不多10冊", 9, 11),
        ("快10本", 8, 10), ("不到8本", 0, 7), ("超過8本", 9, None), ("8本以上", 8, None), ("至少8本", 8, None),
        ("最多8本", 0, 8), ("不超過4本", 0, 4), ("好幾本", 3, 9), ("大約8到10本", 8, 10), ("0本", 0, 0), ("12 books", 12, 12),
    ],
)  # fmt: skip
def test_counts(words: str, low: int, high: int | None) -> None:
    """A count has the bounds that are documented for its wording."""
    read = count(words, NOUNS)
    assert read is not None
    assert read.bounds == Range(low, high)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三成", Fraction(3, 10)), ("三成五", Fraction(7, 20)), ("三成半", Fraction(7, 20)), ("一半", Fraction(1, 2)),
        ("三分之一", Fraction(1, 3)), ("百分之三十一", Fraction(31, 100)), ("33.3%", Fraction(333, 1000)), ("30趴", Fraction(3, 10)),
        ("4/12", Fraction(1, 3)), ("1000%", Fraction(10)), ("約三成", None),
        ("不到三成", ShareRange(high=Fraction(3, 10), high_open=True)),
        ("超過三成", ShareRange(low=Fraction(3, 10), low_open=True)),
        ("三成以上", ShareRange(low=Fraction(3, 10))), ("百分之三十以下", ShareRange(high=Fraction(3, 10))),
        ("過半", ShareRange(low=Fraction(1, 2), low_open=True)),
    ],
)  # fmt: skip
def test_shares(words: str, value: object) -> None:
    """A share is exact, or bounded where the wording says which way, or nothing."""
    assert share(words) == value
