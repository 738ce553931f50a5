"""The programme's rules, and a day on which every test stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import Fact, Facts, Value
from assistant.eligibility.rule_file import load_rules
from assistant.eligibility.rules import RuleBook
from assistant.eligibility.stated import Stated
from assistant.verdict import Verdict

FOLDER = Path(__file__).parents[3] / "corpus" / "digital-cluster"
TODAY = date(2026, 5, 10)


def facts_of(**values: Value) -> Facts:
    """Facts by name."""
    return {name: Fact(name, value) for name, value in values.items()}


BOOK = load_rules(FOLDER)


def stated(**values: Value) -> Stated:
    """Facts of digital-cluster as the conditions read them."""
    return Stated(facts_of(**values), BOOK.facts)


@pytest.fixture(scope="session")
def book() -> RuleBook:
    """The rules of digital-cluster."""
    return BOOK


@pytest.fixture(scope="session")
def verdict_on(book: RuleBook) -> Callable[..., Verdict]:
    """The verdict on facts given by name."""

    def judged(**values: Value) -> Verdict:
        return evaluate(book, facts_of(**values), TODAY)

    return judged
