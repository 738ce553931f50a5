"""
A question -> what answers it, with calibrated probabilities.

A kernel model learns from what retrieval found and scores its targets; a softmax with
the temperature that cross-validation chose (see ingest.train) turns scores into
probabilities. The questions of the bank that lie nearest say why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.index.targets import OURS, Target, TargetKind
from assistant.retrieve import HybridRetriever

_NEIGHBOURS: Final = 8


@dataclass(frozen=True, slots=True)
class Guess:
    """A target and the probability that it is the right one."""

    target: Target
    probability: float


@dataclass(frozen=True, slots=True)
class WeightedQuestion:
    """One way to read a message, as a question that stands alone; the weights of all ways add up to 1."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A question of the bank near to the one asked: its target, and the similarity up to 1."""

    text: str
    target: Target
    similarity: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """
    Every target, most probable first; ties in the order of the bank. None if nothing was found.

    `kinds` sums the probabilities by kind of target, `threshold` is the least
    `answerable` at which an answer is given, `neighbours` the nearest questions first. `familiar`
    says whether it lies near enough to this programme's questions to be answered, `ours` whether
    it is about the programme at all.
    """

    guesses: tuple[Guess, ...]
    kinds: Mapping[TargetKind, float]
    threshold: float
    neighbours: tuple[Neighbour, ...] = ()
    familiar: bool = True
    ours: bool = True

    @property
    def answerable(self) -> float:
        """The probability that the guideline answers the question."""
        return self.kinds.get(TargetKind.CLAUSE, 0.0)

    @property
    def elsewhere(self) -> float:
        """The probability that it is nothing of the programme: small talk, an attack, noise, another matter."""
        return sum(probability for kind, probability in self.kinds.items() if kind not in OURS)

    def best(self, kind: TargetKind) -> Guess | None:
        """The most probable target of one kind."""
        return next((guess for guess in self.guesses if guess.target.kind is kind), None)


class Ranker:
    """Ranks the targets of an index by what its retriever finds; safe to call from several threads."""

    def __init__(self, retriever: HybridRetriever) -> None:
        self._retriever, self._index = retriever, retriever.index

    def rank(self, *ways: WeightedQuestion) -> Ranking:
        """The ranking for a cleaned message; `neighbours` are those of the last way to read it."""
        model = self._index.model
        scores = np.zeros(len(self._index.targets))
        rows, similarity, novelty = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32), 1.0
        for way in ways:
            rows = self._retriever.search(way.text).rows
            if not len(rows):
                return Ranking((), {}, model.settings["threshold"])
            vector = np.asarray(self._index.embed_query(way.text), dtype=np.float32)
            scored = model.score(model.space.vector(way.text, vector, self._index.segmenter), rows)
            scores += way.weight * scored.scores
            similarity, novelty = scored.similarity, min(novelty, scored.novelty)
        scores *= model.settings["temperature"]
        weights = np.exp(scores - scores.max())
        probabilities = weights / weights.sum()
        order = np.argsort(-probabilities, kind="stable")
        guesses = tuple(Guess(self._index.targets[i], float(probabilities[i])) for i in order)
        kinds: defaultdict[TargetKind, float] = defaultdict(float)
        for guess in guesses:
            kinds[guess.target.kind] += guess.probability
        neighbours = tuple(self._neighbours(rows, similarity))
        return Ranking(
            guesses,
            dict(kinds),
            model.settings["threshold"],
            neighbours,
            familiar=novelty <= model.settings["answered_within"],
            ours=novelty <= model.settings["silent_within"],
        )

    def _neighbours(self, rows: NDArray[np.int64], similarity: NDArray[np.float32]) -> Iterator[Neighbour]:
        samples = self._index.model.samples
        for place in np.argsort(-similarity, kind="stable")[:_NEIGHBOURS]:
            row = rows[place]
            target = self._index.targets[samples.labels[row]]
            yield Neighbour(samples.texts[row], target, float(similarity[place]))
