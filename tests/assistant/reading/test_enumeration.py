"""Parts that are counted one after another add up."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.eligibility.facts import Range
from assistant.reading.enumeration import summed
from assistant.reading.quantities import Count
from assistant.reading.script import fold
from tests.assistant.reading.library import LEXER

TODAY = date(2025, 11, 22)


def _counts(text: str) -> list[Range]:
    folded = fold(text)
    found = summed(folded, LEXER.mentions(folded, TODAY), frozenset(), lambda words: words.endswith("書"))
    return [one.value.bounds for one in found if one.kind == "count" and isinstance(one.value, Count)]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("小說3本、雜誌4本、字典3本,都在", [10]),
        ("小說3本,雜誌4本", [7]),
        ("小說3本 雜誌4本 字典3本", [10]),
        ("3本和4本", [7]),
        ("12本、4本借出", [12, 4]),
        ("我們12本,其中4本借出", [12, 4]),
        ("12本,3本在二樓", [12, 3]),
    ],
)
def test_parts_with_labels_add_up(text: str, sums: list[int]) -> None:
    """Labelled or joined parts are one count; a part of a whole, or one of which more is said, is not added."""
    assert _counts(text) == [Range(one, one) for one in sums]


def test_a_sum_of_which_the_last_part_says_more_is_torn() -> None:
    """Whether what is said of the last part is said of all nobody can tell, so none of them counts."""
    assert _counts("小說3本、雜誌4本借出") == []
