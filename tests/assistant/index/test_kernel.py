"""The kernel model scores a question by the bank's questions, and is the same after it was stored."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.index.features import TOTAL_WEIGHT, FeatureSpace, FeatureVector
from assistant.index.kernel import SHARPNESS, KernelModel, Samples, sharpened
from assistant.index.words import Segmenter
from tests.fakes import HashEmbedder

TEXTS = ("押金多少", "押金可以退嗎", "攤位怎麼分配", "攤位可以讓給朋友嗎")
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
    """A model of four questions and three targets, with coefficients at random."""
    features = [space.vector(text, row_of(text), segmenter) for text in TEXTS]
    by_term = sorted(
        (int(place), n, float(value))
        for n, feature in enumerate(features)
        for place, value in zip(feature.places, feature.values, strict=True)
    )
    ends = np.cumsum([0, *np.bincount([place for place, _, _ in by_term], minlength=len(space.vocabulary))])
    return KernelModel(
        space,
        Samples(
            TEXTS,
            ("", "會退。", "", ""),
            np.stack([feature.dense for feature in features]),
            ends.astype(np.int64),
            np.array([n for _, n, _ in by_term], dtype=np.int32),
            np.array([value for _, _, value in by_term], dtype=np.float32),
        ),
        np.array([0, 0, 1, 2], dtype=np.int32),
        np.random.default_rng(5).normal(size=(4, 3)).astype(np.float32),
        {"temperature": 12.0, "threshold": 0.25},
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
    """A question's similarity to each sample is the product of their whole feature vectors."""
    asked = space.vector(question, row_of(question), segmenter)
    samples = [space.vector(text, row_of(text), segmenter) for text in TEXTS]

    assert model.samples.similarity(asked).tolist() == pytest.approx(
        [slow_similarity(space, asked, sample) for sample in samples], abs=1e-5
    )


def test_a_question_is_most_like_itself(
    model: KernelModel, space: FeatureSpace, segmenter: Segmenter
) -> None:
    """The similarity of a sample with itself is 1, and no other's is as high."""
    for n, text in enumerate(TEXTS):
        similarity = model.samples.similarity(space.vector(text, row_of(text), segmenter))

        assert similarity[n] == pytest.approx(1.0, abs=1e-5)
        assert similarity.argmax() == n


def test_sharpened() -> None:
    """The kernel is 1 for a question and itself, and falls with the distance."""
    kernel = sharpened(np.array([1.0, 0.5, -1.0], dtype=np.float32))

    assert kernel.tolist() == pytest.approx([1.0, np.exp(-SHARPNESS / 2), np.exp(-2 * SHARPNESS)])


def test_scores(model: KernelModel) -> None:
    """Scores are the kernel of the similarities times the coefficients."""
    similarity = np.array([1.0, 0.2, 0.0, -0.5], dtype=np.float32)
    by_hand = [
        sum(float(np.exp(SHARPNESS * (s - 1))) * float(c) for s, c in zip(similarity, column, strict=True))
        for column in model.coefficients.T
    ]

    assert model.scores(similarity).tolist() == pytest.approx(by_hand, rel=1e-5)


def test_stored_and_opened(
    model: KernelModel, space: FeatureSpace, segmenter: Segmenter, tmp_path: Path
) -> None:
    """A model that was saved and opened scores a question the same, to the half float that it is kept in."""
    model.save(tmp_path / "model")
    opened = KernelModel.load(tmp_path / "model")
    asked = space.vector("押金會退嗎", row_of("押金會退嗎"), segmenter)
    again = opened.space.vector("押金會退嗎", row_of("押金會退嗎"), segmenter)

    assert again.places.tolist() == asked.places.tolist()
    assert again.values.tolist() == asked.values.tolist()
    assert opened.scores(opened.samples.similarity(again)) == pytest.approx(
        model.scores(model.samples.similarity(asked)), abs=2e-3
    )
    assert (opened.samples.texts, opened.samples.leads) == (model.samples.texts, model.samples.leads)
    assert opened.labels.tolist() == model.labels.tolist()
    assert opened.settings == model.settings


def test_a_model_stores_the_same_each_time(model: KernelModel, tmp_path: Path) -> None:
    """Opening and saving again changes nothing."""
    model.save(tmp_path / "one")
    KernelModel.load(tmp_path / "one").save(tmp_path / "two")

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
