"""
A question bank as the ranker learns it, kept so that any of its questions can be unlearned.

Kernel ridge regression has its held-out scores in closed form: with A the inverse
of the ridged kernel, Y the wanted scores and a = A Y, a model that never saw the
questions F scores them Y_F - (A_FF)^-1 a_F (Rifkin and Lippert 2007). One inverse
serves leaving out one question, a fold, or everything that other writers asked.
Only the space of features (mean and idf) has seen all texts; it knows no targets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.linalg
import scipy.sparse
from numpy.typing import NDArray

from assistant.domain import Guideline
from assistant.index.features import DENSE_WEIGHT, TOTAL_WEIGHT, FeatureSpace, FeatureVector
from assistant.index.kernel import sharpened
from assistant.index.targets import Target, TargetKind
from assistant.index.words import Segmenter
from ingest.bank import Bank, Sample
from ingest.train import RIDGE, samples_of, stacked
from ingest.vector_cache import VectorCache

DENSE: Final = "dense"
# The blocks of the features: how the terms of each begin.
BLOCKS: Final = {DENSE: "dense:", "characters": "c:", "words": "w:"}
Floats = NDArray[np.floating[Any]]
Scores = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """
    A bank as the ranker learns it, and the inverse of its ridged kernel.

    `asked` are the places of the bank's own questions among the samples; the others
    are the clauses' own words and are never held out. `guideline` and `contrasts` say
    what is cited for the targets.
    """

    targets: tuple[Target, ...]
    samples: tuple[Sample, ...]
    labels: Places
    asked: Places
    inverse: Floats
    weights: Floats
    guideline: Guideline
    contrasts: tuple[Mapping[str, str], ...]

    @property
    def answerable(self) -> NDArray[np.bool_]:
        """(targets,) which targets are clauses."""
        return np.array([target.kind is TargetKind.CLAUSE for target in self.targets])

    def without(self, held: Places) -> Scores:
        """(held, targets) the scores of questions by a model that learned from all the others."""
        block = self.inverse[np.ix_(held, held)]
        wanted = np.eye(len(self.targets), dtype=np.float32)[self.labels[held]]
        lost = scipy.linalg.cho_solve(
            scipy.linalg.cho_factor(block, lower=True, overwrite_a=True), self.weights[held]
        )
        return np.asarray(wanted - lost, dtype=np.float64)

    def without_itself(self) -> Scores:
        """(asked, targets) the score of each question by a model that learned from all others but it."""
        wanted = np.eye(len(self.targets), dtype=np.float32)[self.labels[self.asked]]
        alone = self.weights[self.asked] / np.diag(self.inverse)[self.asked, None]
        return np.asarray(wanted - alone, dtype=np.float64)


def learn(
    bank: Bank,
    guideline: Guideline,
    contrasts: tuple[Mapping[str, str], ...],
    segmenter: Segmenter,
    cache: VectorCache,
    say: Callable[[str], None],
    without: str = "",
) -> Lesson:
    """
    Learn a bank just as ingest.train does, and keep the inverse (n² numbers of 4 bytes).

    `without` names a block of the features that is left out, a key of BLOCKS; the
    others then make up the whole similarity.
    """
    targets, samples = samples_of(bank, guideline)
    place = {target.key: i for i, target in enumerate(targets)}
    labels = np.array([place[sample.target] for sample in samples])
    texts = [sample.text for sample in samples]
    vectors = cache.embed(texts, say)
    space = FeatureSpace.learn(texts, vectors, segmenter)
    features = [space.vector(text, vector, segmenter) for text, vector in zip(texts, vectors, strict=True)]
    similarity = _similarity(features, space, without)
    ridged = sharpened(similarity)
    ridged[np.diag_indices_from(ridged)] += RIDGE
    inverse = _inverse(ridged)
    return Lesson(
        targets=targets,
        samples=tuple(samples),
        labels=labels,
        asked=np.arange(len(bank.samples)),
        inverse=inverse,
        weights=inverse @ np.eye(len(targets), dtype=np.float32)[labels],
        guideline=guideline,
        contrasts=contrasts,
    )


def _similarity(features: Sequence[FeatureVector], space: FeatureSpace, without: str) -> NDArray[np.float32]:
    """(n, n) similarities from -1 to 1 of all features but one block."""
    terms = sorted(space.vocabulary, key=space.vocabulary.__getitem__)
    kept = np.array([not without or not t.startswith(BLOCKS[without]) for t in terms], dtype=np.float32)
    sparse = stacked(list(features), len(terms)) @ scipy.sparse.diags_array(kept)
    similarity = (sparse @ sparse.T).toarray()
    if without == DENSE:
        return np.asarray(similarity / np.float32(TOTAL_WEIGHT - DENSE_WEIGHT**2))
    dense = np.stack([feature.dense for feature in features])
    similarity += dense @ dense.T
    return np.asarray(similarity / np.float32(TOTAL_WEIGHT - bool(without)))


def _inverse(ridged: Floats) -> Floats:
    factor, _ = scipy.linalg.cho_factor(ridged, lower=True, overwrite_a=True)
    lower, _ = scipy.linalg.lapack.spotri(factor, lower=1)
    lower = np.tril(lower)
    return np.asarray(lower + np.tril(lower, -1).T)
