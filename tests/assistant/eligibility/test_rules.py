"""rules.toml is read strictly, and every fault carries its line."""

from __future__ import annotations

import pytest

from assistant.eligibility.rules import RuleBook, RulesError, parse_rules

RULE = """[[rule]]
id = "a"
subject = "甲"
clause = "1/s1"
quote = "至少8家"
title = "家數"
met = "{reading}"
not_met = "{reading}"
unknown = ""
[rule.condition]
kind = "at_least"
of = "members"
less = "unqualified_members"
minimum = "8家"
inclusive = true
inclusive_by = "至少"
"""


def test_a_rule() -> None:
    """A table becomes a rule with its clause under the programme, open dates and its line."""
    rule = parse_rules(RULE, "p").rules[0]

    assert (rule.clause_id, rule.start, rule.end, rule.line) == ("p/1/s1", None, None, 1)
    assert rule.condition.limit == "≥ 8 家"


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('id = "a"', "", 1, "id: missing"),
        ('title = "家數"', "title = 3", 6, "title: 3 is not a str"),
        ('title = "家數"', 'tilte = "家數"', 1, "title: missing"),
        ('unknown = ""', 'unknown = ""\nwhy = ""', 10, "why: unknown key"),
        ('"at_least"', '"about"', 11, 'kind: "about" is none of'),
        ('"members"', '"member"', 12, 'of: no fact is called "member"'),
        ('"8家"', '"八九家"', 14, "minimum:"),
        ('"8家"', "8", 14, "minimum: 8 is not a str"),
        ("inclusive = true", "inclusive = 1", 15, "inclusive: 1 is not a bool"),
        ("inclusive = true\n", "", 1, "inclusive: missing"),
        ('inclusive_by = "至少"', 'inclusive_by = "至少"\nmore = 1', 17, "more: unknown key"),
        ('subject = "甲"', "subject = ", 3, "not valid TOML"),
        ("[[rule]]\nid", "x = 1\n[[rule]]\nid", 0, "x: unknown key"),
        ('subject = "甲"', 'subject = "甲"\nfrom = 2019', 4, "from: 2019 is not a date"),
    ],
)
def test_faults(old: str, new: str, line: int, what: str) -> None:
    """A fault names its line and what is wrong."""
    with pytest.raises(RulesError) as error:
        parse_rules(RULE.replace(old, new, 1), "p")

    assert error.value.faults[0][0] == line
    assert what in error.value.faults[0][1]


def test_every_fault_is_named() -> None:
    """A file with two broken rules has two faults; an id is used once."""
    with pytest.raises(RulesError) as error:
        parse_rules(RULE + RULE.replace('title = "家數"\n', ""), "p")
    assert len(error.value.faults) == 1
    with pytest.raises(RulesError, match=r'"a" is taken'):
        parse_rules(RULE + RULE, "p")


def test_assumptions_are_strict() -> None:
    """An assumption has known keys, facts and decisions."""
    with pytest.raises(RulesError, match="decisions"):
        parse_rules('[[assumption]]\ntext = "x"\ndecisions = ["maybe"]', "p")
    with pytest.raises(RulesError, match="no fact"):
        parse_rules('[[assumption]]\ntext = "x"\nunstated = ["y"]', "p")


def test_the_book(book: RuleBook) -> None:
    """Rules are found by clause, by fact and by subject."""
    assert [rule.id for rule in book.on_clause("digital-cluster/7/A/3")] == ["a-coached-share"]
    assert book.reading("coached_within_3y") == ("a-coached-share",)
    assert book.subjects == ("群聚", "A類", "B類", "停權", "追蹤", "簡報")
