"""What is held out is learned from by nobody, and every question of the bank is held out once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.config import ROOT
from assistant.index.features import FeatureSpace
from assistant.index.kernel import KernelModel, Samples
from assistant.index.targets import Target, TargetKind, kinship_of, ours_of
from assistant.index.words import Segmenter
from eval.heldout import folded, left_out, other_writers
from eval.lesson import Lesson
from ingest.bank import Sample
from ingest.exact_search import ExactSearch
from ingest.guideline import load_guideline
from ingest.train import stacked
from tests.fakes import HashEmbedder

GUIDELINE = load_guideline(ROOT / "corpus" / "digital-cluster")
TARGETS = (
    Target("7/A/1", TargetKind.CLAUSE, ("digital-cluster/7/A/1",)),
    Target("6/s3", TargetKind.CLAUSE, ("digital-cluster/6/s3",)),
    Target("gap:c", TargetKind.GAP),
)
TOPICS = ("群聚要幾家企業", "簡報由誰來做", "有停車位嗎")
FILES = ("questions.toml", "questions.toml", "gaps.toml")


@pytest.fixture(scope="module")
def lesson(segmenter: Segmenter) -> Lesson:
    """Twenty-four questions on three targets; the last two stand for the clauses' own words."""
    return _lesson(segmenter)


@cache
def _lesson(segmenter: Segmenter) -> Lesson:
    labels = np.arange(24) % len(TARGETS)
    texts = [f"{TOPICS[t]}{chr(0x4E00 + n)}" for n, t in enumerate(labels.tolist())]
    vectors = np.array([HashEmbedder().embed_query(text) for text in texts], dtype=np.float32)
    space = FeatureSpace.learn(texts, vectors, segmenter)
    features = [space.vector(text, vector, segmenter) for text, vector in zip(texts, vectors, strict=True)]
    dense, sparse = np.stack([f.dense for f in features]), stacked(features, len(space.vocabulary))
    samples = Samples(tuple(texts), labels.astype(np.int32), dense, sparse)
    asked = tuple(
        Sample(text, TARGETS[t].key, FILES[t], n)
        for n, (text, t) in enumerate(zip(texts, labels.tolist(), strict=True))
    )
    search = ExactSearch.of(texts, vectors, segmenter)
    return Lesson(
        TARGETS,
        asked,
        22,
        KernelModel(space, samples, kinship_of(TARGETS), ours_of(TARGETS), {}),
        search,
        GUIDELINE,
        (),
    )


@settings(max_examples=20)
@given(st.sets(st.integers(0, 23), min_size=1, max_size=20))
def test_without_is_learning_from_the_rest(segmenter: Segmenter, places: set[int]) -> None:
    """The scores of held-out questions are those of the model by what is found among the rest."""
    lesson = _lesson(segmenter)
    held, model = np.array(sorted(places)), lesson.model
    rest = np.setdiff1d(np.arange(24), held)
    scores = lesson.without(held, held)

    for row, found in zip(held.tolist(), scores, strict=True):
        scored = model.score(model.samples.feature(row), rest)
        assert found == pytest.approx(scored.scores, abs=1e-4)


def test_without_itself_holds_out_one_question_at_a_time(lesson: Lesson) -> None:
    """Leaving out one is holding out a set of one, for every question of the bank."""
    one_by_one = np.vstack([lesson.without(place, place) for place in np.arange(lesson.asked)[:, None]])

    assert np.allclose(one_by_one, lesson.without_itself)


def test_every_question_of_the_bank_is_decided_once(lesson: Lesson) -> None:
    """The clauses' own words are never held out, and the order of the bank is kept."""
    assert [s.text for s in lesson.samples[:22]] == [one.sample.text for one in left_out(lesson)]
    assert [s.text for s in lesson.samples[:22]] == [one.sample.text for one in folded(lesson, 4)]


def test_of_a_large_bank_some_questions_are_held_out(lesson: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are spread over the whole bank, and decided as they are when all are held out: the others stay hidden."""
    every = {one.sample.text: one.first for one in folded(lesson, 4)}
    monkeypatch.setattr("eval.lesson.MOST_HELD", 8)
    few = folded(lesson, 4)

    assert [one.sample.line for one in few] == [0, 3, 6, 9, 12, 15, 18, 21]
    assert {one.sample.text: one.first for one in few}.items() <= every.items()
    assert len(left_out(replace(lesson))) == 8


@pytest.mark.parametrize("later", [True, False])
def test_other_writers_hold_out_their_part_of_the_clause_questions(lesson: Lesson, later: bool) -> None:
    """A part is the questions of questions.toml on one side of a line; gaps stay learned."""
    decided = other_writers(replace(lesson, asked=24), 12, later=later)

    assert {one.sample.line >= 12 for one in decided} == {later}
    assert {one.sample.file for one in decided} == {"questions.toml"}
    assert {one.wanted.kind for one in decided} == {TargetKind.CLAUSE}
