"""Copies of evaluated questions are found whatever their spelling."""

from __future__ import annotations

import pytest

from eval.firewall import copies


@pytest.mark.parametrize(
    ("question", "evaluated", "found"),
    [
        ("攤位可以讓給朋友嗎?", "攤位 可以讓給朋友嗎", True),
        ("我想請問攤位可以讓給朋友嗎", "我想請問攤位可以讓給朋友吗？", True),
        ("請問我們的攤位可以轉讓給朋友使用嗎", "請問我們的攤位可以轉讓給朋友使用嘛", True),
        ("請問攤位可以讓給朋友嗎", "攤位的押金什麼時候退還", False),
        ("攤位租金多少", "攤位租金多少?", True),
        ("攤位租金多少", "攤位租金好多", False),
        ("租金多少", "租金多少", False),
    ],
)
def test_copies(question: str, evaluated: str, found: bool) -> None:
    """The same pairs of characters make a copy; two questions on one matter do not, nor do a few words."""
    assert copies([question], [evaluated]) == ([(question, evaluated)] if found else [])
