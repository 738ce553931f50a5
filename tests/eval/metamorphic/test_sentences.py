"""The sentences are many, say what they are made of, and are due what the guideline says."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.evaluate import evaluate
from eval.metamorphic.oracle import Due, World, due
from eval.metamorphic.sentences import BASE, MadeSentence, sentences
from eval.metamorphic.tally import SentenceDecision, figures, keep, read, tables
from tests.assistant.eligibility.conftest import BOOK, TODAY, facts_of

ALL = tuple(sentences())
OTHER = {"hedge", "unsettled", "correction"}
SOME = MadeSentence("A類12家", "all", BASE, "ineligible")
DOUBT = MadeSentence("A類12家", "all", "hedge", "open", in_doubt=True)


def test_there_are_thousands_and_none_twice() -> None:
    """At least 3,000 texts, each once, of every decision."""
    assert len({sentence.text for sentence in ALL}) == len(ALL) >= 3000
    assert {sentence.due for sentence in ALL} == {"eligible", "ineligible", "open"}


def test_what_changes_no_figure_changes_nothing_that_is_due() -> None:
    """A synonym, an order, a spelling, a spacing or a script leaves each template's decisions as its words have them."""
    plain: defaultdict[str, set[Due]] = defaultdict(set)
    changed: defaultdict[str, set[Due]] = defaultdict(set)
    for sentence in ALL:
        kind = plain if sentence.transformation == BASE else changed
        if sentence.transformation not in OTHER:
            kind[sentence.template].add(sentence.due)
    assert changed == plain


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我們群聚共8家，其中2家三年內接受過數位群聚輔導，可以申請A類嗎?", "eligible"),
        ("成員總共8家，3家去年受過輔導，可以申請A類嗎?", "ineligible"),
        ("我們群聚共12家，可以申請A類嗎?", "open"),
        ("我們群聚共11家，喔不對,是8家，其中2家三年內接受過數位群聚輔導，可以申請A類嗎?", "eligible"),
    ],
)
def test_known_sentences(text: str, wanted: str) -> None:
    """Sentences that were counted by hand are due what was counted."""
    assert [sentence.due for sentence in ALL if sentence.text == text] == [wanted]


def test_worlds_that_differ_are_open() -> None:
    """Where one world passes and another does not, nothing may be decided."""
    assert due("A類", [World(10, 3), World(10, 4)]) == "open"
    assert due("A類", [World(7, 1), World(6, 1)]) == "ineligible"


@given(members=st.integers(1, 60), coached=st.integers(0, 60), out=st.integers(0, 3))
def test_the_oracle_and_the_engine_agree_on_a(members: int, coached: int, out: int) -> None:
    """Two countings that share no code; where the total is open to two readings, the oracle decides less."""
    coached, out = min(coached, members), min(out, members)
    facts = facts_of(track="A類", members=members, coached_within_3y=coached, unqualified_members=out)
    decided = due("A類", [World(members, coached, out)])
    assert decided in {evaluate(BOOK, facts, TODAY).decision, "open"}
    assert out or decided != "open"


@given(
    old=st.integers(4, 30),
    replaced=st.integers(0, 30),
    added=st.integers(1, 9),
    year=st.sampled_from((107, 108, 110)),
)
def test_the_oracle_and_the_engine_agree_on_b(old: int, replaced: int, added: int, year: int) -> None:
    """The same of B類, whose newcomers were never coached."""
    replaced = min(replaced, old)
    facts = facts_of(
        track="B類",
        members=old + added,
        old_members=old,
        replaced_old_members=replaced,
        added_members=added,
        first_joined_year=year + 1911,
        newcomers_coached_smea=0,
    )
    world = World(old + added, joined=year, old=old, replaced=replaced, newcomers=0)
    assert due("B類", [world]) == evaluate(BOOK, facts, date(2026, 5, 10)).decision


@pytest.mark.parametrize(
    ("sentence", "decision", "result"),
    [
        (SOME, "ineligible", "right"),
        (SOME, "eligible", "dangerous"),
        (SOME, "open", "cautious"),
        (DOUBT, "open", "right"),
        (DOUBT, "eligible", "dangerous"),
    ],
)
def test_a_decision_is_right_cautious_or_dangerous(
    sentence: MadeSentence, decision: str, result: str
) -> None:
    """Wrong is only what is decided flatly; asking back is wrong only where all was said."""
    assert SentenceDecision(sentence, decision).result == result


def test_what_was_decided_is_kept_and_counted(tmp_path: Path) -> None:
    """A run's rows are read back as they were, and every failure is listed."""
    rows = (
        SentenceDecision(SOME, "ineligible"),
        SentenceDecision(SOME, "eligible"),
        SentenceDecision(DOUBT, "open"),
        SentenceDecision(SOME, "open"),
    )
    keep(tmp_path, rows)
    assert read(tmp_path) == rows
    assert figures(rows) == {
        "metamorphic.right": 0.5,
        "metamorphic.cautious": 0.25,
        "metamorphic.dangerous": 1,
    }
    assert [row[1] for row in tables(rows)[-1].rows] == ["dangerous", "cautious"]
