"""The list of facts hangs together, and a float is no fact."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.eligibility.facts import FACTS, Fact, FactError
from assistant.figures import numbers_of
from tests.assistant.eligibility.test_evaluate import BOOK


def test_parts_are_counts() -> None:
    """What a fact is part of, or the share of, is a count of the list."""
    for kind in FACTS.values():
        assert all(FACTS[name].type == "count" for name in (*kind.part_of, *filter(None, [kind.part])))
        assert (kind.type == "choice") is bool(kind.choices)
        assert kind.question.endswith(("？", "。"))


def test_questions_bring_in_no_number() -> None:
    """A number in a question or label stands in the quote of a rule that reads the fact."""
    for kind in FACTS.values():
        quotes = "".join(BOOK.by_id[rule].quote for rule in BOOK.reading(kind.name))
        words = (kind.question + kind.label).replace("哪一", "").replace("第一次組成", "")
        assert numbers_of(words) <= numbers_of(quotes), kind.name


def test_no_float() -> None:
    """A float is refused where a fact is made."""
    wrong: Any = 0.3
    with pytest.raises(FactError):
        Fact("coached_share", wrong)
