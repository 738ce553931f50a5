"""Facts are named by their own words, the longest first."""

from __future__ import annotations

from assistant.reading.naming import Vocabulary
from tests.assistant.reading.conftest import BOOK

WORDS = Vocabulary(BOOK.facts)


def _named(text: str) -> list[tuple[str, ...]]:
    return [tuple(kind.name for kind in naming.kinds) for naming in WORDS.namings(text)]


def test_the_longest_word_names() -> None:
    """資本額 is not 資本; one word may name money and its share."""
    assert _named("資本額跟自籌") == [("capital",), ("own", "own_share")]


def test_choices() -> None:
    """Another word for a choice names the choice."""
    (found,) = WORDS.namings("設在青埔")

    assert (found.kinds, found.choices) == ((), (("seat", "本市"),))


def test_nothing() -> None:
    """What is no word of a fact names nothing."""
    assert _named("今天天氣很好") == []
