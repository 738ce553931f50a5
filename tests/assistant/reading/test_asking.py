"""What is asked: a verdict, a question turned round, or something else."""

from __future__ import annotations

import pytest

from assistant.reading.asking import asks, asks_something_else
from assistant.reading.naming import Vocabulary
from tests.assistant.reading.conftest import BOOK

WORDS = Vocabulary(BOOK.facts)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("資本額500萬可以申請嗎", "verdict"),
        ("這樣符合資格嗎?", "verdict"),
        ("總經費200萬至少要自籌多少", "least_own"),
        ("最晚什麼時候送件", "deadline"),
        ("最多可以自籌多少", None),
        ("資本額500萬", None),
    ],
)
def test_asks(text: str, asked: str | None) -> None:
    """A turned question is one that the rules have; what they do not turn is none."""
    assert asks(text, WORDS.namings(text), BOOK) == asked


def test_something_else() -> None:
    """A question that no rule decides is told from a statement and from a question that one does."""
    assert asks_something_else("要準備什麼文件", None)
    assert not asks_something_else("資本額500萬", None)
    assert not asks_something_else("可以申請嗎", "verdict")
