"""
A question -> what answers it, with calibrated probabilities.

A kernel model learned from the question bank (see ingest.train) scores every target;
a softmax with the temperature that cross-validation chose turns scores into
probabilities. The bank's questions that lie nearest say why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.index.kernel import KernelModel
from assistant.index.store import Index
from assistant.index.targets import Target, TargetKind

_NEIGHBOURS: Final = 8


@dataclass(frozen=True, slots=True)
class Guess:
    """A target and the probability that it is the right one."""

    target: Target
    probability: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a message, as a question that stands alone; the weights of all ways add up to 1."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A question of the bank near to the one asked: its lead and target, and the similarity up to 1."""

    text: str
    lead: str
    target: Target
    similarity: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """
    Every target, most probable first; ties in the order of the bank.

    `kinds` sums the probabilities by kind of target, `threshold` is the least
    `answerable` at which an answer is given, `neighbours` the nearest questions first.
    """

    guesses: tuple[Guess, ...]
    kinds: Mapping[TargetKind, float]
    threshold: float
    neighbours: tuple[Neighbour, ...] = ()

    @property
    def answerable(self) -> float:
        """The probability that the guideline answers the question."""
        return self.kinds.get(TargetKind.CLAUSE, 0.0)

    def best(self, kind: TargetKind) -> Guess | None:
        """The most probable target of one kind."""
        return next((guess for guess in self.guesses if guess.target.kind is kind), None)


class Ranker:
    """Ranks the targets of one index; safe to call from several threads."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._model: KernelModel = index.model

    def rank(self, *readings: Reading) -> Ranking:
        """The ranking for a cleaned message; `neighbours` are those of its last reading."""
        scores = np.zeros(len(self._index.targets))
        similarity = np.zeros(0, dtype=np.float32)
        for reading in readings:
            vector = np.asarray(self._index.embed_query(reading.text), dtype=np.float32)
            features = self._model.space.vector(reading.text, vector, self._index.segmenter)
            similarity = self._model.samples.similarity(features)
            scores += reading.weight * self._model.scores(similarity)
        scores *= self._model.settings["temperature"]
        weights = np.exp(scores - scores.max())
        probabilities = weights / weights.sum()
        order = np.argsort(-probabilities, kind="stable")
        guesses = tuple(Guess(self._index.targets[i], float(probabilities[i])) for i in order)
        kinds: defaultdict[TargetKind, float] = defaultdict(float)
        for guess in guesses:
            kinds[guess.target.kind] += guess.probability
        return Ranking(
            guesses, dict(kinds), self._model.settings["threshold"], tuple(self._neighbours(similarity))
        )

    def _neighbours(self, similarity: NDArray[np.float32]) -> Iterator[Neighbour]:
        samples = self._model.samples
        for i in np.argsort(-similarity, kind="stable")[:_NEIGHBOURS]:
            target = self._index.targets[self._model.labels[i]]
            yield Neighbour(samples.texts[i], samples.leads[i], target, float(similarity[i]))
