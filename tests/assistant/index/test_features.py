"""A question's features: three blocks of known length, the same at build and at query."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.index.features import DENSE_WEIGHT, TOTAL_WEIGHT, FeatureSpace, terms_of
from assistant.index.words import Segmenter
from tests.fakes import HashEmbedder

TEXTS = ["押金多少", "押金可以退嗎", "攤位怎麼分配", "保證金會退嗎"]


def rows(texts: list[str]) -> NDArray[np.float32]:
    """(n, d) vectors of texts."""
    return np.array([HashEmbedder().embed_query(text) for text in texts], dtype=np.float32)


@pytest.fixture(scope="module")
def space(segmenter: Segmenter) -> FeatureSpace:
    """What is learned of four questions."""
    return FeatureSpace.learn(TEXTS, rows(TEXTS), segmenter)


def test_terms(segmenter: Segmenter) -> None:
    """One, two and three characters in a row, and words with the guideline's terms, repeats kept."""
    terms = terms_of("押金押", segmenter)

    assert terms[:6] == ["c:押", "c:金", "c:押", "c:押金", "c:金押", "c:押金押"]
    assert "w:保證金" in terms


def test_spelling_makes_no_difference(segmenter: Segmenter) -> None:
    """Terms are those of the folded text."""
    assert terms_of("ＫＰＩ是什么", segmenter) == terms_of("kpi是什麼", segmenter)


def test_vocabulary(space: FeatureSpace) -> None:
    """Characters in one question only are dropped, words are kept; places follow the sorted terms."""
    assert list(space.vocabulary) == sorted(space.vocabulary)
    assert list(space.vocabulary.values()) == list(range(len(space.vocabulary)))
    assert {"c:退嗎", "c:押金", "w:攤位", "w:保證金"} <= space.vocabulary.keys()
    assert "c:攤" not in space.vocabulary


def test_idf_by_hand(space: FeatureSpace) -> None:
    """The idf is log((1 + n) / (1 + df)) + 1: 押金 in two of four questions, 攤位 in one."""
    assert space.idf[space.vocabulary["c:押金"]] == pytest.approx(math.log(5 / 3) + 1)
    assert space.idf[space.vocabulary["w:攤位"]] == pytest.approx(math.log(5 / 2) + 1)
    assert space.mean == pytest.approx(rows(TEXTS).mean(axis=0))


def test_values_by_hand(space: FeatureSpace, segmenter: Segmenter) -> None:
    """A term's value is (1 + log count) times idf, over the length of its block."""
    found = space.vector("押金押", rows(["押金押"])[0], segmenter)
    values = dict(zip(found.places.tolist(), found.values.tolist(), strict=True))
    idf = {term: float(space.idf[place]) for term, place in space.vocabulary.items()}
    block = {"c:押": (1 + math.log(2)) * idf["c:押"], "c:金": idf["c:金"], "c:押金": idf["c:押金"]}
    length = math.hypot(*block.values())

    for term, weight in block.items():
        assert values[space.vocabulary[term]] == pytest.approx(weight / length, rel=1e-5)


@given(st.lists(st.sampled_from([*TEXTS, "攤", "deposit", "30%", "。"]), min_size=1, max_size=4).map("".join))
def test_blocks_have_their_length(space: FeatureSpace, segmenter: Segmenter, text: str) -> None:
    """Each block is no longer than 1, for what nobody knows weighs too; the dense one has its weight."""
    found = space.vector(text, rows([text])[0], segmenter)
    terms = list(space.vocabulary)
    for kind in ("c:", "w:"):
        block = [v for p, v in zip(found.places, found.values, strict=True) if terms[int(p)].startswith(kind)]
        assert (0.0 < math.hypot(*block) <= 1.0 + 1e-5) if block else True
    assert np.linalg.norm(found.dense) == pytest.approx(DENSE_WEIGHT, abs=1e-5)
    assert len(set(found.places.tolist())) == len(found.places)


def test_total_weight(space: FeatureSpace, segmenter: Segmenter) -> None:
    """A question that all blocks know has the total weight as its product with itself."""
    found = space.vector(TEXTS[0], rows(TEXTS)[0], segmenter)

    assert found.dense @ found.dense + found.values @ found.values == pytest.approx(TOTAL_WEIGHT, rel=1e-5)


def test_nothing_known(space: FeatureSpace, segmenter: Segmenter) -> None:
    """A question of unknown terms whose vector is the mean has no features, and no error."""
    found = space.vector("🍜", space.mean, segmenter)

    assert (len(found.places), len(found.values)) == (0, 0)
    assert not found.dense.any()
