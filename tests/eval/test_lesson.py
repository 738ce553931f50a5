"""Unlearning in closed form gives what learning again without the questions gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.config import ROOT
from assistant.index.targets import Target, TargetKind
from eval.heldout import folded, left_out, other_writers
from eval.lesson import Lesson
from ingest.bank import Sample
from ingest.guideline import load_guideline
from ingest.train import RIDGE

GUIDELINE = load_guideline(ROOT / "corpus" / "digital-cluster")
TARGETS = (
    Target("7/A/1", TargetKind.CLAUSE, ("digital-cluster/7/A/1",)),
    Target("6/s3", TargetKind.CLAUSE, ("digital-cluster/6/s3",)),
    Target("gap:c", TargetKind.GAP),
)


def _lesson(seed: int, n: int = 24, own: int = 2) -> tuple[Lesson, NDArray[np.float64]]:
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % len(TARGETS)
    points = rng.normal(size=(n, 3)) + 2 * np.eye(3)[labels]
    kernel = np.exp(-((points[:, None] - points[None]) ** 2).sum(axis=2) / 4)
    inverse = np.linalg.inv(kernel + RIDGE * np.eye(n))
    files = {0: "questions.toml", 1: "questions.toml", 2: "gaps.toml"}
    samples = tuple(Sample(f"q{i}", TARGETS[t].key, "", files[t], i) for i, t in enumerate(labels.tolist()))
    weights = inverse @ np.eye(len(TARGETS))[labels]
    asked = np.arange(n - own)
    return Lesson(TARGETS, samples, labels, asked, inverse, weights, GUIDELINE, ()), kernel


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.sets(st.integers(0, 23), min_size=1, max_size=20))
def test_without_is_learning_again(seed: int, places: set[int]) -> None:
    """The scores of held-out questions are those of a ridge regression on the rest alone."""
    lesson, kernel = _lesson(seed)
    held = np.array(sorted(places))
    rest = np.setdiff1d(np.arange(24), held)
    wanted = np.eye(len(TARGETS))[lesson.labels[rest]]
    again = kernel[np.ix_(held, rest)] @ np.linalg.solve(
        kernel[np.ix_(rest, rest)] + RIDGE * np.eye(len(rest)), wanted
    )

    assert np.allclose(again, lesson.without(held), atol=1e-8)


def test_without_itself_holds_out_one_question_at_a_time() -> None:
    """Leaving out one is holding out a set of one, for every question of the bank."""
    lesson, _ = _lesson(7)
    one_by_one = np.vstack([lesson.without(np.array([place])) for place in lesson.asked])

    assert np.allclose(one_by_one, lesson.without_itself())


def test_every_question_of_the_bank_is_decided_once() -> None:
    """The clauses' own words are never held out, and the order of the bank is kept."""
    lesson, _ = _lesson(3)

    assert [s.text for s in lesson.samples[:22]] == [one.sample.text for one in left_out(lesson)]
    assert [s.text for s in lesson.samples[:22]] == [one.sample.text for one in folded(lesson, 4)]


@pytest.mark.parametrize("later", [True, False])
def test_other_writers_hold_out_their_part_of_the_clause_questions(later: bool) -> None:
    """A part is the questions of questions.toml on one side of a line; gaps stay learned."""
    lesson, _ = _lesson(5, own=0)
    decided = other_writers(lesson, 12, later=later)

    assert {one.sample.line >= 12 for one in decided} == {later}
    assert {one.sample.file for one in decided} == {"questions.toml"}
    assert {one.wanted.kind for one in decided} == {TargetKind.CLAUSE}
