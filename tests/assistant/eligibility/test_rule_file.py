"""facts.toml and rules.toml are read strictly, and every fault carries its line."""

from __future__ import annotations

import pytest

from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import Fact
from assistant.eligibility.rule_file import parse_rules
from assistant.eligibility.rules import RuleBook
from assistant.eligibility.table import RulesError
from tests.assistant.eligibility.conftest import TODAY

FACTS = """[[fact]]
name = "members"
label = "家數"
type = "count"
unit = "家"
question = "幾家？"

[[fact]]
name = "out"
label = "不計的家數"
type = "count"
unit = "家"
question = "幾家不計？"
part_of = ["members"]

[[fact]]
name = "fresh"
label = "是新的"
type = "yes_no"
question = "是新的嗎？"
"""
SUBJECT = """
[[subject]]
name = "甲"
track = true
eligible = "可以"
ineligible = "不可以"
unknown = "還不知道"
"""
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
kind = "threshold"
of = "members"
less = "out"
limit = "8家"
sign = ">="
by = "至少"
"""
ASK = """
[[ask]]
name = "least"
find = "least"
unknown = "members"
head = "至少 {number} 家。"
"""


def _faults(rules: str, facts: str = FACTS) -> tuple[tuple[str, int, str], ...]:
    with pytest.raises(RulesError) as error:
        parse_rules(rules, facts, "p")
    return error.value.faults


def test_a_rule() -> None:
    """A table becomes a rule with its clause under the programme, open dates and its line."""
    rule = parse_rules(RULE + SUBJECT, FACTS, "p").rules[0]

    assert (rule.clause_id, rule.start, rule.end, rule.line) == ("p/1/s1", None, None, 1)
    assert rule.condition.shown.limit == "≥ 8 家"


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('id = "a"', "", 1, "id: missing"),
        ('title = "家數"', "title = 3", 6, "title: 3 is not a str"),
        ('title = "家數"', 'tilte = "家數"', 1, "title: missing"),
        ('unknown = ""', 'unknown = ""\nwhy = ""', 10, "why: unknown key"),
        ('"threshold"', '"about"', 11, 'kind: "about" is none of'),
        ('"members"', '"member"', 12, 'of: no fact is called "member"'),
        ('of = "members"', 'of = "fresh"', 12, 'of: "fresh" is a yes_no, not a count'),
        ('less = "out"', 'less = "members"', 13, 'less: "members" is no part of "members"'),
        ('"8家"', '"八九家"', 14, "limit:"),
        ('"8家"', "8", 14, "limit: 8 is not a str"),
        ('"8家"', '"8人"', 14, "limit:"),
        ('sign = ">="', 'sign = "≥"', 15, 'sign: "≥" is none of >=, >, <=, <'),
        ('sign = ">="\n', "", 1, "sign: missing"),
        ('by = "至少"', 'by = "至少"\nmore = 1', 17, "more: unknown key"),
        ('subject = "甲"', "subject = ", 3, "not valid TOML"),
        ("[[rule]]\nid", "x = 1\n[[rule]]\nid", 0, "x: unknown key"),
        ('subject = "甲"', 'subject = "甲"\nfrom = 2019', 4, "from: 2019 is not a date"),
        ('subject = "甲"', 'subject = "乙"', 1, 'subject: no [[subject]] is called "乙"'),
    ],
)
def test_faults(old: str, new: str, line: int, what: str) -> None:
    """A fault names its line and what is wrong."""
    file, at, said = _faults(RULE.replace(old, new, 1) + SUBJECT)[0]

    assert (file, at) == ("rules.toml", line)
    assert what in said


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('name = "fresh"', 'name = "a b"', 17, '"a b" is no name for a program'),
        ('type = "yes_no"', 'type = "maybe"', 19, 'type: "maybe" is none of'),
        ('unit = "家"\nquestion = "幾家？"', 'question = "幾家？"', 1, "unit: missing"),
        ('name = "fresh"', 'name = "out"', 16, 'name: "out" is taken'),
        ('part_of = ["members"]', 'part_of = ["fresh"]', 8, "is not of the type of what it is part of"),
        ('part_of = ["members"]', 'part_of = ["x"]', 8, 'no fact is called "x"'),
        (
            'type = "yes_no"',
            'type = "share"\npart = "members"\npart_of = ["out"]',
            16,
            '"members" is no part of "out"',
        ),
        ('type = "yes_no"', 'type = "yes_no"\nchoices = { "甲" = [] }', 16, "only a choice has choices"),
    ],
)
def test_faults_of_facts(old: str, new: str, line: int, what: str) -> None:
    """A fact that cannot be what it says is refused; a share of unrelated facts is one."""
    file, at, said = _faults(RULE + SUBJECT, FACTS.replace(old, new, 1))[0]

    assert (file, at) == ("facts.toml", line)
    assert what in said


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('find = "least"', 'find = "worst"', "is none of most, least"),
        ('unknown = "members"', 'unknown = "fresh"', 'no rule that can say least reads "fresh"'),
        ('find = "least"', 'find = "most"', 'no rule that can say most reads "members"'),
        ('find = "least"', 'find = "until"\nrule = "a"', '"a" is no rule that can say until'),
        ('find = "least"', 'find = "least"\nrule = "b"', '"b" is no rule that can say least'),
        ('head = "至少 {number} 家。"', "", "head: missing"),
    ],
)
def test_faults_of_questions(old: str, new: str, what: str) -> None:
    """A question that its rule cannot answer is refused, so that none fails when it is asked."""
    assert what in _faults(RULE + SUBJECT + ASK.replace(old, new, 1))[0][2]


def test_every_fault_is_named() -> None:
    """A file with two broken rules has two faults; an id is used once."""
    broken = RULE.replace('id = "a"', 'id = "b"').replace('title = "家數"\n', "")

    assert len(_faults(SUBJECT + broken + broken)) == 2
    assert '"a" is taken' in _faults(SUBJECT + RULE + RULE)[0][2]


def test_assumptions_are_strict() -> None:
    """An assumption has known keys, facts and decisions."""
    assert "decisions" in _faults('[[assumption]]\ntext = "x"\ndecisions = ["maybe"]')[0][2]
    assert "no fact" in _faults('[[assumption]]\ntext = "x"\nunstated = ["y"]')[0][2]


def test_what_a_fact_stands_for_is_an_assumption() -> None:
    """A fact's own assumption holds while nobody states it, for the subject whose rule reads it and no other."""
    facts = FACTS.replace('question = "是新的嗎？"', 'question = "是新的嗎？"\nassumption = "是新的"')
    holds = RULE.replace('id = "a"', 'id = "b"').split("[rule.condition]")[0] + (
        '[rule.condition]\nkind = "equals"\nof = "fresh"\nvalue = true\nphrases = ["至少"]\n'
    )
    other = SUBJECT.replace("甲", "乙").replace("track = true\n", "") + RULE.replace("甲", "乙")
    book = parse_rules(SUBJECT + holds + other, facts, "p")
    fresh: dict[str, Fact] = {}
    not_fresh = {"fresh": Fact("fresh", False)}

    assert evaluate(book, fresh, TODAY).assumptions == ("是新的",)
    assert evaluate(book, fresh, TODAY).decision == "eligible"
    assert evaluate(book, not_fresh, TODAY).assumptions == ()
    assert evaluate(book, fresh, TODAY, "乙").assumptions == ()
    assert evaluate(book, not_fresh, TODAY).decision == "ineligible"


def test_the_book(book: RuleBook) -> None:
    """Rules are found by clause and by fact; tracks and the questions turned round are listed."""
    assert [rule.id for rule in book.on_clause("digital-cluster/7/A/3")] == ["a-coached-share"]
    assert book.reading("coached_within_3y") == ("a-coached-share",)
    assert [number.words for number in book.parameters("coached_within_3y")] == ["30%", "三年內"]
    assert (book.tracks, book.compared, book.track_fact) == (
        ("群聚", "A類", "B類"),
        ("A類", "B類"),
        "track",
    )
    assert tuple(book.subjects) == (*book.tracks, "停權", "追蹤", "簡報")
