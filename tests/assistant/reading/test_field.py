"""A field of a form is read as it was written, and as people write; what it is not is said."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Days, Fact, FactError, FactKind, Range, ShareRange, Value
from assistant.eligibility.telling import value_said
from assistant.reading.field import value_in
from tests.assistant.reading.conftest import BOOK

TODAY = date(2026, 5, 10)
_AMOUNTS = st.integers(0, 10**6 - 9)
_SHARES = st.fractions(0, 1, max_denominator=999)
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "capital": st.integers(0, 10**13),
    "staff": _AMOUNTS | st.tuples(_AMOUNTS, st.integers(1, 9)).map(lambda ends: Range(ends[0], sum(ends))),
    "own": st.integers(0, 10**12).map(lambda low: Range(low, None)),
    "own_share": _SHARES | st.tuples(_SHARES, _SHARES).map(lambda ends: ShareRange(min(ends), max(ends))),
    "seat": st.sampled_from(["本市", "外縣市"]),
    "arrears": st.booleans(),
    "filed": st.dates(date(1990, 1, 1), date(2200, 1, 1)),
    "age": st.integers(0, 999),
    "founded": st.integers(1912, 2800),
}


@given(st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), VALUES[name])))
def test_reads_what_was_written(told: tuple[str, Value]) -> None:
    """Whatever is told back of a fact is read as that very value: no rounding, no year of another era."""
    name, value = told
    kind = BOOK.facts[name]

    assert value_in(value_said(kind, Fact(name, value)), kind, BOOK, TODAY) == value


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("staff", "十五人", 15),
        ("staff", "15", 15),
        ("staff", "１５", 15),
        ("capital", "五百萬", 5_000_000),
        ("capital", "1,500,000", 1_500_000),
        ("own_share", "三成", Fraction(3, 10)),
        ("own_share", "30", Fraction(3, 10)),
        ("founded", "2019", 2019),
        ("founded", "108年度", 2019),
        ("filed", "2026-06-20", date(2026, 6, 20)),
        ("filed", "115/6/20", date(2026, 6, 20)),
        ("filed", "115 年 2 月", Days(date(2026, 2, 1), date(2026, 2, 28))),
        ("arrears", "沒有", False),
        ("seat", "青埔", "本市"),
    ],
)
def test_reads_what_people_write(name: str, words: str, value: Value) -> None:
    """Without the unit, in Chinese numerals, in full width, in either era."""
    assert value_in(words, BOOK.facts[name], BOOK, TODAY) == value


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("staff", "很多", "員工人數填了「很多」，請填整數，例如 12。"),
        ("staff", "12.5", "員工人數填了「12.5」，請填整數，例如 12。"),
        ("staff", "3個人和5個人", "員工人數填了「3個人和5個人」，請填整數，例如 12。"),
        ("own_share", "120%", "自籌比例不可能超過全部。"),
        ("own_share", "40%~30%", "自籌比例填了「40%~30%」，請填百分比或分數，例如 30% 或 3/10。"),
        ("seat", "月球", "登記地填了「月球」，請填其中一種：本市、外縣市。"),
        ("filed", "115 年 2 月 30 日", "送件日填了「115 年 2 月 30 日」，請填日期，例如 108 年 5 月 20 日。"),
        ("arrears", "也許", "欠稅填了「也許」，請填是或否。"),
        ("founded", "99999", "成立的年度填了「99999」，請填年度，例如 108。"),
    ],
)
def test_says_what_is_wrong(name: str, words: str, said: str) -> None:
    """What cannot be read, or cannot be, is told with the fact's label, the words, and what would do."""
    with pytest.raises(FactError, match=re.escape(said)) as wrong:
        value_in(words, BOOK.facts[name], BOOK, TODAY)

    assert (wrong.value.name, str(wrong.value)) == (name, said)


@given(st.sampled_from(list(BOOK.facts.values())), st.text(max_size=30))
def test_anything_may_stand_in_a_field(kind: FactKind, words: str) -> None:
    """Any text is a value or an error for the person, never a crash."""
    with suppress(FactError):
        value_in(words, kind, BOOK, TODAY)
