"""What leaves a question out finds what the index would find without it."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from assistant.index.store import Index
from assistant.retrieve import HybridRetriever
from ingest import exact_search
from ingest.exact_search import ExactSearch


@pytest.fixture(scope="module")
def search(small_index: Index) -> ExactSearch:
    """The searches over the texts of the small index."""
    texts = list(small_index.model.samples.texts)
    vectors = np.array([small_index.embed_query(text) for text in texts], dtype=np.float32)
    return ExactSearch.of(texts, vectors, small_index.segmenter)


def test_it_finds_what_the_retriever_finds(
    search: ExactSearch, small_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sample gets the candidates that it gets when it is asked, but itself; ties are cut off nowhere."""
    texts = small_index.model.samples.texts
    monkeypatch.setattr(exact_search, "EACH", len(texts) - 1)
    monkeypatch.setattr("assistant.retrieve.EACH", len(texts))
    everything = np.arange(len(texts))
    known = np.ones(len(texts), dtype=np.bool_)
    for row, found in enumerate(search.candidates(everything, known)):
        candidates = HybridRetriever(small_index).search(texts[row])
        others = (
            list(islice((r for r in rows if r != row), len(texts) - 1))
            for rows in candidates.by_search().values()
        )

        assert found.tolist() == sorted(set().union(*others))


def test_hidden_rows_are_never_found(search: ExactSearch, small_index: Index) -> None:
    """Only known rows are candidates, and a row never is its own."""
    known = np.arange(len(search.vectors)) % 2 == 0
    for row, found in zip((1, 2), search.candidates(np.array([1, 2]), known), strict=True):
        assert known[found].all()
        assert row not in found

    none = np.zeros(len(search.vectors), dtype=np.bool_)
    assert [found.tolist() for found in search.candidates(np.array([1]), none)] == [[]]
    assert not search.scores(small_index.model, np.array([1]), 13, none).any()


def test_scores_are_the_models(search: ExactSearch, small_index: Index) -> None:
    """A row's scores are those that the model gives by its candidates."""
    model, known = small_index.model, np.ones(len(search.vectors), dtype=np.bool_)
    known[10:] = False
    (rows,) = search.candidates(np.array([3]), known)
    scored = model.score(model.samples.feature(3), rows)
    (scores,) = search.scores(model, np.array([3]), len(small_index.targets), known)

    assert scores.any()
    assert scores.tolist() == scored.scores.tolist()
