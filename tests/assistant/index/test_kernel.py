"""The ranker's model learns from the rows it is given and no others, and is the same after it was stored."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse
from numpy.typing import NDArray

from assistant.index.features import TOTAL_WEIGHT, FeatureSpace, FeatureVector
from assistant.index.kernel import KIN, RIDGE, SHARPNESS, KernelModel, Samples
from assistant.index.targets import Target, TargetKind, kinship_of, ours_of
from assistant.index.words import Segmenter
from tests.fakes import HashEmbedder

TEXTS = ("押金多少", "押金可以退嗎", "攤位怎麼分配", "攤位可以讓給朋友嗎")
ALL = np.arange(len(TEXTS))
TARGETS = (
    Target("1", TargetKind.CLAUSE, ("p/1",)),
    Target("1+2", TargetKind.CLAUSE, ("p/1", "p/2")),
    Target("gap:transfer", TargetKind.GAP),
)
DIMENSIONS = 16


def row_of(text: str) -> NDArray[np.float32]:
    """The (d,) vector of a text."""
    return np.array(HashEmbedder(dimensions=DIMENSIONS).embed_query(text), dtype=np.float32)


@pytest.fixture(scope="module")
def space(segmenter: Segmenter) -> FeatureSpace:
    """What is learned of the questions."""
    return FeatureSpace.learn(TEXTS, np.stack([row_of(text) for text in TEXTS]), segmenter)


@pytest.fixture(scope="module")
def model(space: FeatureSpace, segmenter: Segmenter) -> KernelModel:
    """A model of four questions and three targets."""
    features = [space.vector(text, row_of(text), segmenter) for text in TEXTS]
    sparse = np.zeros((len(TEXTS), len(space.vocabulary)), dtype=np.float32)
    for n, feature in enumerate(features):
        sparse[n, feature.places] = feature.values
    samples = Samples(
        TEXTS,
        np.array([0, 0, 1, 2], dtype=np.int32),
        np.stack([feature.dense for feature in features]),
        scipy.sparse.csr_matrix(sparse),
    )
    return KernelModel(
        space, samples, kinship_of(TARGETS), ours_of(TARGETS), {"temperature": 12.0, "threshold": 0.25}
    )


def slow_similarity(space: FeatureSpace, one: FeatureVector, other: FeatureVector) -> float:
    """The product of two whole feature vectors, over that of a vector with itself."""

    def whole(vector: FeatureVector) -> NDArray[np.float64]:
        sparse = np.zeros(len(space.vocabulary))
        sparse[vector.places] = vector.values
        return np.concatenate([vector.dense, sparse])

    return float(whole(one) @ whole(other) / TOTAL_WEIGHT)


@pytest.mark.parametrize("question", [*TEXTS, "押金會退嗎", "🍜", ""])
def test_similarity_is_a_product(
    model: KernelModel, space: FeatureSpace, segmenter: Segmenter, question: str
) -> None:
    """Rows and question are compared by the product of their whole feature vectors, in the order given."""
    rows = np.array([2, 0, 3])
    asked = space.vector(question, row_of(question), segmenter)
    compared = [*(model.samples.feature(int(row)) for row in rows), asked]

    assert model.samples.similarities(asked, rows) == pytest.approx(
        np.array([[slow_similarity(space, one, other) for other in compared] for one in compared]), abs=1e-5
    )


def test_a_question_is_most_like_itself(
    model: KernelModel, space: FeatureSpace, segmenter: Segmenter
) -> None:
    """The similarity of a sample with itself is 1, and no other's is as high."""
    for n, text in enumerate(TEXTS):
        similarity = model.score(space.vector(text, row_of(text), segmenter), ALL).similarity

        assert similarity[n] == pytest.approx(1.0, abs=1e-5)
        assert similarity.argmax() == n


@pytest.mark.parametrize("rows", [[0, 1, 2, 3], [1, 3], [2], [3, 0, 1]])
def test_scores_are_those_of_ridge_regression(
    model: KernelModel, space: FeatureSpace, segmenter: Segmenter, rows: list[int]
) -> None:
    """Each target has what the regression on those rows alone says of the question, and a part of its kin's."""
    asked = space.vector("押金會退嗎", row_of("押金會退嗎"), segmenter)
    compared = [*(model.samples.feature(row) for row in rows), asked]
    similarity = np.array([[slow_similarity(space, one, other) for other in compared] for one in compared])
    kernel = np.exp(SHARPNESS * (similarity - 1))
    labels = model.samples.labels[rows]
    wanted = np.eye(3)[labels]
    fitted = np.linalg.solve(kernel[:-1, :-1] + RIDGE * np.eye(len(rows)), wanted)
    own = kernel[-1, :-1] @ fitted
    expected = own + KIN * 0.5 * np.array([own[1], own[0], 0])

    assert model.score(asked, np.array(rows)).scores == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("rows", [[0, 1, 2, 3], [3, 0, 1], [2]])
def test_novelty_is_the_variance_left_by_ours(
    model: KernelModel, space: FeatureSpace, segmenter: Segmenter, rows: list[int]
) -> None:
    """What the rows of this programme leave unexplained of a question; those of others explain nothing."""
    outside = replace(model, ours=np.array([True, True, False]))
    asked = space.vector("押金會退嗎", row_of("押金會退嗎"), segmenter)
    known = [row for row in rows if model.samples.labels[row] != 2]
    compared = [*(model.samples.feature(row) for row in known), asked]
    similarity = np.array([[slow_similarity(space, one, other) for other in compared] for one in compared])
    kernel = np.exp(SHARPNESS * (similarity - 1))
    left = np.linalg.solve(kernel[:-1, :-1] + RIDGE * np.eye(len(known)), kernel[-1, :-1])

    scored = outside.score(asked, np.array(rows))
    assert scored.novelty == pytest.approx(1 - float(kernel[-1, :-1] @ left), abs=1e-4)
    assert scored.scores == pytest.approx(model.score(asked, np.array(rows)).scores, abs=1e-4)


def test_without_rows_all_is_new(model: KernelModel, space: FeatureSpace, segmenter: Segmenter) -> None:
    """Where nothing was found nothing is explained."""
    asked = space.vector("🍜", row_of("🍜"), segmenter)

    assert model.score(asked, np.array([], dtype=np.int64)).novelty == 1.0


def test_stored_and_opened(
    model: KernelModel, space: FeatureSpace, segmenter: Segmenter, tmp_path: Path
) -> None:
    """A model that was saved and opened scores a question the same, to the half float that it is kept in."""
    model.save(tmp_path / "model")
    opened = KernelModel.load(tmp_path / "model", TARGETS)
    asked = space.vector("押金會退嗎", row_of("押金會退嗎"), segmenter)
    again = opened.space.vector("押金會退嗎", row_of("押金會退嗎"), segmenter)

    assert again.places.tolist() == asked.places.tolist()
    assert again.values.tolist() == asked.values.tolist()
    assert opened.score(again, ALL).scores == pytest.approx(model.score(asked, ALL).scores, abs=2e-3)
    assert opened.samples.texts == model.samples.texts
    assert opened.samples.labels.tolist() == model.samples.labels.tolist()
    assert opened.settings == model.settings


def test_a_model_stores_the_same_each_time(model: KernelModel, tmp_path: Path) -> None:
    """Opening and saving again changes nothing."""
    model.save(tmp_path / "one")
    KernelModel.load(tmp_path / "one", TARGETS).save(tmp_path / "two")

    assert (tmp_path / "one" / "model.json").read_bytes() == (tmp_path / "two" / "model.json").read_bytes()
    with np.load(tmp_path / "one" / "arrays.npz") as one, np.load(tmp_path / "two" / "arrays.npz") as two:
        assert {name: array.tolist() for name, array in one.items()} == {
            name: array.tolist() for name, array in two.items()
        }


def test_nothing_is_pickled(model: KernelModel, tmp_path: Path) -> None:
    """The files are plain arrays and JSON that say what they hold."""
    model.save(tmp_path / "model")

    assert {path.name for path in (tmp_path / "model").iterdir()} == {"arrays.npz", "model.json"}
    assert json.loads((tmp_path / "model" / "model.json").read_text(encoding="utf8"))["texts"] == list(TEXTS)
    with np.load(tmp_path / "model" / "arrays.npz", allow_pickle=False) as arrays:
        assert all(array.dtype.kind in "fi" for array in arrays.values())
