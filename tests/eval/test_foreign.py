"""The retriever itself is measured, on an index made of anyone's documents."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from assistant.index.words import Segmenter
from assistant.retrieve import HybridRetriever
from eval.documents import Collection
from eval.foreign import PARTS, Found, gains, index_of, measure, measure_foreign
from eval.metrics import Proportion

PAGES = {
    "茶": ("茶園導覽與採茶體驗的預約方式", "茶葉禮盒"),
    "魚": ("漁港直銷中心的營業時間",),
    "米": ("稻米契作的收購價格",),
}
QUESTIONS = (
    ("採茶體驗怎麼預約", frozenset("茶")),
    ("漁港幾點營業", frozenset("魚")),
    ("稻米收購價", frozenset("米")),
)


class LetterEmbedder:
    """Unit vectors that count characters, the same in every process."""

    name = "letters"

    def __init__(self) -> None:
        self.passages: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One row a text, remembered."""
        self.passages += texts
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The counts of hashed characters, scaled to length 1."""
        row = [0.0] * 64
        for letter in text:
            row[hashlib.sha256(letter.encode()).digest()[0] % 64] += 1
        norm = sum(value * value for value in row) ** 0.5 or 1.0
        return [value / norm for value in row]


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory: pytest.TempPathFactory) -> Segmenter:
    """The real one, without a lexicon."""
    return Segmenter(tmp_path_factory.mktemp("words"), (), {})


def test_a_document_is_found_by_its_best_piece(segmenter: Segmenter, tmp_path: Path) -> None:
    """Every part ranks documents, and finds those that share the question's words."""
    collection = Collection("small", PAGES, QUESTIONS)
    found = measure(collection, HybridRetriever(index_of(collection, tmp_path, segmenter, LetterEmbedder())))

    assert list(PARTS) == [row.part for row in found]
    assert {Proportion(3, 3)} == {row.five for row in found}
    assert Proportion(3, 3) == found[1].first


def test_pieces_are_embedded_once(segmenter: Segmenter, tmp_path: Path) -> None:
    """The second run of the same texts and encoder takes its vectors from the cache."""
    embedder = LetterEmbedder()
    for _ in range(2):
        index_of(Collection("small", PAGES, QUESTIONS), tmp_path, segmenter, embedder)

    assert len(embedder.passages) == 4


def test_nothing_to_measure_is_said(segmenter: Segmenter, tmp_path: Path) -> None:
    """Without documents there is one line that says so."""
    said: list[str] = []

    assert measure_foreign(tmp_path, tmp_path, segmenter, LetterEmbedder(), said.append) == []
    assert len(said) == 1


def test_the_gain_is_over_the_better_bm25() -> None:
    """The fused score is compared with words or bigrams, whichever does better."""
    hits = {"words": 5, "bigrams": 7, "dense": 9, "fused": 8}
    rows = [
        Found(collection="x", documents=9, part=part, first=Proportion(n, 10), five=Proportion(10, 10))
        for part, n in hits.items()
    ]

    assert {"x": pytest.approx(0.1)} == gains(rows)
