"""
What the ranker learns from, made of the question bank at build time: no randomness.

Nothing is fitted: the ranker learns anew for each question. Only the softmax's
temperature, the threshold of abstention and how far from the bank a question may lie
are chosen here, on questions of the bank that are left out one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from assistant.domain import Guideline
from assistant.index.features import FeatureSpace, FeatureVector
from assistant.index.kernel import KernelModel, Samples, one_thread
from assistant.index.targets import Target, TargetKind, kinship_of, ours_of
from assistant.index.words import Segmenter
from ingest.bank import Bank, Sample
from ingest.exact_search import ExactSearch
from ingest.vector_cache import VectorCache

TEMPERATURES: Final = (8.0, 10.0, 12.0, 15.0, 18.0, 22.0, 27.0, 33.0, 40.0)
# Of the questions that the guideline does not answer, the share that may be answered all the same.
FALSE_ANSWERS: Final = 0.08
# Of our questions, the share that lies near enough to be answered, and to be told that the text is silent.
ANSWERED_WITHIN: Final = 0.98
SILENT_WITHIN: Final = 0.9
# So many of the bank's questions settle both to about a hundredth; more take a build minutes.
_ASKED: Final = 3000


@dataclass(frozen=True, slots=True)
class Trained:
    """What was learned, and what leaving out one by one says of it."""

    targets: tuple[Target, ...]
    search: ExactSearch
    model: KernelModel
    accuracy: float
    answered: float


def train(
    bank: Bank, guideline: Guideline, segmenter: Segmenter, cache: VectorCache, say: Callable[[str], None]
) -> Trained:
    """
    Prepare a bank for the ranker, with the words of the clauses themselves, and choose its settings.

    A leaf that the bank says nothing of is still a target, so that a programme
    without a bank works, only worse.
    """
    one_thread()
    targets, samples = samples_of(bank, guideline)
    say(f"learning {len(targets)} targets from {len(samples)} questions")
    model, search = model_of(targets, samples, segmenter, cache, say)
    every = -(-len(samples) // _ASKED)
    asked = np.arange(0, len(samples), every)
    scored = list(search.scored(model, asked))
    held_out = np.array([one.scores for one in scored])
    labels = model.samples.labels[asked]
    temperature = min(TEMPERATURES, key=lambda t: log_loss(held_out * t, labels))
    answers = np.array([target.kind is TargetKind.CLAUSE for target in targets])
    confidence = softmax(held_out * temperature)[:, answers].sum(axis=1)
    threshold = threshold_of(confidence, answers[labels])
    novelty = np.array([one.novelty for one in scored])[model.ours[labels]]
    return Trained(
        targets=targets,
        search=search,
        model=replace(
            model,
            settings={
                "temperature": temperature,
                "threshold": threshold,
                "answered_within": float(np.quantile(novelty, ANSWERED_WITHIN)),
                "silent_within": float(np.quantile(novelty, SILENT_WITHIN)),
            },
        ),
        accuracy=float((held_out.argmax(axis=1) == labels).mean()),
        answered=float((confidence >= threshold)[answers[labels]].mean()),
    )


def model_of(
    targets: tuple[Target, ...],
    samples: list[Sample],
    segmenter: Segmenter,
    cache: VectorCache,
    say: Callable[[str], None],
) -> tuple[KernelModel, ExactSearch]:
    """The samples with their features, without settings; and how they are found."""
    place = {target.key: i for i, target in enumerate(targets)}
    texts = [sample.text for sample in samples]
    vectors = cache.embed(texts, say)
    space = FeatureSpace.learn(texts, vectors, segmenter)
    features = [space.vector(text, vector, segmenter) for text, vector in zip(texts, vectors, strict=True)]
    model = KernelModel(
        space,
        Samples(
            tuple(texts),
            np.array([place[sample.target] for sample in samples], dtype=np.int32),
            np.stack([feature.dense for feature in features]),
            stacked(features, len(space.vocabulary)),
        ),
        kinship_of(targets),
        ours_of(targets),
        {},
    )
    return model, ExactSearch.of(texts, vectors, segmenter)


def samples_of(bank: Bank, guideline: Guideline) -> tuple[tuple[Target, ...], list[Sample]]:
    """The targets and questions of a bank, with each leaf's own words as questions for it."""
    targets = {target.key: target for target in bank.targets}
    samples = list(bank.samples)
    for leaf in guideline.leaves:
        key = leaf.id.removeprefix(f"{guideline.source.programme}/")
        targets.setdefault(key, Target(key, TargetKind.CLAUSE, (leaf.id,)))
        samples += [Sample(text, key, guideline.source.file, leaf.line) for text in (leaf.plain, leaf.text)]
    return tuple(targets.values()), samples


def stacked(features: list[FeatureVector], terms: int) -> scipy.sparse.csr_matrix:
    """(n, terms) sparse parts."""
    ends = np.cumsum([0, *(len(feature.places) for feature in features)])
    places = np.concatenate([feature.places for feature in features])
    values = np.concatenate([feature.values for feature in features])
    return scipy.sparse.csr_matrix((values, places, ends), shape=(len(features), terms))


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, targets) probabilities, each row adding up to 1."""
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities: NDArray[np.float64] = weights / weights.sum(axis=1, keepdims=True)
    return probabilities


def log_loss(scores: NDArray[np.float64], labels: NDArray[np.integer]) -> float:
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
