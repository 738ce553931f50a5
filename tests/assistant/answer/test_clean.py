"""Hostile input to plain text, or a refusal that says why."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.clean import (
    MAX_CHARACTERS,
    MessageRejected,
    clean_message,
    kept_of,
    said_before,
    said_in,
)


def test_full_width_and_controls() -> None:
    """Full-width forms become plain, control and format characters go, lines stay."""
    assert clean_message(" Ａ類\u0000要　幾家\u200b?\r\n\r\n謝謝 ") == "A類要 幾家?\n謝謝"


@pytest.mark.parametrize("raw", ["", "   ", "\u0000\u0001", "\u200b\u200e", "\ud800", "\n\t　"])
def test_nothing_readable(raw: str) -> None:
    """A message of nothing readable is refused as empty."""
    with pytest.raises(MessageRejected) as refused:
        clean_message(raw)

    assert refused.value.code == "empty"


def test_length() -> None:
    """2,000 characters are taken; one more is refused, and so is what normalisation lengthens beyond."""
    assert len(clean_message("問" * MAX_CHARACTERS)) == MAX_CHARACTERS
    for raw in ("問" * (MAX_CHARACTERS + 1), "ﷺ" * 200):
        with pytest.raises(MessageRejected) as refused:
            clean_message(raw)
        assert refused.value.code == "too_long"
        assert "2,000" in str(refused.value)


def test_the_ligature_that_crashed_an_encoder() -> None:
    """ﷺ twenty times is spelled out before any native code sees it."""
    assert "ﷺ" not in clean_message("ﷺ" * 20)


@given(st.text(max_size=300))
def test_what_comes_out(raw: str) -> None:
    """What is taken is NFKC-stable but for spaces, encodable, trimmed and free of control characters."""
    try:
        text = clean_message(raw)
    except MessageRejected:
        return

    assert text == text.strip() != ""
    assert text.encode()
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in "\n\t" for c in text)


@given(st.text(max_size=200))
def test_twice_is_once(raw: str) -> None:
    """Cleaning a clean message changes nothing."""
    try:
        text = clean_message(raw)
    except MessageRejected:
        return

    assert clean_message(text) == text


def test_a_message_is_kept_cleaned_and_a_mail_as_it_came() -> None:
    """What is kept of a chat is the clean message; of a mail its original, which says the same again later."""
    mail = "> 不符合，至少要８家。\u200b\r\n\r\n現在共 12² 家"

    assert kept_of("Ａ類\u200b\r\n要幾家？") == "A類\n要幾家?"
    assert kept_of(mail) == "> 不符合，至少要８家。\n\n現在共 12² 家"
    assert said_before(kept_of(mail)) == said_in(mail) == "現在共 12 家"
