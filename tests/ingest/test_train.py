"""The ranker is learned without chance, and judged by questions that it has not seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.index.targets import TargetKind
from assistant.index.words import Segmenter
from ingest import train as training
from ingest.bank import Bank, read_bank
from ingest.guideline import load_guideline
from ingest.train import FALSE_ANSWERS, RIDGE, TEMPERATURES, Trained, train
from ingest.vector_cache import VectorCache
from tests.fakes import HashEmbedder

Train = Callable[[], Trained]


@pytest.fixture
def learn(programme: Path, segmenter: Segmenter, tmp_path: Path) -> Train:
    """Trains on the small programme as it is now."""

    def run() -> Trained:
        guideline = load_guideline(programme)
        cache = VectorCache(tmp_path / "vectors.npz", HashEmbedder())
        return train(read_bank(programme, guideline), guideline, segmenter, cache, lambda _: None)

    return run


def arrays_of(trained: Trained) -> dict[str, list[float]]:
    """Every array and figure of a model."""
    model, samples = trained.model, trained.model.samples
    arrays: dict[str, NDArray[Any]] = {
        "mean": model.space.mean,
        "idf": model.space.idf,
        "dense": samples.dense,
        "starts": samples.starts,
        "rows": samples.rows,
        "values": samples.values,
        "labels": model.labels,
        "coefficients": model.coefficients,
    }
    return {name: array.tolist() for name, array in arrays.items()} | {
        "settings": list(model.settings.values())
    }


def test_two_trainings_are_equal(learn: Train) -> None:
    """The same bank gives the same arrays, to the last bit; vectors kept from before make no difference."""
    first, second = learn(), learn()

    assert arrays_of(first) == arrays_of(second)
    assert (first.targets, first.accuracy, first.answered) == (
        second.targets,
        second.accuracy,
        second.answered,
    )


def test_every_leaf_is_a_target(learn: Train) -> None:
    """A leaf that the bank says nothing of is a target of its own, behind those of the bank."""
    targets = learn().targets

    assert [target.key for target in targets][-4:] == ["2/s1", "2/1/1", "2/1/2", "2/備註"]
    assert targets[-1].kind is TargetKind.CLAUSE
    assert targets[-1].clauses == ("night-market/2/備註",)
    assert len({target.key for target in targets}) == len(targets) == 13


def test_the_clauses_are_samples_too(learn: Train, programme: Path) -> None:
    """Each leaf's plain text and its own words lead to it, without a lead."""
    trained = learn()
    samples = trained.model.samples
    found = {
        (text, trained.targets[label].key)
        for text, label in zip(samples.texts, trained.model.labels, strict=True)
    }
    leaves = load_guideline(programme).leaves

    for leaf in leaves:
        key = leaf.id.removeprefix("night-market/")
        assert {(leaf.plain, key), (leaf.text, key)} <= found
    assert samples.leads[0] == "不可以轉讓。"
    assert set(samples.leads[-2 * len(leaves) :]) == {""}


def test_without_a_bank(learn: Train, programme: Path) -> None:
    """A programme without a bank is trained on its clauses alone, and answers whatever is asked."""
    for file in (programme / "questions.toml", programme / "gaps.toml", programme.parent / "outside.toml"):
        file.unlink()
    trained = learn()

    assert {target.kind for target in trained.targets} == {TargetKind.CLAUSE}
    assert trained.model.settings["threshold"] == 0.0
    assert trained.answered == 1.0


def test_settings_are_those_of_the_grid(learn: Train) -> None:
    """The temperature is one of those tried; the threshold is a probability."""
    settings = learn().model.settings

    assert settings["temperature"] in TEMPERATURES
    assert 0.0 <= settings["threshold"] <= 1.0


def kernels(seed: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """A kernel of 12 random questions, and which of 4 targets each has."""
    chance = np.random.default_rng(seed)
    rows = chance.normal(size=(12, 5))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.exp(2 * (rows @ rows.T - 1)), chance.integers(0, 4, 12)


@given(st.integers(0, 2**32))
def test_held_out_scores_are_those_of_a_model_without_the_question(seed: int) -> None:
    """The closed form of leaving one out equals fitting again without that question."""
    kernel, labels = kernels(seed)
    coefficients, held_out = training._ridge(np.array(kernel, order="F"), labels, 4)
    wanted = np.eye(4)[labels]
    for left in range(len(labels)):
        rest = [n for n in range(len(labels)) if n != left]
        fitted = np.linalg.solve(kernel[np.ix_(rest, rest)] + RIDGE * np.eye(len(rest)), wanted[rest])
        assert held_out[left] == pytest.approx(kernel[left, rest] @ fitted, abs=1e-6)
    assert (kernel + RIDGE * np.eye(12)) @ coefficients == pytest.approx(wanted, abs=1e-6)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=80), st.lists(st.integers(0, 10), max_size=5))
def test_threshold_keeps_false_answers_rare(silent: list[int], answerable: list[int]) -> None:
    """Of the questions that must not be answered, no more than FALSE_ANSWERS reach the threshold."""
    confidence = np.array([*silent, *answerable]) / 10
    kinds = np.array([False] * len(silent) + [True] * len(answerable))
    threshold = training.threshold_of(confidence, kinds)

    assert (confidence[~kinds] >= threshold).mean() <= FALSE_ANSWERS


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=80, unique=True))
def test_threshold_is_the_least(silent: list[int]) -> None:
    """Where one more question would still be few enough, the threshold is not above it."""
    confidence = np.sort(np.array(silent) / 1000)
    threshold = training.threshold_of(confidence, np.zeros(len(silent), dtype=bool))
    allowed = int(FALSE_ANSWERS * len(silent))

    assert (confidence >= threshold).sum() == allowed


def test_threshold_of_the_model(learn: Train) -> None:
    """In the trained model too, that share of the held-out gaps and strangers is answered at most."""
    trained = learn()
    answers = np.array([target.kind is TargetKind.CLAUSE for target in trained.targets])
    labels = trained.model.labels
    kernel = _kernel_of(trained)
    _, held_out = training._ridge(kernel.astype(np.float32), labels.astype(np.int64), len(trained.targets))
    confidence = training.softmax(held_out * trained.model.settings["temperature"])[:, answers].sum(axis=1)
    silent = confidence[~answers[labels]]

    assert len(silent) == 10
    rounding = 1e-6
    assert (silent >= trained.model.settings["threshold"] + rounding).mean() <= FALSE_ANSWERS


def _kernel_of(trained: Trained) -> NDArray[np.float64]:
    """The kernel of the samples with each other, by way of the stored model."""
    from assistant.index.features import FeatureVector
    from assistant.index.kernel import sharpened

    samples = trained.model.samples
    whole = np.zeros((len(samples.texts), len(trained.model.space.vocabulary)), dtype=np.float32)
    for term in range(whole.shape[1]):
        here = slice(samples.starts[term], samples.starts[term + 1])
        whole[samples.rows[here], term] = samples.values[here]
    rows = []
    for n in range(len(samples.texts)):
        (places,) = whole[n].nonzero()
        rows.append(samples.similarity(FeatureVector(samples.dense[n], places, whole[n, places])))
    return np.array(sharpened(np.stack(rows)), dtype=np.float64, order="F")


def test_more_questions_about_a_clause_help(programme: Path, segmenter: Segmenter, tmp_path: Path) -> None:
    """Training tells a question of the bank from a gap: each finds its own target again."""
    guideline = load_guideline(programme)
    bank: Bank = read_bank(programme, guideline)
    cache = VectorCache(tmp_path / "vectors.npz", HashEmbedder())
    trained = train(bank, guideline, segmenter, cache, lambda _: None)
    scores = _kernel_of(trained) @ trained.model.coefficients

    assert (
        scores.argmax(axis=1)[: len(bank.samples)].tolist()
        == trained.model.labels[: len(bank.samples)].tolist()
    )


def test_coefficients_solve_the_regression(learn: Train) -> None:
    """With the kernel of the samples, as it is computed at query time, the coefficients give ridge regression."""
    trained = learn()
    coefficients = trained.model.coefficients
    wanted = np.eye(len(trained.targets))[trained.model.labels]

    assert _kernel_of(trained) @ coefficients + RIDGE * coefficients == pytest.approx(wanted, abs=1e-4)


def test_it_says_what_it_learns(programme: Path, segmenter: Segmenter, tmp_path: Path) -> None:
    """Training says how many targets and questions it has."""
    said: list[str] = []
    guideline = load_guideline(programme)
    cache = VectorCache(tmp_path / "vectors.npz", HashEmbedder())
    train(read_bank(programme, guideline), guideline, segmenter, cache, said.append)

    assert said == ["learning 13 targets from 34 questions"]
