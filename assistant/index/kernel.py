"""
A kernel model as it is stored: the bank's questions, and what each says for each target.

score = k(question, bank) . coefficients, with k = exp(SHARPNESS * (s - 1)) of the
similarity s in -1 to 1 (a Gaussian kernel, since all rows have one length). Plain
arrays and JSON, so that nothing is unpickled and the files say what they hold.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.index.features import TOTAL_WEIGHT, FeatureSpace, FeatureVector

SHARPNESS: Final = 2.0
_ARRAYS: Final = "arrays.npz"
_WORDS: Final = "model.json"


@dataclass(frozen=True, slots=True)
class Samples:
    """
    The questions that the model was learned from, in one order.

    `dense` is (n, d) float32; the sparse parts are kept by term: term t stands in the
    questions `rows[starts[t]:starts[t + 1]]` with those places of `values`.
    """

    texts: tuple[str, ...]
    leads: tuple[str, ...]
    dense: NDArray[np.float32]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    values: NDArray[np.float32]

    def similarity(self, question: FeatureVector) -> NDArray[np.float32]:
        """(n,) float32 similarities in -1 to 1."""
        found: NDArray[np.float32] = self.dense @ question.dense
        for place, value in zip(question.places, question.values, strict=True):
            here = slice(self.starts[place], self.starts[place + 1])
            found[self.rows[here]] += value * self.values[here]
        return found / np.float32(TOTAL_WEIGHT)


@dataclass(frozen=True, slots=True)
class KernelModel:
    """
    Samples, (n, targets) float32 coefficients, and the place of each sample's own target.

    `settings` are the figures that the build chose by cross-validation.
    """

    space: FeatureSpace
    samples: Samples
    labels: NDArray[np.int32]
    coefficients: NDArray[np.float32]
    settings: dict[str, float]

    def scores(self, similarity: NDArray[np.float32]) -> NDArray[np.float32]:
        """(targets,) float32 scores of a question by its similarity to the samples."""
        scores: NDArray[np.float32] = sharpened(similarity) @ self.coefficients
        return scores

    def save(self, folder: Path) -> None:
        """Write the model into a new folder."""
        folder.mkdir()
        np.savez(
            folder / _ARRAYS,
            mean=self.space.mean,
            idf=self.space.idf,
            dense=self.samples.dense.astype(np.float16),
            starts=self.samples.starts,
            rows=self.samples.rows,
            values=self.samples.values.astype(np.float16),
            labels=self.labels,
            coefficients=self.coefficients,
        )
        words = {
            "vocabulary": sorted(self.space.vocabulary, key=lambda term: self.space.vocabulary[term]),
            "texts": self.samples.texts,
            "leads": self.samples.leads,
            "settings": self.settings,
        }
        (folder / _WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf8")

    @classmethod
    def load(cls, folder: Path) -> KernelModel:
        """Open what `save` wrote; OSError, ValueError or KeyError if it is damaged."""
        words = json.loads((folder / _WORDS).read_text(encoding="utf8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            return cls(
                FeatureSpace(
                    arrays["mean"], {term: i for i, term in enumerate(words["vocabulary"])}, arrays["idf"]
                ),
                Samples(
                    tuple(words["texts"]),
                    tuple(words["leads"]),
                    arrays["dense"].astype(np.float32),
                    arrays["starts"],
                    arrays["rows"],
                    arrays["values"].astype(np.float32),
                ),
                arrays["labels"],
                arrays["coefficients"],
                words["settings"],
            )


def sharpened(similarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """The kernel of similarities in -1 to 1; 1 for a question and itself."""
    kernel: NDArray[np.float32] = np.exp(SHARPNESS * (similarity - 1))
    return kernel
