"""
What the ranker learns from, and how it scores a question by a part of it.

Kernel ridge regression on one-hot targets (Rifkin, Yeo and Poggio 2003, "Regularized
least-squares classification"), solved for each question on what retrieval found for it
(Bottou and Vapnik 1992, "Local learning algorithms"). Nothing is fitted beforehand: a
question of the bank counts from the moment at which it can be found. Several targets
may hold one clause: what speaks for one speaks a little for its kin. The same kernel tells
how far a question is from all that is ours: the posterior variance of a Gaussian process
(Rasmussen and Williams 2006, eq. 2.26), which needs no list of what else there is. Plain arrays and JSON, so that nothing is unpickled and the files say what they hold.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import scipy.linalg
import scipy.sparse
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from assistant.index.features import TOTAL_WEIGHT, FeatureSpace, FeatureVector
from assistant.index.targets import Target, kinship_of, ours_of

# By cross-validation, with retrieve.EACH: see docs/decisions/kernel-ranker.md.
SHARPNESS: Final = 1.5
RIDGE: Final = 0.12
KIN: Final = 0.2
_ARRAYS: Final = "arrays.npz"
_WORDS: Final = "model.json"


def one_thread() -> None:
    """Keep this process's linear algebra to one thread: more gain nothing at this size, and wait for each other."""
    threadpool_limits(1, "blas")


@dataclass(frozen=True, slots=True)
class Samples:
    """
    The bank's questions, then the clauses' own words: one row each, in one order everywhere.

    `labels` (n,) are the places of their targets, `dense` (n, d) float32 and `sparse`
    (n, terms) float32 their features.
    """

    texts: tuple[str, ...]
    labels: NDArray[np.int32]
    dense: NDArray[np.float32]
    sparse: scipy.sparse.csr_matrix

    def feature(self, row: int) -> FeatureVector:
        """The features of one sample, as if it were asked."""
        terms = self.sparse[row]
        return FeatureVector(self.dense[row], terms.indices.astype(np.int64), terms.data)

    def similarities(self, question: FeatureVector, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """(k + 1, k + 1) float32 similarities in -1 to 1 of k rows and, last, the question."""
        ends = np.array([0, len(question.places)])
        terms = (question.values, question.places, ends)
        asked = scipy.sparse.csr_matrix(terms, shape=(1, self.sparse.shape[1]))
        dense = np.vstack([self.dense[rows], question.dense])
        sparse = scipy.sparse.vstack([self.sparse[rows], asked], format="csr")
        found: NDArray[np.float32] = dense @ dense.T + (sparse @ sparse.T).toarray()
        return found / np.float32(TOTAL_WEIGHT)


@dataclass(frozen=True, slots=True)
class TargetScores:
    """
    A question as the ranker sees it: `similarity` (k,) to each row that was found for it.

    `scores` (targets,) are near 1 for the right target and near 0 for one that shares nothing with it.
    `novelty` in 0 to 1 is what the questions of this programme that were found leave unexplained.
    """

    similarity: NDArray[np.float32]
    scores: NDArray[np.float64]
    novelty: float


@dataclass(frozen=True, slots=True)
class KernelModel:
    """
    A space of features, the samples in it, and the figures that the build chose by leaving questions out.

    `kinship` (targets, targets) says how much of their clauses two targets share, `ours` (targets,)
    which are of this programme.
    """

    space: FeatureSpace
    samples: Samples
    kinship: NDArray[np.float32]
    ours: NDArray[np.bool_]
    settings: dict[str, float]

    def score(self, question: FeatureVector, rows: NDArray[np.int64]) -> TargetScores:
        """
        Learn from `rows` alone and score their targets, and the kin of these, for a question.

        k = exp(SHARPNESS * (s - 1)) of a similarity s is a Gaussian kernel, since all
        features have one length.
        """
        similarity = np.zeros(len(rows), dtype=np.float32)
        scores = np.zeros(len(self.kinship))
        if not len(rows):
            return TargetScores(similarity, scores, 1.0)
        outside = ~self.ours[self.samples.labels[rows]]
        order = np.argsort(outside, kind="stable")  # ours first: the factor of all begins with that of ours
        ours, rows = len(rows) - int(outside.sum()), rows[order]
        similarities = self.samples.similarities(question, rows)
        kernel = np.exp(SHARPNESS * (similarities - 1))
        ridged = kernel[:-1, :-1] + np.float32(RIDGE) * np.eye(len(rows), dtype=np.float32)
        factor = scipy.linalg.cholesky(ridged, lower=True, overwrite_a=True, check_finite=False)
        half = scipy.linalg.solve_triangular(factor, kernel[-1, :-1], lower=True, check_finite=False)
        weights = scipy.linalg.solve_triangular(factor, half, lower=True, trans="T", check_finite=False)
        scores += np.bincount(self.samples.labels[rows], weights=weights, minlength=len(self.kinship))
        scores += KIN * (self.kinship @ scores.astype(np.float32))
        similarity[order] = similarities[-1, :-1]
        return TargetScores(similarity, scores, 1 - float(half[:ours] @ half[:ours]))

    def save(self, folder: Path) -> None:
        """Write the model into a new folder."""
        folder.mkdir()
        np.savez(
            folder / _ARRAYS,
            mean=self.space.mean,
            idf=self.space.idf,
            labels=self.samples.labels,
            dense=self.samples.dense.astype(np.float16),
            starts=self.samples.sparse.indptr,
            places=self.samples.sparse.indices,
            values=self.samples.sparse.data.astype(np.float16),
        )
        words = {
            "vocabulary": sorted(self.space.vocabulary, key=lambda term: self.space.vocabulary[term]),
            "texts": self.samples.texts,
            "settings": self.settings,
        }
        (folder / _WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf8")

    @classmethod
    def load(cls, folder: Path, targets: Sequence[Target]) -> KernelModel:
        """Open what `save` wrote for these targets; OSError, ValueError or KeyError if it is damaged."""
        words = json.loads((folder / _WORDS).read_text(encoding="utf8"))
        vocabulary = {term: i for i, term in enumerate(words["vocabulary"])}
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            terms = (arrays["values"].astype(np.float32), arrays["places"], arrays["starts"])
            return cls(
                FeatureSpace(arrays["mean"], vocabulary, arrays["idf"]),
                Samples(
                    tuple(words["texts"]),
                    arrays["labels"],
                    arrays["dense"].astype(np.float32),
                    scipy.sparse.csr_matrix(terms, shape=(len(words["texts"]), len(vocabulary))),
                ),
                kinship_of(targets),
                ours_of(targets),
                words["settings"],
            )
