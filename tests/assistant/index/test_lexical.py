"""BM25 finds what the formula puts first, computed the slow way."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.lexical import K1, B, LexicalIndex

TOKENS = st.sampled_from("甲乙丙丁戊己庚辛")
DOCUMENTS = st.lists(st.lists(TOKENS, max_size=6), min_size=1, max_size=8).filter(any)


def slow_scores(documents: list[list[str]], query: list[str]) -> list[float]:
    """
    Lucene's BM25 of each document, term by term as the formula is printed.

    Kamphuis et al. 2020, "Which BM25 do you mean?": idf is log(1 + (N - df + 0.5) / (df + 0.5)).
    """
    average = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        score = 0.0
        for token in query:
            containing = sum(token in other for other in documents)
            if not containing:
                continue
            idf = math.log(1 + (len(documents) - containing + 0.5) / (containing + 0.5))
            count = document.count(token)
            score += idf * count / (count + K1 * (1 - B + B * len(document) / average))
        scores.append(score)
    return scores


@given(DOCUMENTS, st.lists(TOKENS, max_size=6), st.integers(1, 9))
def test_the_best_are_those_of_the_formula(documents: list[list[str]], query: list[str], k: int) -> None:
    """On small random corpora the best k, ties in document order, are those of the slow, obvious computation."""
    scores = np.round(slow_scores(documents, query), 5)
    by_hand = [n for n in np.argsort(-scores, kind="stable").tolist() if scores[n] > 0]
    best = LexicalIndex.build(documents).best(query, k).tolist()

    assert len(best) == min(k, len(by_hand))
    assert [scores[n] for n in best] == [scores[n] for n in by_hand[:k]]


def test_ties_keep_the_order_of_the_documents() -> None:
    """Documents that read the same come in their order, also where not all of them fit."""
    index = LexicalIndex.build([["甲"] for _ in range(9)])

    assert index.best(["甲"], 4).tolist() == [0, 1, 2, 3]
    assert index.best(["甲"], 99).tolist() == list(range(9))


@given(DOCUMENTS, st.lists(TOKENS, max_size=6), st.data())
def test_hidden_documents_are_not_found(
    documents: list[list[str]], query: list[str], data: st.DataObject
) -> None:
    """Among some documents the best are those of all that are among them, in the same order."""
    size = len(documents)
    among = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    index = LexicalIndex.build(documents)

    assert index.best(query, size, among).tolist() == [
        n for n in index.best(query, size).tolist() if among[n]
    ]


def test_unknown_words_find_nothing() -> None:
    """Words that no document has find none, and change nothing beside known ones."""
    index = LexicalIndex.build([["甲", "乙"], ["丙"]])

    assert index.best(["癸"], 2).tolist() == []
    assert index.best([], 2).tolist() == []
    assert index.best(["甲", "癸"], 2).tolist() == [0]


def test_a_rare_word_outweighs_a_common_one() -> None:
    """What one document has tells more than what all have."""
    index = LexicalIndex.build([["甲", "乙"], ["甲", "丙"], ["甲", "丁"]])

    assert index.best(["甲", "丙"], 3).tolist() == [1, 0, 2]


@given(DOCUMENTS, st.lists(TOKENS, min_size=1, max_size=6))
def test_a_saved_index_finds_the_same(
    tmp_path_factory: pytest.TempPathFactory, documents: list[list[str]], query: list[str]
) -> None:
    """An index that was saved and opened finds exactly what it found before."""
    folder = tmp_path_factory.mktemp("lexical") / "words"
    index = LexicalIndex.build(documents)
    index.save(folder)

    assert LexicalIndex.load(folder).best(query, 8).tolist() == index.best(query, 8).tolist()


def test_a_document_without_words() -> None:
    """A document of punctuation keeps its place and is not found."""
    assert LexicalIndex.build([[], ["甲"], []]).best(["甲"], 3).tolist() == [1]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """Where nothing was saved, nothing is opened."""
    with pytest.raises(OSError, match="No such file"):
        LexicalIndex.load(tmp_path)
