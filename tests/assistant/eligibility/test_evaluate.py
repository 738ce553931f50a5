"""What holds of every verdict, whatever the facts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.evaluate import evaluate, judge, subject_of
from assistant.eligibility.facts import Fact, Facts, Range, Value
from assistant.eligibility.rule_file import load_rules, parse_rules
from assistant.eligibility.rules import RuleBook
from assistant.eligibility.stated import with_counts
from assistant.verdict import Verdict
from tests.assistant.eligibility.conftest import FOLDER, TODAY, facts_of

BOOK = load_rules(FOLDER)
TRACK = st.sampled_from(["群聚", "A類", "B類"])
SMALL = st.integers(0, 16)
VAGUE = SMALL | st.tuples(SMALL, SMALL).map(lambda pair: Range(min(pair), max(pair)))
KINDS: dict[str, st.SearchStrategy[Value]] = {
    "members": VAGUE,
    "coached_within_3y": VAGUE,
    "coached_share": st.fractions(0, 1, max_denominator=20),
    "unqualified_members": VAGUE,
    "first_joined_year": st.sampled_from([2018, 2019]),
    "first_joined_that_year": st.booleans(),
    "old_members": VAGUE,
    "replaced_old_members": VAGUE,
    "replaced_share": st.fractions(0, 1, max_denominator=20),
    "added_members": VAGUE,
    "newcomers_coached_smea": st.integers(0, 2),
    "newcomers_coached_startups": st.integers(0, 2),
    "all_registered": st.booleans(),
    "all_sme": st.booleans(),
    "gave_up_or_unfinished": st.booleans(),
    "force_majeure": st.booleans(),
    "breach_date": st.dates(date(2024, 1, 1), TODAY),
    "breach_year": st.integers(2023, 2026),
    "months_since_breach": st.integers(0, 30),
}


def _possible(values: dict[str, Value]) -> Facts:
    """The facts one by one, without those that contradict what was taken before."""
    facts: dict[str, Fact] = {}
    for name, value in values.items():
        more = {**facts, name: Fact(name, value)}
        if not contradictions(BOOK, more, TODAY):
            facts = more
    return facts


STATED = st.fixed_dictionaries({}, optional=KINDS).map(_possible)


@given(TRACK, STATED, st.data())
@settings(max_examples=300, deadline=None)
def test_dropping_a_fact_never_makes_eligible(track: str, facts: Facts, data: st.DataObject) -> None:
    """What was not eligible with a fact is not eligible without it, unless an assumption named in the verdict says so."""
    assume(facts)
    whole = evaluate(BOOK, facts, TODAY, track)
    gone = data.draw(st.sampled_from(sorted(facts)))
    less = evaluate(BOOK, {name: fact for name, fact in facts.items() if name != gone}, TODAY, track)

    if less.decision == "eligible" != whole.decision:
        named = [item for item in BOOK.assumptions if item.text in less.assumptions]
        assert any(gone in item.unstated for item in named)


@given(TRACK, STATED, st.randoms())
@settings(max_examples=200, deadline=None)
def test_order_never_matters(track: str, facts: Facts, chance: Any) -> None:  # noqa: ANN401
    """The same facts in another order give the same verdict, word for word."""
    names = list(facts)
    chance.shuffle(names)

    assert evaluate(BOOK, facts, TODAY, track) == evaluate(BOOK, {n: facts[n] for n in names}, TODAY, track)


@given(TRACK, STATED, st.data())
@settings(max_examples=300, deadline=None)
def test_a_vague_verdict_holds_for_every_number(track: str, facts: Facts, data: st.DataObject) -> None:
    """A verdict given on a range is the verdict of each number in it that is possible."""
    whole = evaluate(BOOK, facts, TODAY, track)
    sharp = {
        name: Fact(name, data.draw(st.integers(fact.value.low, fact.value.high)))
        if isinstance(fact.value, Range)
        else fact
        for name, fact in facts.items()
    }
    # Half of 3 members is no number of members: a whole that the told share cannot be of is not possible.
    for share, of in (("coached_share", "members"), ("replaced_share", "old_members")):
        part, total = (sharp[name].value if name in sharp else None for name in (share, of))
        if isinstance(part, Fraction) and isinstance(total, int):
            assume((part * total).denominator == 1)
    found = evaluate(BOOK, sharp, TODAY, track)

    assert whole.decision in {"unknown", found.decision} or found.contradictions


@given(TRACK, STATED)
@settings(max_examples=250, deadline=None)
def test_a_change_passes_and_one_less_does_not(track: str, facts: Facts) -> None:
    """Each change makes its own check met; one less leaves it unmet."""
    for item in judge(BOOK, track, facts, TODAY):
        for change in item.judgement.changes:
            name, number = next(iter(change.counts.items()))
            short = number - 1 if change.template in {"fix_more", "fix_whole"} else number + 1

            assert _result(track, with_counts(facts, dict(change.counts), BOOK.facts), item.rule.id) == "met"
            assert (
                _result(track, with_counts(facts, {**change.counts, name: short}, BOOK.facts), item.rule.id)
                != "met"
            )


def _result(track: str, facts: Facts, rule: str) -> str:
    return next(item.judgement.result for item in judge(BOOK, track, facts, TODAY) if item.rule.id == rule)


@given(members=st.integers(0, 40), coached=st.integers(0, 40))
@settings(max_examples=300, deadline=None)
def test_the_nearest_changes_are_nearest(members: int, coached: int) -> None:
    """The numbers in the words of `nearest`, put back as facts, are eligible; one less of any is not."""
    assume(coached <= members)
    verdict = evaluate(BOOK, facts_of(members=members, coached_within_3y=coached), TODAY, "A類")

    assert bool(verdict.nearest) is (verdict.decision == "ineligible")
    for words in verdict.nearest:
        total, most = re.search(r"共 (\d+) 家", words), re.search(r"至多 (\d+) 家", words)
        now = (int(total[1]) if total else members, int(most[1]) if most else coached)
        less = ([(now[0] - 1, now[1])] if total else []) + ([(now[0], now[1] + 1)] if most else [])

        assert _decision(*now) == "eligible"
        assert all(_decision(*short) != "eligible" for short in less)


def _decision(members: int, coached: int) -> str:
    return evaluate(BOOK, facts_of(members=members, coached_within_3y=coached), TODAY, "A類").decision


def test_the_subject(book: RuleBook) -> None:
    """The track decides; the ban alone is judged if nothing else was told; else the track is asked for."""
    assert subject_of(book, facts_of(track="B類", gave_up_or_unfinished=True)) == "B類"
    assert subject_of(book, facts_of(gave_up_or_unfinished=True)) == "停權"
    assert subject_of(book, facts_of(gave_up_or_unfinished=True, members=9)) is None
    assert subject_of(book, {}) is None
    assert [item.fact for item in evaluate(book, {}, TODAY).missing] == ["track"]


def test_absurd_facts_do_not_break(verdict_on: Callable[..., Verdict]) -> None:
    """Huge counts and days at the ends of the calendar give a verdict or a contradiction, never an error."""
    assert verdict_on(gave_up_or_unfinished=True, breach_date=date.max).contradictions
    assert verdict_on(gave_up_or_unfinished=True, breach_year=9998).contradictions
    assert verdict_on(gave_up_or_unfinished=True, breach_date=date.min).decision == "eligible"
    assert verdict_on(gave_up_or_unfinished=True, breach_year=Range(0, 99999)).decision == "unknown"
    assert verdict_on(track="A類", members=10**30, coached_within_3y=10**29).decision == "eligible"


def test_denial_counts(verdict_on: Callable[..., Verdict]) -> None:
    """What nobody mentioned is an assumption; an affirmation or a denial replaces it."""
    unsaid = verdict_on(track="A類", members=12, coached_within_3y=3)
    affirmed = verdict_on(track="A類", members=12, coached_within_3y=3, all_registered=True, all_sme=True)
    half = verdict_on(track="A類", members=12, coached_within_3y=3, all_registered=True)
    denied = verdict_on(track="A類", members=12, coached_within_3y=3, all_sme=False)

    assert unsaid.assumptions[0] == "各成員皆依法登記並符合中小企業認定標準"
    assert half.assumptions[0] == "各成員皆符合中小企業認定標準"
    assert not any("登記" in text for text in affirmed.assumptions)
    assert denied.decision == "unknown"


@pytest.mark.parametrize(
    ("more", "results", "tentative"),
    [
        ({}, ["met", "assumed", "met"], True),
        ({"all_registered": True}, ["met", "assumed", "met"], True),
        ({"unqualified_members": 0}, ["met", "met", "met"], True),
        ({"unqualified_members": 0, "gave_up_or_unfinished": False}, ["met", "met", "met", "met"], False),
    ],
)
def test_what_nobody_stated_is_a_premise(
    verdict_on: Callable[..., Verdict], more: dict[str, Value], results: list[str], tentative: bool
) -> None:
    """A check on what nobody stated is assumed and knows its premises; with any, eligible is tentative and says so."""
    found = verdict_on(track="A類", members=12, coached_within_3y=3, **more)
    resting = [check.premises for check in found.checks if check.result == "assumed"]

    assert found.decision == "eligible"
    assert [check.result for check in found.checks] == results
    assert all(resting)
    assert {text for premises in resting for text in premises} <= set(found.assumptions)
    assert (found.tentative, "初步" in found.conclusion) == (tentative, tentative)


def test_what_a_reading_takes_for_granted_is_a_premise() -> None:
    """A fact that stands on a premise makes the checks that read it assumed, whoever read it; not met stays not met."""
    told = facts_of(members=12, unqualified_members=0, gave_up_or_unfinished=False)
    passing = {**told, "coached_within_3y": Fact("coached_within_3y", 3, premises=("時間不明",))}
    failing = {**told, "coached_within_3y": Fact("coached_within_3y", 4, premises=("時間不明",))}
    passed, failed = (evaluate(BOOK, facts, TODAY, "A類") for facts in (passing, failing))

    assert [check.premises for check in passed.checks if check.result == "assumed"] == [("時間不明",)]
    assert (passed.decision, passed.tentative) == ("eligible", True)
    assert (failed.decision, failed.tentative) == ("ineligible", False)
    assert "時間不明" in passed.assumptions
    assert "時間不明" in failed.assumptions


def test_rules_out_of_force_are_not_checked(book: RuleBook) -> None:
    """A rule binds from its first to its last day."""
    text = (FOLDER / "rules.toml").read_text(encoding="utf8")
    dated = text.replace('clause = "7/A/3"', 'clause = "7/A/3"\nfrom = 2026-05-11\nto = 2026-05-12')
    changed = parse_rules(dated, (FOLDER / "facts.toml").read_text(encoding="utf8"), book.programme)
    days = [date(2026, 5, day) for day in (10, 11, 12, 13)]
    found = [len(evaluate(changed, facts_of(members=12), day, "A類").checks) for day in days]

    assert found == [2, 3, 3, 2]


def test_what_most_checks_lack_is_asked_first() -> None:
    """A fact that two checks lack is asked for before one that an earlier check lacks alone."""
    fact = '[[fact]]\nname = "{0}"\nlabel = "{0}"\ntype = "people"\nquestion = "{0}？"\n'
    subject = '[[subject]]\nname = "s"\ntrack = true\neligible = "e"\nineligible = "i"\nunknown = "u"\n'
    rule = (
        '[[rule]]\nid = "{0}"\nsubject = "s"\nclause = "1"\nquote = "至少3人"\ntitle = "t"\nmet = ""\nnot_met = ""\n'
        'unknown = ""\n[rule.condition]\nkind = "threshold"\nof = "{1}"\nsign = ">="\nlimit = "3人"\nby = "至少"\n'
    )
    rules = "".join(rule.format(name, of) for name, of in (("1", "one"), ("2", "two"), ("3", "two")))
    book = parse_rules(subject + rules, fact.format("one") + fact.format("two"), "p")

    assert [missing.fact for missing in evaluate(book, {}, TODAY).missing] == ["two", "one"]
