"""
Question -> scored clauses: three rankings, fused, each clause carrying its scores by part.

Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009) over dense vectors, BM25
on words and BM25 on character bigrams. A clause has several indexed texts; in each
part it counts by its best one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import PrivateAttr

from assistant.domain import Guideline, PartScore, Passage
from assistant.index.store import Index

# The usual 60 is for rankings of thousands; a guideline has some fifty clauses.
RRF_K: Final = 10
WEIGHTS: Final[Mapping[str, float]] = {"dense": 1.0, "words": 1.0, "bigrams": 1.0}


class HybridRetriever(BaseRetriever):
    """A LangChain retriever over one index; `search` gives the passages with their reasons."""

    k: int = 8
    _index: Index = PrivateAttr()

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._index = index

    @property
    def guideline(self) -> Guideline:
        """The guideline that is searched."""
        return self._index.guideline

    def search(self, question: str, k: int | None = None) -> list[Passage]:
        """
        The k best leaf clauses for a cleaned question, best first, ties in document order.

        `score` is the fused score; `parts` holds "dense" (cosine), "words" and
        "bigrams" (BM25), each with its rank. A clause that a part does not find has
        no entry for it.
        """
        parts = {name: _ranked(scores) for name, scores in self._scores(question).items()}
        by_id = self._index.guideline.by_id
        passages = []
        for leaf in self._index.guideline.leaves:
            found = {name: ranked[leaf.id] for name, ranked in parts.items() if leaf.id in ranked}
            fused = sum(WEIGHTS[name] / (RRF_K + part.rank) for name, part in found.items())
            passages.append(Passage(by_id[leaf.id], fused, found))
        passages.sort(key=lambda passage: -passage.score)
        return passages[: k or self.k]

    def _scores(self, question: str) -> dict[str, dict[str, float]]:
        """Clause id -> best score over its documents, for each part."""
        index = self._index
        looked_for = index.segmenter.expand(question)
        nearest = index.vectors.nearest(list(index.embed_query(question)), len(index.documents))
        dense = {d.id: nearest[d.id] for d in index.documents if d.id in nearest}
        return {
            "dense": self._best(dense),
            "words": self._best(self._found(index.words.scores(index.segmenter.words(looked_for)))),
            "bigrams": self._best(self._found(index.bigrams.scores(index.segmenter.bigrams(looked_for)))),
        }

    def _found(self, scores: NDArray[Any]) -> dict[str, float]:
        return {d.id: float(s) for d, s in zip(self._index.documents, scores, strict=True) if s > 0}

    def _best(self, by_document: Mapping[str, float]) -> dict[str, float]:
        best: dict[str, float] = {}
        for document in self._index.documents:
            score = by_document.get(document.id)
            if score is not None and score > best.get(document.clause_id, float("-inf")):
                best[document.clause_id] = score
        return best

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        del run_manager  # part of LangChain's signature
        return [
            Document(
                id=passage.clause.id,
                page_content=passage.clause.text,
                metadata={
                    "label": passage.clause.label,
                    "score": passage.score,
                    **{name: part.score for name, part in passage.parts.items()},
                },
            )
            for passage in self.search(query)
        ]


def _ranked(scores: Mapping[str, float]) -> dict[str, PartScore]:
    """Scores with ranks from 1; equal scores keep document order."""
    ordered = sorted(scores, key=lambda key: -scores[key])
    return {key: PartScore(scores[key], rank) for rank, key in enumerate(ordered, 1)}
