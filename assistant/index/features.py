"""
A question -> the features by which the ranker compares it with the bank.

Three blocks, each of unit length before its weight: the dense vector less the mean
of the bank (E5's cosines lie in a narrow cone), character 1- to 3-grams and jieba
words, both by TF-IDF with sublinear counts. The same code at build and at query.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.index.words import Segmenter, fold

FEATURES_VERSION: Final = "dense+chars123+words/2"
DENSE_WEIGHT: Final = 1.5
# What the similarity of a question with itself adds up to: the squared weights of the blocks.
TOTAL_WEIGHT: Final = DENSE_WEIGHT**2 + 1 + 1
_MIN_DOCUMENTS: Final = 2


@dataclass(frozen=True, slots=True)
class FeatureVector:
    """One question: (d,) float32 dense part, and the places and values of its sparse part."""

    dense: NDArray[np.float32]
    places: NDArray[np.int64]
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FeatureSpace:
    """
    What was learned of the features: the mean vector, and per term its place and its weight.

    Terms are "c:" + characters or "w:" + a word; `idf` is (terms,) float32 in the
    order of `vocabulary`.
    """

    mean: NDArray[np.float32]
    vocabulary: Mapping[str, int]
    idf: NDArray[np.float32]

    @classmethod
    def learn(cls, texts: Sequence[str], vectors: NDArray[np.float32], segmenter: Segmenter) -> FeatureSpace:
        """
        The space of a bank of questions and their (n, d) unit vectors.

        idf is log((1 + n) / (1 + df)) + 1; character n-grams in one question only are dropped.
        """
        documents = [set(terms_of(text, segmenter)) for text in texts]
        frequency = Counter(term for document in documents for term in document)
        kept = sorted(t for t, n in frequency.items() if n >= _MIN_DOCUMENTS or t.startswith("w:"))
        idf = [math.log((1 + len(texts)) / (1 + frequency[term])) + 1 for term in kept]
        mean = vectors.mean(axis=0).astype(np.float32)
        return cls(mean, {term: i for i, term in enumerate(kept)}, np.array(idf, dtype=np.float32))

    def vector(self, text: str, dense: NDArray[np.float32], segmenter: Segmenter) -> FeatureVector:
        """
        The features of a question whose unit vector is `dense`.

        A word that is unknown matches nothing and still weighs, as one that stands in a single question does.
        """
        terms = Counter(terms_of(text, segmenter))
        counts = Counter({term: n for term, n in terms.items() if term in self.vocabulary})
        unknown = [n for term, n in terms.items() if term.startswith("w:") and term not in self.vocabulary]
        rarest = float(self.idf.max()) if len(self.idf) else 1.0
        places: list[int] = []
        values: list[float] = []
        for kind in ("c:", "w:"):
            block = [(self.vocabulary[t], (1 + math.log(n))) for t, n in counts.items() if t.startswith(kind)]
            weights = [count * float(self.idf[place]) for place, count in block]
            strange = [(1 + math.log(n)) * rarest for n in unknown] if kind == "w:" else []
            norm = math.sqrt(sum(weight * weight for weight in (*weights, *strange))) or 1.0
            places += [place for place, _ in block]
            values += [weight / norm for weight in weights]
        centred = dense - self.mean
        centred = centred / (float(np.linalg.norm(centred)) or 1.0) * DENSE_WEIGHT
        return FeatureVector(
            centred.astype(np.float32),
            np.array(places, dtype=np.int64),
            np.array(values, dtype=np.float32),
        )


def terms_of(text: str, segmenter: Segmenter) -> list[str]:
    """The sparse terms of a question, repeats kept."""
    folded = fold(text)
    grams = [folded[i : i + n] for n in (1, 2, 3) for i in range(len(folded) - n + 1)]
    return [f"c:{gram}" for gram in grams] + [f"w:{word}" for word in segmenter.words(segmenter.expand(text))]
