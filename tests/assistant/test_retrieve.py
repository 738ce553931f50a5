"""Each search finds its best, and whatever one of them finds is a candidate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.retrievers import BaseRetriever

from assistant import retrieve
from assistant.index.store import Index
from assistant.index.vectors import VectorStore
from assistant.index.words import fold
from assistant.retrieve import Candidates, HybridRetriever
from tests.fakes import HashEmbedder

QUESTIONS = ["押金可以退嗎", "攤位可以讓給朋友嗎", "用電上限", "🍜", "deposit ＫＰＩ"]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each search finds three, as in a bank of thousands it finds hundreds."""
    monkeypatch.setattr(retrieve, "EACH", 3)


class _Vectors:
    """Stands in for a VectorStore; `given` is what it was asked."""

    def __init__(self) -> None:
        self.given: list[tuple[Sequence[float], int]] = []

    def nearest(self, vector: Sequence[float], k: int) -> dict[int, float]:
        """Row 7 with similarity 0.5."""
        self.given.append((vector, k))
        return {7: 0.5}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("question", QUESTIONS)
def test_each_search_finds_its_best(small_index: Index, question: str) -> None:
    """By meaning the nearest vectors, by words and by pairs of characters what BM25 puts first."""
    segmenter, texts = small_index.segmenter, small_index.model.samples.texts
    embedder = HashEmbedder()
    asked = embedder.embed_query(fold(question))
    cosines = [
        sum(a * b for a, b in zip(asked, embedder.embed_query(fold(text)), strict=True)) for text in texts
    ]
    looked_for = segmenter.expand(question)
    found = HybridRetriever(small_index).search(question)

    assert list(found.dense.values()) == pytest.approx(sorted(cosines, reverse=True)[:3], abs=1e-5)
    assert found.dense == pytest.approx({row: cosines[row] for row in found.dense}, abs=1e-5)
    assert list(found.words) == small_index.words.best(segmenter.words(looked_for), 3).tolist()
    assert list(found.bigrams) == small_index.bigrams.best(segmenter.bigrams(looked_for), 3).tolist()


def test_whatever_is_found_is_a_candidate() -> None:
    """The candidates are the rows of all searches, each once, in the order of the samples."""
    assert Candidates({5: 0.9, 2: 0.8}, (2, 7), (1,)).rows.tolist() == [1, 2, 5, 7]
    assert Candidates({}, (), ()).rows.tolist() == []


def test_the_folded_question_is_embedded(small_index: Index) -> None:
    """The vectors are asked once, with the vector of the folded question, for no more than there are."""
    vectors = _Vectors()
    found = HybridRetriever(replace(small_index, vectors=cast("VectorStore", vectors))).search("臺灣ＡＢＣ")

    ((vector, k),) = vectors.given
    assert k == len(small_index.model.samples.texts)
    assert vector == pytest.approx(HashEmbedder().embed_query("台灣abc"))
    assert found.dense == {7: 0.5}


@pytest.mark.usefixtures("few")
def test_everyday_words_find_the_guidelines(small_index: Index) -> None:
    """A question in everyday words finds texts by the guideline's term for them."""
    rows = HybridRetriever(small_index).search("押金").words

    assert any("保證金" in small_index.model.samples.texts[row] for row in rows)


def test_it_is_a_langchain_retriever(small_index: Index) -> None:
    """Its method invoke gives LangChain documents: the texts nearest by meaning, each with target and clauses."""
    retriever = HybridRetriever(small_index)
    documents = retriever.invoke("保證金會退嗎")
    samples = small_index.model.samples

    assert isinstance(retriever, BaseRetriever)
    assert [document.id for document in documents] == [
        str(row) for row in retriever.search("保證金會退嗎").dense
    ]
    for document in documents:
        target = small_index.targets[samples.labels[int(document.id or "")]]
        assert document.page_content == samples.texts[int(document.id or "")]
        assert (document.metadata["target"], document.metadata["clauses"]) == (
            target.key,
            list(target.clauses),
        )
    assert documents[0].metadata["clauses"] == ["night-market/2/2"]
    assert documents[0].metadata["cosine"] == pytest.approx(1.0, abs=1e-5)


@given(st.text(max_size=40).filter(lambda text: text.encode("utf8", "ignore").decode() == text))
def test_any_question_has_candidates(small_index: Index, question: str) -> None:
    """Whatever is asked, something is found, and asking again finds the same."""
    retriever = HybridRetriever(small_index)
    found = retriever.search(question)

    assert len(found.rows)
    assert retriever.search(question) == found


def test_it_tells_its_guideline(small_index: Index) -> None:
    """The guideline that is searched is that of the index."""
    assert HybridRetriever(small_index).guideline is small_index.guideline
