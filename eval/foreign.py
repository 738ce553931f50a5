"""
The retriever of the assistant on documents that nobody here wrote, without a bank.

assistant.retrieve.HybridRetriever itself searches an index made of their pieces: the
same words, bigrams, encoder and fusion. It must not fall below BM25.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from assistant.domain import Clause, Guideline, Passage, Source
from assistant.index.kernel import KernelModel
from assistant.index.lexical import LexicalIndex
from assistant.index.manifest import Manifest
from assistant.index.store import Document, Index
from assistant.index.vectors import VectorStore
from assistant.index.words import Segmenter, fold
from assistant.ports import Embedder
from assistant.retrieve import HybridRetriever
from eval.documents import Collection, read_collections
from eval.metrics import Proportion, share
from eval.ranks import hit_at
from eval.textbook import windows

FUSED: Final = "fused"
PARTS: Final = ("words", "bigrams", "dense", FUSED)
# So much is embedded in a minute on one core; what lies beyond is left out evenly.
DOCUMENTS: Final = 150
QUESTIONS: Final = 300


class Found(BaseModel):
    """How often one part of the score has an answering document first, and among its first five."""

    model_config = ConfigDict(frozen=True)

    collection: str
    documents: int
    part: str
    first: Proportion
    five: Proportion


class Vectors:
    """Unit rows in memory, in place of Chroma: exact, and gone afterwards."""

    def __init__(self, ids: Sequence[str], rows: NDArray[np.float32]) -> None:
        self._ids, self._rows = list(ids), rows

    def nearest(self, vector: Sequence[float], k: int) -> dict[str, float]:
        """The k documents nearest to a unit vector: id -> cosine, best first."""
        cosines = self._rows @ np.asarray(vector, dtype=np.float32)
        return {self._ids[i]: float(cosines[i]) for i in np.argsort(-cosines, kind="stable")[:k]}


def measure_foreign(
    data: Path, cache: Path, segmenter: Segmenter, embedder: Embedder, say: Callable[[str], None]
) -> list[Found]:
    """Every collection of the data folder, sampled; none is an empty list and one line that says so."""
    collections = read_collections(data)
    if not collections:
        say("no documents of others here (--data names their folder): not measured")
    found: list[Found] = []
    for collection in collections:
        sampled = collection.sampled(DOCUMENTS, QUESTIONS)
        index = index_of(sampled, cache, segmenter, embedder)
        found += measure(sampled, HybridRetriever(index))
        say(f"{collection.name}: {len(sampled.questions)} questions to {len(sampled.documents)} documents")
    return found


def measure(collection: Collection, retriever: HybridRetriever) -> list[Found]:
    """R@1 and R@5 of every part: whether any document that answers is there."""
    firsts: dict[str, list[bool]] = {part: [] for part in PARTS}
    fives: dict[str, list[bool]] = {part: [] for part in PARTS}
    for question, names in collection.questions:
        passages = retriever.search(question, k=len(collection.documents))
        for part in PARTS:
            ranked = _ranked(passages, part)
            firsts[part].append(hit_at(1, ranked, names) > 0)
            fives[part].append(hit_at(5, ranked, names) > 0)
    n = len(collection.documents)
    return [
        Found(
            collection=collection.name,
            documents=n,
            part=part,
            first=share(firsts[part]),
            five=share(fives[part]),
        )
        for part in PARTS
    ]


def index_of(collection: Collection, cache: Path, segmenter: Segmenter, embedder: Embedder) -> Index:
    """An index of the collection's pieces: each document is a clause, known by its best piece."""
    documents = tuple(
        Document(f"{name}#{n}", name, "clause", piece)
        for name, texts in collection.documents.items()
        for n, piece in enumerate(piece for text in texts for piece in windows(text))
    )
    clauses = tuple(Clause(name, 0, name, "", 0, 0, 0) for name in collection.documents)
    rows = _embedded([fold(d.text) for d in documents], cache / f"{collection.name}.npz", embedder)
    return Index(
        manifest=Manifest(collection.name, "", embedder.name),
        guideline=Guideline(Source(collection.name, *[""] * 7), "", (), (), clauses),
        documents=documents,
        targets=(),
        model=cast("KernelModel", None),  # there is no bank to learn from
        words=LexicalIndex.build([segmenter.words(d.text) for d in documents]),
        bigrams=LexicalIndex.build([segmenter.bigrams(d.text) for d in documents]),
        vectors=cast("VectorStore", Vectors([d.id for d in documents], rows)),
        segmenter=segmenter,
        embedder=embedder,
    )


def gains(found: Sequence[Found]) -> Mapping[str, float]:
    """Collection -> R@1 of the fused score less that of the better BM25."""
    by_name: dict[str, dict[str, float]] = {}
    for row in found:
        by_name.setdefault(row.collection, {})[row.part] = row.first.value or 0.0
    return {name: parts[FUSED] - max(parts["words"], parts["bigrams"]) for name, parts in by_name.items()}


def _ranked(passages: Sequence[Passage], part: str) -> list[str]:
    if part == FUSED:
        return [passage.clause.id for passage in passages]
    has = [passage for passage in passages if part in passage.parts]
    return [passage.clause.id for passage in sorted(has, key=lambda p: p.parts[part].rank)]


def _embedded(texts: list[str], file: Path, embedder: Embedder) -> NDArray[np.float32]:
    """(n, d) unit rows, kept in a file for the next run with the same texts and encoder."""
    key = hashlib.sha256("\0".join([embedder.name, *texts]).encode()).hexdigest()
    try:
        with np.load(file, allow_pickle=False) as kept:
            if str(kept["key"]) == key:
                return np.asarray(kept["rows"])
    except (OSError, ValueError, KeyError):
        pass  # not there, or of another run
    rows = np.asarray(embedder.embed_documents(texts), dtype=np.float32)
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez(file, key=key, rows=rows)
    return rows
