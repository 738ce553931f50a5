"""
A linear model as it is stored: a feature space and one row of weights per target.

Plain arrays and JSON, so that nothing is unpickled and the file says what it holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.index.features import FeatureSpace, FeatureVector

_ARRAYS: Final = "arrays.npz"
_WORDS: Final = "model.json"


@dataclass(frozen=True, slots=True)
class LinearModel:
    """
    score = dense . `dense_weights` + sparse . `sparse_weights`.

    `dense_weights` is (d, targets) float32, `sparse_weights` (terms, targets) float16,
    since it is large and a question reads a few hundred rows of it; `settings` are the
    figures that the build chose by cross-validation.
    """

    space: FeatureSpace
    targets: tuple[str, ...]
    dense_weights: NDArray[np.float32]
    sparse_weights: NDArray[np.float16]
    settings: dict[str, float]

    def scores(self, features: FeatureVector) -> NDArray[np.float32]:
        """(targets,) float32 scores of one question."""
        sparse = features.values @ self.sparse_weights[features.places].astype(np.float32)
        scores: NDArray[np.float32] = features.dense @ self.dense_weights + sparse
        return scores

    def save(self, folder: Path) -> None:
        """Write the model into a new folder."""
        folder.mkdir()
        np.savez(
            folder / _ARRAYS,
            mean=self.space.mean,
            idf=self.space.idf,
            dense=self.dense_weights,
            sparse=self.sparse_weights,
        )
        words = {
            "targets": self.targets,
            "vocabulary": sorted(self.space.vocabulary, key=lambda term: self.space.vocabulary[term]),
            "settings": self.settings,
        }
        (folder / _WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf8")

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Open what `save` wrote; OSError, ValueError or KeyError if it is damaged."""
        words = json.loads((folder / _WORDS).read_text(encoding="utf8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            vocabulary = {term: i for i, term in enumerate(words["vocabulary"])}
            return cls(
                FeatureSpace(arrays["mean"], vocabulary, arrays["idf"]),
                tuple(words["targets"]),
                arrays["dense"],
                arrays["sparse"],
                words["settings"],
            )
