"""
The ranker, learned from the question bank at build time: no randomness, under a minute.

Kernel ridge regression on one-hot targets (Rifkin, Yeo and Poggio 2003, "Regularized
least-squares classification") with a Gaussian kernel over the features. Its
leave-one-out scores have a closed form, so that every question is scored by a model
that has not seen it: from these the softmax's temperature and the threshold of
abstention are chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.linalg
import scipy.sparse
from numpy.typing import NDArray

from assistant.domain import Guideline
from assistant.index.features import TOTAL_WEIGHT, FeatureSpace, FeatureVector
from assistant.index.kernel import KernelModel, Samples, sharpened
from assistant.index.targets import Target, TargetKind
from assistant.index.words import Segmenter
from ingest.bank import Bank, Sample
from ingest.vector_cache import VectorCache

RIDGE: Final = 0.25
TEMPERATURES: Final = (8.0, 10.0, 12.0, 15.0, 18.0, 22.0, 27.0, 33.0, 40.0)
# Of the questions that the guideline does not answer, the share that may be answered all the same.
FALSE_ANSWERS: Final = 0.10
_BLOCK: Final = 512


@dataclass(frozen=True, slots=True)
class Trained:
    """The model, its targets, and what cross-validation says of it."""

    model: KernelModel
    targets: tuple[Target, ...]
    accuracy: float
    answered: float


def train(
    bank: Bank, guideline: Guideline, segmenter: Segmenter, cache: VectorCache, say: Callable[[str], None]
) -> Trained:
    """
    Fit the ranker on a bank, plus the words of the clauses themselves.

    A leaf that the bank says nothing of is still a target, so that a programme
    without a bank works, only worse.
    """
    targets, samples = samples_of(bank, guideline)
    place = {target.key: i for i, target in enumerate(targets)}
    labels = np.array([place[sample.target] for sample in samples])
    texts = [sample.text for sample in samples]
    vectors = cache.embed(texts, say)
    space = FeatureSpace.learn(texts, vectors, segmenter)
    features = [space.vector(text, vector, segmenter) for text, vector in zip(texts, vectors, strict=True)]
    say(f"learning {len(targets)} targets from {len(texts)} questions")
    sparse = stacked(features, len(space.vocabulary))
    dense = np.stack([feature.dense for feature in features])
    coefficients, held_out = _ridge(_kernel(dense, sparse), labels, len(targets))
    temperature = min(TEMPERATURES, key=lambda t: log_loss(held_out * t, labels))
    answers = np.array([target.kind is TargetKind.CLAUSE for target in targets])
    confidence = softmax(held_out * temperature)[:, answers].sum(axis=1)
    threshold = threshold_of(confidence, answers[labels])
    by_term = scipy.sparse.csc_matrix(sparse)
    return Trained(
        model=KernelModel(
            space,
            Samples(
                tuple(texts),
                tuple(sample.lead for sample in samples),
                dense,
                by_term.indptr.astype(np.int64),
                by_term.indices.astype(np.int32),
                by_term.data.astype(np.float32),
            ),
            labels.astype(np.int32),
            coefficients.astype(np.float32),
            {"temperature": temperature, "threshold": threshold},
        ),
        targets=targets,
        accuracy=float((held_out.argmax(axis=1) == labels).mean()),
        answered=float((confidence >= threshold)[answers[labels]].mean()),
    )


def samples_of(bank: Bank, guideline: Guideline) -> tuple[tuple[Target, ...], list[Sample]]:
    """The targets and questions of a bank, with each leaf's own words as questions for it."""
    targets = {target.key: target for target in bank.targets}
    samples = list(bank.samples)
    for leaf in guideline.leaves:
        key = leaf.id.removeprefix(f"{guideline.source.programme}/")
        targets.setdefault(key, Target(key, TargetKind.CLAUSE, (leaf.id,)))
        samples += [
            Sample(text, key, "", guideline.source.file, leaf.line) for text in (leaf.plain, leaf.text)
        ]
    return tuple(targets.values()), samples


def stacked(features: list[FeatureVector], terms: int) -> scipy.sparse.csr_matrix:
    """(n, terms) sparse parts."""
    ends = np.cumsum([0, *(len(feature.places) for feature in features)])
    places = np.concatenate([feature.places for feature in features])
    values = np.concatenate([feature.values for feature in features])
    return scipy.sparse.csr_matrix((values, places, ends), shape=(len(features), terms))


def _kernel(dense: NDArray[np.float32], sparse: scipy.sparse.csr_matrix) -> NDArray[np.float32]:
    """
    (n, n) kernel of all questions with each other, in Fortran order.

    Row by row block, since this is the largest thing that a build holds: 1 GB for 16,000 questions.
    Single precision suffices: the ridge keeps the matrix far from singular.
    """
    n = len(dense)
    kernel = np.empty((n, n), dtype=np.float32, order="F")
    by_question = sparse.T.tocsr()
    for at in range(0, n, _BLOCK):
        rows = slice(at, at + _BLOCK)
        similarity = dense[rows] @ dense.T + (sparse[rows] @ by_question).toarray()
        kernel[:, rows] = sharpened(similarity / np.float32(TOTAL_WEIGHT)).T
    return kernel


def _ridge(
    kernel: NDArray[np.float32], labels: NDArray[np.int64], targets: int
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """
    (n, targets) dual coefficients, and the (n, targets) scores each question gets when left out.

    The kernel is used up: factor and inverse take its place.
    """
    kernel[np.diag_indices_from(kernel)] += RIDGE
    wanted = np.eye(targets, dtype=np.float32)[labels]
    factor, _ = scipy.linalg.cho_factor(kernel, lower=True, overwrite_a=True)
    coefficients = scipy.linalg.cho_solve((factor, True), wanted)
    inverse, _ = scipy.linalg.lapack.spotri(factor, lower=1, overwrite_c=1)
    held_out = wanted - coefficients / np.diag(inverse)[:, None]
    return coefficients, held_out.astype(np.float64)


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, targets) probabilities, each row adding up to 1."""
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities: NDArray[np.float64] = weights / weights.sum(axis=1, keepdims=True)
    return probabilities


def log_loss(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """The mean negative log probability of the right targets."""
    probabilities = softmax(scores)[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(probabilities, 1e-12)).mean())


def threshold_of(confidence: NDArray[np.float64], answerable: NDArray[np.bool_]) -> float:
    """The least confidence at which no more than FALSE_ANSWERS of the unanswerable are answered."""
    unanswerable = np.sort(confidence[~answerable])
    if not len(unanswerable):
        return 0.0
    allowed = int(FALSE_ANSWERS * len(unanswerable))
    return float(np.nextafter(unanswerable[-1 - allowed], np.inf))
