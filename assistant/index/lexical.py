"""
BM25 over token lists: scores of every document for a query.

Lucene's variant of Okapi BM25 (Kamphuis et al. 2020, "Which BM25 do you mean?"),
computed by bm25s, exact and memory-mapped.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

import bm25s
import numpy as np
from numpy.typing import NDArray

K1: Final = 1.2
B: Final = 0.5  # clauses are short and of one style: less length normalisation than for web pages

# It logs its progress as debug messages, and sets its own level to show them.
logging.getLogger("bm25s").setLevel(logging.WARNING)


class LexicalIndex:
    """An immutable BM25 index over documents in a fixed order."""

    def __init__(self, bm25: bm25s.BM25, size: int) -> None:
        self._bm25, self.size = bm25, size
        self._vocabulary = frozenset(bm25.vocab_dict)

    @classmethod
    def build(cls, documents: list[list[str]]) -> LexicalIndex:
        """Index the token lists; document i keeps place i."""
        bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
        bm25.index(documents, show_progress=False)
        return cls(bm25, len(documents))

    @classmethod
    def load(cls, folder: Path, size: int) -> LexicalIndex:
        """Open what `save` wrote; OSError or ValueError if it is damaged."""
        return cls(bm25s.BM25.load(str(folder), mmap=True), size)

    def save(self, folder: Path) -> None:
        """Write the index into a new folder."""
        self._bm25.save(str(folder))

    def scores(self, tokens: list[str]) -> NDArray[np.float32]:
        """(n,) float32 BM25 scores in document order, 0 where nothing matches."""
        known = [token for token in tokens if token in self._vocabulary]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores(known).astype(np.float32)
        return scores
