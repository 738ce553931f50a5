"""The ranker is learned without chance, and judged by questions that it has not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.index.kernel import KernelModel, TargetScores
from assistant.index.targets import TargetKind
from assistant.index.words import Segmenter
from ingest import train as training
from ingest.bank import read_bank
from ingest.exact_search import ExactSearch, Rows
from ingest.guideline import load_guideline
from ingest.train import FALSE_ANSWERS, TEMPERATURES, Trained, train
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
        "starts": samples.sparse.indptr,
        "places": samples.sparse.indices,
        "values": samples.sparse.data,
        "labels": samples.labels,
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
    """Each leaf's plain text and its own words lead to it."""
    trained = learn()
    samples = trained.model.samples
    found = {
        (text, trained.targets[label].key) for text, label in zip(samples.texts, samples.labels, strict=True)
    }
    leaves = load_guideline(programme).leaves

    for leaf in leaves:
        key = leaf.id.removeprefix("night-market/")
        assert {(leaf.plain, key), (leaf.text, key)} <= found


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


def held_out(trained: Trained) -> NDArray[np.float64]:
    """The scores of every sample by all others."""
    everything = np.arange(len(trained.model.samples.texts))
    return trained.search.scores(trained.model, everything, len(trained.targets))


def test_threshold_of_the_model(learn: Train) -> None:
    """In the trained model too, that share of the held-out gaps and strangers is answered at most."""
    trained = learn()
    answers = np.array([target.kind is TargetKind.CLAUSE for target in trained.targets])
    confidence = training.softmax(held_out(trained) * trained.model.settings["temperature"])
    silent = confidence[:, answers].sum(axis=1)[~answers[trained.model.samples.labels]]

    assert len(silent) == 10
    assert (silent >= trained.model.settings["threshold"]).mean() <= FALSE_ANSWERS


def test_the_temperature_fits_best(learn: Train) -> None:
    """Of the temperatures tried, the one is taken that gives the right targets the greatest probability."""
    trained = learn()
    losses = {t: training.log_loss(held_out(trained) * t, trained.model.samples.labels) for t in TEMPERATURES}

    assert trained.model.settings["temperature"] == min(losses, key=losses.__getitem__)
    assert trained.accuracy == (held_out(trained).argmax(axis=1) == trained.model.samples.labels).mean()


def test_a_large_bank_is_asked_in_part(learn: Train, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more questions than settle the figures, every second, third or n-th is asked."""
    monkeypatch.setattr(training, "_ASKED", 12)
    asked: list[int] = []
    scored = ExactSearch.scored

    def counted(self: ExactSearch, model: KernelModel, rows: Rows) -> Iterator[TargetScores]:
        asked.extend(rows.tolist())
        return scored(self, model, rows)

    monkeypatch.setattr(ExactSearch, "scored", counted)
    learn()

    assert asked == list(range(0, 34, 3))


def test_it_says_what_it_learns(programme: Path, segmenter: Segmenter, tmp_path: Path) -> None:
    """Training says how many targets and questions it has."""
    said: list[str] = []
    guideline = load_guideline(programme)
    cache = VectorCache(tmp_path / "vectors.npz", HashEmbedder())
    train(read_bank(programme, guideline), guideline, segmenter, cache, said.append)

    assert said == ["learning 13 targets from 34 questions"]
