"""Lengths are counted as LINE counts them, and cut texts keep within them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.line.lengths import cut_label, cut_text, utf16
from tests.assistant.channels.line.line_limits import clusters, units

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(("text", "expected"), [("", 0), ("A類", 2), ("😀", 2), ("𠮷野家", 4), (FAMILY, 8)])
def test_texts_are_counted_in_utf16(text: str, expected: int) -> None:
    """An emoji and a rare character count as two, where Python counts one."""
    assert utf16(text) == units(text) == expected


@pytest.mark.parametrize("text", [FAMILY, "e\u0301", "🇹🇼"])
def test_labels_are_counted_in_graphemes(text: str) -> None:
    """What people see as one character counts as one."""
    assert cut_label(text * 2, 2) == text * 2
    assert cut_label(text * 3, 2) == text + "…"


def test_labels_are_cut_between_characters() -> None:
    """A label that is too long ends in 「…」, and no character is cut in two."""
    assert cut_label(FAMILY * 25, 20) == FAMILY * 19 + "…"
    assert cut_label("兩行\n  一行", 20) == "兩行 一行"
    assert cut_label("剛好" * 10, 20) == "剛好" * 10


def test_texts_are_cut_behind_a_sentence() -> None:
    """A text that is too long ends behind its last whole sentence, marks included."""
    text = "第一句。〔1〕第二句？〔2〕第三句很長很長很長。"

    assert cut_text(text, 20, "（略）") == "第一句。〔1〕第二句？〔2〕（略）"
    assert cut_text(text, 1000) == text
    assert cut_text("沒有句點" * 10, 11) == "沒有句點沒有句點沒有…"
    assert cut_text("😀" * 10, 6) == "😀😀…"


@given(st.text(), st.integers(2, 60))
def test_nothing_is_longer_than_allowed(text: str, most: int) -> None:
    """Whatever the text, what is cut keeps to its limit, and what fits is left alone."""
    assert units(cut_text(text, most)) <= most or text == cut_text(text, most) == ""
    assert cut_text(text, most) == text or units(text) > most
    assert clusters(cut_label(text, most)) <= most
