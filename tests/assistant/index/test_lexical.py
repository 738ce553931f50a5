"""BM25 scores are those of the formula, computed the slow way."""

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


@given(DOCUMENTS, st.lists(TOKENS, max_size=6))
def test_scores_are_those_of_the_formula(documents: list[list[str]], query: list[str]) -> None:
    """On small random corpora every score equals that of the slow, obvious computation."""
    scores = LexicalIndex.build(documents).scores(query)

    assert scores.dtype == np.float32
    assert scores.tolist() == pytest.approx(slow_scores(documents, query), abs=1e-5)


def test_unknown_words_score_nothing() -> None:
    """Words that no document has score 0, alone and beside known ones."""
    index = LexicalIndex.build([["甲", "乙"], ["丙"]])

    assert index.scores(["癸"]).tolist() == [0.0, 0.0]
    assert index.scores([]).tolist() == [0.0, 0.0]
    assert index.scores(["甲", "癸"]).tolist() == index.scores(["甲"]).tolist()


def test_a_repeated_word_counts_twice() -> None:
    """A query that says a word twice scores it twice."""
    index = LexicalIndex.build([["甲", "乙"], ["丙"]])

    assert index.scores(["甲", "甲"]) == pytest.approx(2 * index.scores(["甲"]))


def test_a_rare_word_outweighs_a_common_one() -> None:
    """What one document has tells more than what all have."""
    index = LexicalIndex.build([["甲", "乙"], ["甲", "丙"], ["甲", "丁"]])

    assert index.scores(["甲", "丙"]).argmax() == 1


@given(DOCUMENTS, st.lists(TOKENS, min_size=1, max_size=6))
def test_saved_scores_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, documents: list[list[str]], query: list[str]
) -> None:
    """An index that was saved and opened scores exactly as before."""
    folder = tmp_path_factory.mktemp("lexical") / "words"
    index = LexicalIndex.build(documents)
    index.save(folder)
    opened = LexicalIndex.load(folder, index.size)

    assert opened.scores(query).tolist() == index.scores(query).tolist()
    assert opened.scores(["癸"]).tolist() == [0.0] * len(documents)


def test_a_document_without_words() -> None:
    """A document of punctuation keeps its place and scores 0."""
    assert LexicalIndex.build([[], ["甲"], []]).scores(["甲"]).nonzero()[0].tolist() == [1]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """Where nothing was saved, nothing is opened."""
    with pytest.raises(OSError, match="No such file"):
        LexicalIndex.load(tmp_path, 1)
