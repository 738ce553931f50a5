"""Mentions have the value of their kind and stand where they were written."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from assistant.eligibility.facts import Range
from assistant.reading.period import Period
from assistant.reading.quantities import Count
from tests.assistant.reading.library import LEXER, TODAY


def test_values_by_kind() -> None:
    """Counts, shares, times and bare numbers are read; a kind with details is what its words make it."""
    found = {mention.kind: mention.value for mention in LEXER.mentions("12本去年三成5都有書號借出", TODAY)}
    assert found["count"] == Count(Range(12, 12), "exact", generic=False)
    assert isinstance(found["period"], Period)
    assert found["period"].earliest == date(2024, 1, 1)
    assert (found["share"], found["number"], found["numbered"]) == (Fraction(3, 10), 5, True)
    assert found["lent"] is None


def test_places_are_those_of_the_text() -> None:
    """Spaces around a mention are none of its words."""
    text = "我們 12本 借出"
    assert [text[one.start : one.end] for one in LEXER.mentions(text, TODAY)] == ["我們", "12本", "借出"]


def test_what_is_counted_by_the_same_word_is_skipped() -> None:
    """「4本櫃」 counts no books, and about three tenths is a share that nobody can use."""
    assert [one.kind for one in LEXER.mentions("4本櫃,約三成", TODAY)] == ["number", "weak", "vague_share"]


def test_inside() -> None:
    """裡 behind a count says that a part of it follows."""
    assert [one.inside for one in LEXER.mentions("12本裡4本", TODAY)] == [True, False]
