"""Every number of a text is a measure of some kind, or told apart as none."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Range
from assistant.reading.measures import measures
from assistant.reading.script import fold

TODAY = date(2026, 5, 10)


def _found(text: str) -> list[tuple[str, object]]:
    return [(one.kind, one.value) for one in measures(fold(text), TODAY, ["件", "床"])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("500萬", [("money", 5_000_000)]),
        ("一億兩千萬元", [("money", 120_000_000)]),
        ("1.5億", [("money", 150_000_000)]),
        ("1,200,000元", [("money", 1_200_000)]),
        ("NT$800,000", [("money", 800_000)]),
        ("一百二十萬塊", [("money", 1_200_000)]),
        ("五百多萬", [("money", Range(5_010_000, 5_990_000))]),
        ("大概200萬", [("money", Range(1_800_000, 2_200_000))]),
        ("一到兩百萬", [("money", Range(1_000_000, 2_000_000))]),
        ("15到20萬", [("money", Range(150_000, 200_000))]),
        ("百萬", [("money", 1_000_000)]),
        ("十萬一", [("money", 101_000)]),
        ("12萬5千", [("money", 125_000)]),
        ("3千5", [("number", 3_500)]),
        ("500萬15人", [("money", 5_000_000), ("people", 15)]),
        ("十二萬人", [("people", 120_000)]),
        ("12345678901234567元", [("number", None)]),
        ("15個人", [("people", 15)]),
        ("兩百人", [("people", 200)]),
        ("不到200人", [("people", Range(0, 199))]),
        ("20幾個員工", [("people", Range(21, 29))]),
        ("3件", [("count", 3)]),
        ("一半", [("share", Fraction(1, 2))]),
        ("35%", [("share", Fraction(7, 20))]),
        ("3年", [("length", Range(36, 47))]),
        ("半年", [("length", 6)]),
        ("不到3年", [("length", Range(0, 35))]),
        ("滿3年", [("length", Range(36, None))]),
        ("十個月", [("length", 10)]),
        ("12", [("number", 12)]),
        ("電話0912-345-678", [("other", None)]),
        ("第3點", [("other", None)]),
        ("中正路5號3樓", [("other", None), ("other", None)]),
    ],
)
def test_measure(text: str, found: list[tuple[str, object]]) -> None:
    """One measure with its kind and value; None where it says nothing definite."""
    assert _found(text) == found


@pytest.mark.parametrize("text", ["6月20日", "六月二十號", "115年6月20日", "115/6/20"])
def test_a_day(text: str) -> None:
    """A day with or without its year; without one it is of this year."""
    (one,) = measures(text, TODAY, [])

    assert one.kind == "time"
    assert getattr(one.value, "earliest", None) == date(2026, 6, 20)


@given(st.text(alphabet="我們資本額員工有大概不到一二兩三百千萬億元個人年月日5,.0%半成到~", max_size=24))
def test_any_text(text: str) -> None:
    """No text makes it fail; measures stand in order and overlap nowhere."""
    found = measures(fold(text), TODAY, ["件"])

    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(not isinstance(one.value, float) for one in found)


@given(st.integers(1, 10**11))
def test_every_way_to_write_a_sum(number: int) -> None:
    """In Chinese, in digits, with commas, with 萬 before the rest: the same sum, whole."""
    ten_thousands, rest = divmod(number, 10**4)
    mixed = f"{ten_thousands or ''}{'萬' if ten_thousands else ''}{rest or ''}元"
    ways = [f"{cn2an.an2cn(number, 'low')}元", f"{number}元", f"{number:,}元"]
    # 「12萬5元」 may be 5 dollars or 5,000: it is left over.
    read = number if rest > 9 or not ten_thousands or not rest else None

    assert [_found(f"資本額{way}") for way in ways] == [[("money", number)]] * 3
    assert _found(f"資本額{mixed}") == [("money", read)]
