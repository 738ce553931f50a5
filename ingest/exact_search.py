"""
What the ranker says of a question of the bank that it may not learn from.

The searches of assistant.retrieve, with every row compared in place of Chroma's graph,
which cannot hide rows: exact, so that the same bank gives the same settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.index.kernel import KernelModel, TargetScores
from assistant.index.lexical import LexicalIndex
from assistant.index.words import Segmenter
from assistant.retrieve import EACH, union

Rows = NDArray[np.int64]
_BLOCK: Final = 256


@dataclass(frozen=True, slots=True)
class ExactSearch:
    """
    The three searches over texts that are all known: (n, d) unit `vectors`, and BM25 over each text's tokens.

    `tokens` are the words and the bigrams of each text.
    """

    vectors: NDArray[np.float32]
    words: LexicalIndex
    bigrams: LexicalIndex
    tokens: tuple[tuple[list[str], list[str]], ...]

    @classmethod
    def of(cls, texts: list[str], vectors: NDArray[np.float32], segmenter: Segmenter) -> ExactSearch:
        """Index texts and their vectors."""
        expanded = [segmenter.expand(text) for text in texts]
        tokens = tuple((segmenter.words(text), segmenter.bigrams(text)) for text in expanded)
        words, bigrams = (LexicalIndex.build([pair[kind] for pair in tokens]) for kind in (0, 1))
        return cls(vectors, words, bigrams, tokens)

    def candidates(self, asked: Rows, known: NDArray[np.bool_]) -> Iterator[Rows]:
        """For each row asked, what the searches find of the known rows but itself."""
        for at in range(0, len(asked), _BLOCK):
            block = asked[at : at + _BLOCK]
            cosines = self.vectors[block] @ self.vectors.T
            for row, cosine in zip(block.tolist(), cosines, strict=True):
                among = known.copy()
                among[row] = False
                dense = np.where(among, cosine, -np.inf)
                k = min(EACH, int(among.sum()))
                nearest = np.argpartition(-dense, k - 1)[:k] if k else np.zeros(0, dtype=np.int64)
                words, pairs = self.tokens[row]
                found = self.words.best(words, EACH, among), self.bigrams.best(pairs, EACH, among)
                yield union(nearest.tolist(), *(rows.tolist() for rows in found))

    def scores(
        self, model: KernelModel, asked: Rows, targets: int, known: NDArray[np.bool_] | None = None
    ) -> NDArray[np.float64]:
        """(asked, targets) scores of rows by what is learned from the known ones (all), never from themselves."""
        scored = self.scored(model, asked, known)
        return np.array([one.scores for one in scored]).reshape(len(asked), targets)

    def scored(
        self, model: KernelModel, asked: Rows, known: NDArray[np.bool_] | None = None
    ) -> Iterator[TargetScores]:
        """Each row as it is seen by what is learned from the known ones (all), never from itself."""
        known = np.ones(len(self.vectors), dtype=np.bool_) if known is None else known
        for row, rows in zip(asked.tolist(), self.candidates(asked, known), strict=True):
            yield model.score(model.samples.feature(row), rows)
