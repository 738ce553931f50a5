"""Three rankings, fused by hand and by the retriever, agree; every passage tells its scores."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.retrievers import BaseRetriever

from assistant.domain import PartScore
from assistant.index.lexical import K1, B, LexicalIndex
from assistant.index.store import Document, Index
from assistant.index.vectors import VectorStore
from assistant.index.words import fold
from assistant.retrieve import RRF_K, WEIGHTS, HybridRetriever
from tests.fakes import HashEmbedder

QUESTIONS = [
    "押金可以退嗎",
    "攤位可以讓給朋友嗎",
    "用電上限",
    "申請書要寫什麼",
    "🍜",
    "deposit ＫＰＩ",
    "颱風天會開嗎",
]


class _SameVectors:
    """Stands in for a VectorStore: every document is as near as the next; `given` is what it was asked."""

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self._documents = documents
        self.given: list[tuple[list[float], int]] = []

    def nearest(self, vector: list[float], k: int) -> dict[str, float]:
        """Every document with similarity 0.5, in reverse."""
        self.given.append((vector, k))
        return {document.id: 0.5 for document in reversed(self._documents)}


def slow_bm25(documents: list[list[str]], query: list[str]) -> list[float]:
    """Lucene's BM25 of each document."""
    average = sum(map(len, documents)) / len(documents)
    scores = [0.0] * len(documents)
    for token in query:
        containing = sum(token in document for document in documents)
        for n, document in enumerate(documents):
            count = document.count(token)
            idf = math.log(1 + (len(documents) - containing + 0.5) / (containing + 0.5))
            scores[n] += idf * count / (count + K1 * (1 - B + B * len(document) / average))
    return scores


def slow_parts(index: Index, question: str) -> dict[str, dict[str, float]]:
    """Clause -> its best document's score for each part, computed the obvious way."""
    embedder, segmenter = HashEmbedder(), index.segmenter
    asked = embedder.embed_query(fold(question))
    looked_for = segmenter.expand(question)
    cosine = [
        sum(a * b for a, b in zip(asked, row, strict=True))
        for row in embedder.embed_documents([fold(document.text) for document in index.documents])
    ]
    words = slow_bm25([segmenter.words(d.text) for d in index.documents], segmenter.words(looked_for))
    pairs = slow_bm25([segmenter.bigrams(d.text) for d in index.documents], segmenter.bigrams(looked_for))
    parts: dict[str, dict[str, float]] = {}
    for name, scores in (("dense", cosine), ("words", words), ("bigrams", pairs)):
        best: dict[str, float] = {}
        for document, score in zip(index.documents, scores, strict=True):
            if name == "dense" or score > 0:
                best[document.clause_id] = max(score, best.get(document.clause_id, score))
        parts[name] = best
    return parts


@pytest.mark.parametrize("question", QUESTIONS)
def test_parts_are_those_of_the_formulas(small_index: Index, question: str) -> None:
    """Each part's score is that of the clause's best document; a part that finds nothing has no score."""
    expected = slow_parts(small_index, question)
    passages = HybridRetriever(small_index).search(question, 99)

    for name, scores in expected.items():
        found = {p.clause.id: p.parts[name].score for p in passages if name in p.parts}
        assert found == pytest.approx(scores, abs=1e-5)


@pytest.mark.parametrize("question", QUESTIONS)
def test_fused_by_hand(small_index: Index, question: str) -> None:
    """The score is the sum of weight / (10 + rank) over the parts that find the clause; best first."""
    passages = HybridRetriever(small_index).search(question, 99)

    assert len(passages) == len(small_index.guideline.leaves)
    for passage in passages:
        by_hand = sum(WEIGHTS[name] / (RRF_K + part.rank) for name, part in passage.parts.items())
        assert passage.score == pytest.approx(by_hand)
    assert [p.score for p in passages] == sorted((p.score for p in passages), reverse=True)


@pytest.mark.parametrize("question", QUESTIONS)
def test_ranks(small_index: Index, question: str) -> None:
    """In each part the ranks are 1, 2, 3 and so on, by falling score."""
    passages = HybridRetriever(small_index).search(question, 99)

    for name in WEIGHTS:
        part: list[PartScore] = sorted(
            (p.parts[name] for p in passages if name in p.parts), key=lambda score: score.rank
        )
        assert [score.rank for score in part] == list(range(1, len(part) + 1))
        assert [score.score for score in part] == sorted((score.score for score in part), reverse=True)


def test_ties_keep_the_order_of_the_document(small_index: Index) -> None:
    """Where no part tells clauses apart, they come in the order of the guideline."""
    same = replace(
        small_index,
        vectors=cast("VectorStore", _SameVectors(small_index.documents)),
        words=LexicalIndex.build([["攤"] for _ in small_index.documents]),
        bigrams=LexicalIndex.build([["攤"] for _ in small_index.documents]),
    )
    passages = HybridRetriever(same).search("攤")

    assert [p.clause.id for p in passages] == [leaf.id for leaf in small_index.guideline.leaves]
    assert [p.parts["dense"].rank for p in passages] == list(range(1, len(passages) + 1))


def test_every_document_is_compared(small_index: Index) -> None:
    """The vectors are asked for all documents, once, with the vector of the folded question."""
    vectors = _SameVectors(small_index.documents)
    HybridRetriever(replace(small_index, vectors=cast("VectorStore", vectors))).search("臺灣ＡＢＣ")

    ((vector, k),) = vectors.given
    assert k == len(small_index.documents)
    assert vector == pytest.approx(HashEmbedder().embed_query("台灣abc"))


def test_as_many_as_asked_for(small_index: Index) -> None:
    """Eight passages unless another number is named; fewer where there are no more."""
    retriever = HybridRetriever(small_index)

    assert [p.clause.id for p in retriever.search("押金", 2)] == [
        p.clause.id for p in retriever.search("押金")
    ][:2]
    assert len(retriever.search("押金")) == min(retriever.k, len(small_index.guideline.leaves)) == 7


def test_the_right_clause_comes_first(small_index: Index) -> None:
    """A question in everyday words finds the clause by the guideline's term for them."""
    retriever = HybridRetriever(small_index)

    assert retriever.search("押金什麼時候退還")[0].clause.id == "night-market/2/2"
    assert retriever.search("主辦單位會停止供電嗎")[0].clause.id == "night-market/1/s2"


def test_it_is_a_langchain_retriever(small_index: Index) -> None:
    """Its method invoke gives LangChain documents: verbatim text, label, the fused score and those of the parts."""
    retriever = HybridRetriever(small_index)
    documents, passages = retriever.invoke("押金可以退嗎"), retriever.search("押金可以退嗎")

    assert isinstance(retriever, BaseRetriever)
    assert [document.id for document in documents] == [passage.clause.id for passage in passages]
    for document, passage in zip(documents, passages, strict=True):
        clause = passage.clause
        assert document.page_content == small_index.guideline.text[clause.start : clause.end]
        scores: Mapping[str, float] = {name: part.score for name, part in passage.parts.items()}
        assert document.metadata == {"label": clause.label, "score": passage.score, **scores}
    assert documents[0].metadata.keys() == {"label", "score", "dense", "words", "bigrams"}


@given(st.text(max_size=40).filter(lambda text: text.encode("utf8", "ignore").decode() == text))
def test_any_question_is_answered(small_index: Index, question: str) -> None:
    """Whatever is asked, every leaf has a score, and asking again gives the same."""
    retriever = HybridRetriever(small_index)
    passages = retriever.search(question)

    assert len(passages) == 7
    assert all(0 < passage.score < 1 for passage in passages)
    assert retriever.search(question) == passages


def test_it_tells_its_guideline(small_index: Index) -> None:
    """The guideline that is searched is that of the index."""
    assert HybridRetriever(small_index).guideline is small_index.guideline
