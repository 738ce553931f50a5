"""The years that decide a reading are those of the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.eligibility.facts import Fact, Range
from assistant.eligibility.rule_file import RULES, parse_rules
from assistant.readers.digital_cluster import reader
from assistant.readers.digital_cluster.limits import Limits
from assistant.reading import Reader
from tests.assistant.readers.digital_cluster.conftest import BOOK, CORPUS, READER

TODAY = date(2025, 11, 22)


def test_the_limits_of_the_guideline() -> None:
    """Three years of coaching, three of a newcomer's, five of a startup, and the year 108."""
    assert Limits.of(BOOK) == Limits(coached=3, newcomers=3, startup=5, first=2019)


@pytest.mark.parametrize(
    ("words", "other", "message", "name", "before", "after"),
    [
        ('["三年內"]', '["五年內"]', "12家,4家四年前輔導過", "coached_within_3y", 0, 4),
        ('["3年內", "5年內"]', '["5年內", "5年內"]', "B類,新增5家,其中1家四年前受過專案輔導", "newcomers_coached_smea", 0, Range(0, 1)),
        ('["3年內", "5年內"]', '["3年內", "3年內"]', "B類,新增5家,其中1家去年受過專案輔導,是成立四年的新創", "newcomers_coached_smea", 0, 1),
        ('"108年度"', '"109年度"', "我們不是109年第一次參加", "first_joined_that_year", None, False),
    ],
)  # fmt: skip
def test_a_change_of_the_rules_changes_the_reading(
    words: str, other: str, message: str, name: str, before: object, after: object
) -> None:
    """No number of a clause stands in the grammar."""
    rules = (CORPUS / RULES).read_text(encoding="utf8")
    assert words in rules
    facts = (CORPUS / "facts.toml").read_text(encoding="utf8")
    changed = reader(parse_rules(rules.replace(words, other), facts, BOOK.programme))
    assert (_told(READER, message, name), _told(changed, message, name)) == (before, after)


def test_without_rules_no_year_decides() -> None:
    """Where no rule reads a fact, a time tells nothing of it; the reading does not fail."""
    bare = reader(replace(BOOK, rules=()))
    assert _told(bare, "12家,4家五年前輔導過", "coached_within_3y") == Range(0, 4)
    assert _told(bare, "我們不是108年第一次參加", "first_joined_that_year") is None


def _told(one: Reader, message: str, name: str) -> object:
    facts = one.apply({}, one.read(message, TODAY))
    fact: Fact | None = facts.get(name)
    return None if fact is None else fact.value
