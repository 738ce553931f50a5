"""Folding keeps every character at its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.script import fold


@given(st.text())
def test_length_stays(text: str) -> None:
    """The folded text is as long as the text."""
    assert len(fold(text)) == len(text)


def test_one_spelling() -> None:
    """Simplified script, full width and capitals come out as one spelling."""
    assert fold("我们12家,A类") == fold("我們12家,a類") == "我們12家,a類"
