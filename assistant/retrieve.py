"""
A question -> what is nearest to it of the bank's questions and the clauses' own words.

Three searches side by side: by meaning (Chroma), by words and by pairs of characters
(BM25). Whatever one of them finds is a candidate; the ranker learns from the
candidates and from nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import PrivateAttr

from assistant.domain import Guideline
from assistant.index.manifest import IndexUnusable
from assistant.index.store import Index

# How many each search finds; by cross-validation, see docs/decisions/kernel-ranker.md.
EACH: Final = 100


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows of the index's samples that each search found, best first; of `dense` with their cosines."""

    dense: Mapping[int, float]
    words: tuple[int, ...]
    bigrams: tuple[int, ...]

    def by_search(self) -> Mapping[str, Collection[int]]:
        """The rows by the name of the search."""
        return {"dense": self.dense, "words": self.words, "bigrams": self.bigrams}

    @property
    def rows(self) -> NDArray[np.int64]:
        """Every row that was found, each once, in the order of the samples."""
        return union(*self.by_search().values())


def union(*found: Iterable[int]) -> NDArray[np.int64]:
    """The rows of several searches, each once, in ascending order."""
    return np.array(sorted(set().union(*found)), dtype=np.int64)


class HybridRetriever(BaseRetriever):
    """A LangChain retriever over one index; `search` gives the candidates that the ranker learns from."""

    _index: Index = PrivateAttr()

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._index = index

    @property
    def index(self) -> Index:
        """The index that is searched."""
        return self._index

    @property
    def guideline(self) -> Guideline:
        """The guideline that is searched."""
        return self._index.guideline

    def search(self, question: str) -> Candidates:
        """
        The EACH best of every search for a cleaned question.

        Raises:
            IndexUnusable: the vectors cannot be reached, opened anew or not.
        """
        index = self._index
        size = len(index.model.samples.texts)
        looked_for = index.segmenter.expand(question)
        try:
            dense = index.vectors.nearest(index.embed_query(question), min(EACH, size))
        except (LookupError, OSError) as error:
            raise IndexUnusable(index.manifest.programme, f"cannot be searched ({error})") from error
        return Candidates(
            dense=dense,
            words=tuple(index.words.best(index.segmenter.words(looked_for), EACH).tolist()),
            bigrams=tuple(index.bigrams.best(index.segmenter.bigrams(looked_for), EACH).tolist()),
        )

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        """The texts nearest by meaning, with their targets and the clauses that these stand for."""
        del run_manager  # part of LangChain's signature
        samples, targets = self._index.model.samples, self._index.targets
        return [
            Document(
                id=str(row),
                page_content=samples.texts[row],
                metadata={
                    "target": targets[samples.labels[row]].key,
                    "clauses": list(targets[samples.labels[row]].clauses),
                    "cosine": cosine,
                },
            )
            for row, cosine in self.search(query).dense.items()
        ]
