"""Vectors of texts embedded before, so that a build embeds only what is new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from assistant.index.words import fold
from assistant.ports import Embedder

_REPORT_EVERY: Final = 1000


class VectorCache:
    """Query vectors in one file per embedder; a file that cannot be read counts as empty."""

    def __init__(self, file: Path, embedder: Embedder) -> None:
        self._file, self._embedder = file, embedder
        self._rows: dict[str, NDArray[np.float32]] = {}
        try:
            with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
                if str(arrays["embedder"]) == embedder.name:
                    self._rows = dict(zip(arrays["keys"].tolist(), arrays["rows"], strict=True))
        except (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError, BadZipFile):
            self._rows = {}

    def embed(self, texts: Sequence[str], say: Callable[[str], None]) -> NDArray[np.float32]:
        """(n, d) float32 query vectors of the folded texts; the file then holds these and no others."""
        keys = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
        new = len(set(keys) - self._rows.keys())
        done = 0
        for key, text in zip(keys, texts, strict=True):
            if key not in self._rows:
                self._rows[key] = np.asarray(self._embedder.embed_query(fold(text)), dtype=np.float32)
                done += 1
                if done % _REPORT_EVERY == 0:
                    say(f"embedded {done} of {new} new questions")
        self._rows = {key: self._rows[key] for key in keys}
        rows = np.stack([self._rows[key] for key in keys])
        self._save()
        return rows

    def _save(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        partial = self._file.with_suffix(".partial.npz")
        kept = np.stack(list(self._rows.values()))
        np.savez(partial, embedder=self._embedder.name, keys=list(self._rows), rows=kept)
        partial.replace(self._file)
