"""What is cited is what most probably carries the whole answer, for the kind that is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.evidence import Evidence, evidence
from assistant.config import ROOT
from assistant.domain import Clause, Guideline, Parallel, Source
from assistant.index.targets import Target, TargetKind
from assistant.rank import Guess
from ingest.guideline import load_guideline
from tests.assistant.answer.conftest import PROGRAMME, Ask

NAMES = [f"p/{letter}" for letter in "abcdefgh"]
SIDES = ((("p/a",), ("p/b",)), (("p/c", "p/d"), ("p/e", "p/f", "p/g")))
NO_KIND: frozenset[str] = frozenset()
REAL = load_guideline(ROOT / "corpus" / PROGRAMME)


def guideline_of(*parallels: Parallel, **lengths: int) -> Guideline:
    """A guideline of the leaves p/a to p/h, ten characters each unless said otherwise."""
    source = Source("p", "t", "a", "p", "1", "f", "0", "r")
    clauses, start = [], 0
    for name in NAMES:
        end = start + lengths.get(name[-1], 10)
        clauses.append(Clause(name, 1, name, "字" * (end - start), start, end, 1))
        start = end
    return Guideline(source, "字" * start, (), (), tuple(clauses), parallels)


def guess(probability: float, *clauses: str, limits: tuple[str, ...] = ()) -> Guess:
    """A guess that these leaves answer; without any, that the guideline is silent."""
    kind = TargetKind.CLAUSE if clauses else TargetKind.GAP
    return Guess(Target(" ".join(clauses), kind, clauses, limits), probability)


def kinds_apart(together: bool = True) -> Guideline:
    """A guideline that settles two aspects for the kind 甲 and for the kind 乙 or 丙."""
    return guideline_of(*(Parallel((("甲",), ("乙", "丙")), sides, together) for sides in SIDES))


@st.composite
def guesses(draw: st.DrawFn, sets: st.SearchStrategy[tuple[str, ...]]) -> list[Guess]:
    """Up to twenty guesses, one for each of different sets, with the most probable first."""
    chosen = draw(st.lists(sets, min_size=1, max_size=20, unique_by=frozenset))
    weights = [draw(st.floats(0.001, 1)) for _ in chosen]
    ranked = sorted(zip(weights, chosen, strict=True), key=lambda pair: -pair[0])
    return [guess(weight / sum(weights), *clauses) for weight, clauses in ranked]


ANY_SETS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True).map(tuple)
ANY_KINDS = st.frozensets(st.sampled_from(["甲", "乙", "丙", "丁"]))
REAL_SETS = st.sampled_from(
    [side for parallel in REAL.parallels for side in parallel.sides]
    + [(leaf.id,) for leaf in REAL.leaves if leaf.entry not in {3, 7, 8}]
)


@given(guesses(ANY_SETS), ANY_KINDS, st.booleans())
def test_only_leaves_each_once(found: list[Guess], kinds: frozenset[str], together: bool) -> None:
    """Leaves of the guideline are cited, at least one, each once, with a probability from 0 to 1."""
    guideline = kinds_apart(together)
    chosen = evidence(found, guideline, kinds)

    assert chosen.clauses
    assert len({*chosen.clauses, *chosen.limits}) == len(chosen.clauses) + len(chosen.limits)
    assert {*chosen.clauses, *chosen.limits} <= {leaf.id for leaf in guideline.leaves}
    assert 0 <= chosen.probability <= 1


@given(guesses(ANY_SETS), ANY_KINDS)
def test_the_same_guesses_give_the_same_evidence(found: list[Guess], kinds: frozenset[str]) -> None:
    """What is cited depends on the guesses alone; guesses of silence change nothing."""
    guideline = kinds_apart()

    assert evidence(found, guideline, kinds) == evidence([guess(0.9), *found], guideline, kinds)


@given(guesses(REAL_SETS), st.sampled_from(["A類", "B類", "群聚", "平台", "擴散"]))
def test_one_kind_is_not_answered_with_the_other(found: list[Guess], kind: str) -> None:
    """Where one kind is named, no side that settles an aspect for the other kind is what is cited."""
    chosen = evidence(found, REAL, frozenset([kind]))
    others = [
        frozenset(other)
        for parallel in REAL.parallels
        for kinds, other in zip(parallel.kinds, reversed(parallel.sides), strict=True)
        if kind in kinds
    ]

    assert frozenset(chosen.clauses) not in others


def test_the_only_guess_is_cited() -> None:
    """One guess is cited in its own order, for certain, with what limits it."""
    found = [guess(0.7, "p/c", "p/a", limits=("p/h",)), guess(0.3)]

    assert evidence(found, guideline_of(), NO_KIND) == Evidence(("p/c", "p/a"), ("p/h",), 1.0)


def test_a_likely_guess_is_not_watered_down() -> None:
    """What is much more likely than the rest is cited without it."""
    chosen = evidence([guess(0.9, "p/a"), guess(0.1, "p/b")], guideline_of(), NO_KIND)

    assert chosen.clauses == ("p/a",)
    assert chosen.probability == pytest.approx(0.9)


def test_two_that_come_close_are_both_cited() -> None:
    """Two sets that are about as likely are cited together: either may be the whole answer."""
    chosen = evidence([guess(0.5, "p/a"), guess(0.5, "p/b")], guideline_of(b=3), NO_KIND)

    assert set(chosen.clauses) == {"p/a", "p/b"}
    assert chosen.probability == pytest.approx(1)


def test_a_long_clause_beside_the_point_is_left_out() -> None:
    """A second clause that is as likely as not costs more, the longer it is."""
    found = [guess(0.6, "p/a"), guess(0.4, "p/b")]

    assert evidence(found, guideline_of(a=100, b=1), NO_KIND).clauses == ("p/a", "p/b")
    assert evidence(found, guideline_of(a=1, b=100), NO_KIND).clauses == ("p/a",)


def test_a_set_gathers_what_stands_in_it() -> None:
    """A list that holds each of several likely clauses is cited though each alone is likelier."""
    found = [
        guess(0.26, "p/a"),
        guess(0.25, "p/b"),
        guess(0.25, "p/c"),
        guess(0.24, "p/a", "p/b", "p/c"),
    ]

    assert evidence(found, guideline_of(), NO_KIND).clauses == ("p/a", "p/b", "p/c")


def test_a_limit_that_is_cited_anyway_limits_nothing() -> None:
    """A clause is either cited or a limit; what limits guesses that are not cited is left out."""
    found = [guess(0.9, "p/a", "p/b", limits=("p/a", "p/h")), guess(0.1, "p/c", limits=("p/d",))]
    chosen = evidence(found, guideline_of(), NO_KIND)

    assert (chosen.clauses, chosen.limits) == (("p/a", "p/b"), ("p/h",))


@pytest.mark.parametrize(("kind", "cited"), [("甲", "p/a"), ("乙", "p/b"), ("丙", "p/b")])
def test_the_kind_that_is_named_decides(kind: str, cited: str) -> None:
    """A question about one kind is answered with its side, however likely the other seems."""
    found = [guess(0.7, "p/a"), guess(0.3, "p/b")]

    for ranked in (found, [replace(g, probability=1 - g.probability) for g in found[::-1]]):
        assert evidence(ranked, kinds_apart(), frozenset([kind])) == Evidence((cited,), (), 1.0)


def test_the_other_side_is_taken_out_of_both() -> None:
    """A set that holds both sides loses the one that is not asked for."""
    found = [guess(1.0, "p/a", "p/b", "p/h")]

    assert evidence(found, kinds_apart(), frozenset(["乙"])).clauses == ("p/b", "p/h")


@pytest.mark.parametrize("kinds", [NO_KIND, frozenset(["丁"]), frozenset(["甲", "丙"])])
def test_no_kind_or_both_get_both_sides(kinds: frozenset[str]) -> None:
    """A question that names neither kind, or both, is answered for both."""
    for side in SIDES[1]:
        chosen = evidence([guess(1.0, *side)], kinds_apart(), kinds)
        assert set(chosen.clauses) == {*SIDES[1][0], *SIDES[1][1]}


def test_sides_apart_unless_both_are_named() -> None:
    """Without `together` a question that names neither kind is answered with the side it is about."""
    guideline = kinds_apart(together=False)
    found = [guess(1.0, "p/a")]

    assert evidence(found, guideline, NO_KIND).clauses == ("p/a",)
    assert set(evidence(found, guideline, frozenset(["甲", "乙"])).clauses) == {"p/a", "p/b"}


@pytest.mark.parametrize(("kind", "other"), [("平台", "8/"), ("群聚", "3/")])
def test_the_criteria_of_both_kinds_shrink_to_those_asked_for(kind: str, other: str) -> None:
    """All criteria of both kinds are, for one kind, its own criteria and none of the other's."""
    groups = {group.id: group for group in REAL.groups}
    both = (*groups["criteria-platform"].clauses, *groups["criteria-cluster"].clauses)
    chosen = evidence([guess(1.0, *both)], REAL, frozenset([kind]))

    assert [i for i in chosen.clauses if i.startswith(f"{PROGRAMME}/{other}")] == []


def test_the_conditions_of_both_classes_shrink_to_those_asked_for() -> None:
    """All conditions of A類 and B類 are, for A類, its own three."""
    groups = {group.id: group for group in REAL.groups}
    both = (*groups["track-a"].clauses, *groups["track-b"].clauses)

    assert evidence([guess(1.0, *both)], REAL, frozenset(["A類"])).clauses == groups["track-a"].clauses


def cited(ask: Ask, question: str) -> set[str]:
    """The clauses cited for a question, without the programme's name."""
    return {c.clause_id.removeprefix(f"{PROGRAMME}/") for c in ask(question).citations}


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("B類至少要幾家中小企業", {"7/B/1"}),
        ("A類至少要幾家中小企業", {"7/A/1"}),
        ("A跟B類的家數門檻差在哪", {"7/A/1", "7/B/1"}),
        ("AB類至少各要幾家", {"7/A/1", "7/B/1"}),
        ("重新申請至少要幾家中小企業", {"7/A/1", "7/B/1"}),
        ("群聚輔導的簡報人員因故不能到場怎麼辦", {"6/1"}),
        ("擴散輔導的簡報人員因故不能到場怎麼辦", {"6/2"}),
        ("簡報的人如果不能出席怎麼辦", {"6/1", "6/2"}),
        ("平台的關鍵效益指標要怎樣", {"3/3"}),
        ("關鍵效益指標要怎樣", {"3/3", "8/3"}),
    ],
)
def test_real_questions_by_kind(ask: Ask, question: str, clauses: set[str]) -> None:
    """A question that names a kind is answered for that kind alone, any other for both."""
    assert cited(ask, question) == clauses


def test_a_side_that_no_guess_names_stands_in_the_order_of_the_guideline() -> None:
    """Clauses cited in place of the other kind's stand in the order of the text."""
    found = [guess(1.0, "p/d", "p/c")]

    assert evidence(found, kinds_apart(), frozenset(["乙"])).clauses == ("p/e", "p/f", "p/g")
