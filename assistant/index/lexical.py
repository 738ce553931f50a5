"""
BM25 over token lists: which documents a query finds.

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
B: Final = 0.5  # questions are short and of one style: less length normalisation than for web pages

# It logs its progress as debug messages, and sets its own level to show them.
logging.getLogger("bm25s").setLevel(logging.WARNING)


class LexicalIndex:
    """An immutable BM25 index over documents in a fixed order."""

    def __init__(self, bm25: bm25s.BM25) -> None:
        self._bm25 = bm25
        self._vocabulary = frozenset(bm25.vocab_dict)

    @classmethod
    def build(cls, documents: list[list[str]]) -> LexicalIndex:
        """Index the token lists; document i keeps place i."""
        bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
        bm25.index(documents, show_progress=False)
        return cls(bm25)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open what `save` wrote; OSError or ValueError if it is damaged."""
        return cls(bm25s.BM25.load(str(folder), mmap=True))

    def save(self, folder: Path) -> None:
        """Write the index into a new folder."""
        self._bm25.save(str(folder))

    def best(self, tokens: list[str], k: int, among: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """
        The places of the k documents of the highest score, best first, ties in document order.

        What shares no token with the query is not found; `among` (n,) says which documents may be.
        """
        known = [token for token in tokens if token in self._vocabulary]
        if not known:
            return np.zeros(0, dtype=np.int64)
        scores = self._bm25.get_scores(known)
        if among is not None:
            scores = np.where(among, scores, 0)
        least = np.partition(scores, -k)[-k] if k < len(scores) else 0
        found = np.flatnonzero(scores >= least if least > 0 else scores > 0)
        best: NDArray[np.int64] = found[np.argsort(-scores[found], kind="stable")][:k]
        return best
