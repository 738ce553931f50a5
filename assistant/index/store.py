"""
An index folder, written once and opened to read.

    index/<programme>/<fingerprint>/   manifest.json guideline.json targets.json
                                       words/ bigrams/ chroma/ model/
    index/<programme>/current          the fingerprint that is served

A build fills a folder of its own and is switched to by replacing `current`, so a
build that dies half-way leaves the old index serving.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from assistant.domain import Guideline
from assistant.index.kernel import KernelModel, one_thread
from assistant.index.lexical import LexicalIndex
from assistant.index.manifest import FILE as MANIFEST
from assistant.index.manifest import IndexUnusable, Manifest, check_seal, seal
from assistant.index.targets import Target, load_targets, save_targets
from assistant.index.vectors import Place, VectorStore
from assistant.index.words import Segmenter, fold
from assistant.ports import Embedder

CURRENT: Final = "current"
# Chroma writes into its folder even when it only reads: no checksums of that.
_CHROMAS_OWN: Final = frozenset({"chroma"})
_PROBE: Final = 10


class LostVectors(LookupError):  # noqa: N818 - says what the store is
    """The collection is there and does not hold all of its vectors."""


@dataclass(frozen=True, slots=True)
class Index:
    """
    An opened index: the guideline, the targets, and what the ranker learns from.

    `words`, `bigrams` and `vectors` are three ways to find rows of `model.samples`.
    """

    manifest: Manifest
    guideline: Guideline
    targets: tuple[Target, ...]
    model: KernelModel
    words: LexicalIndex
    bigrams: LexicalIndex
    vectors: VectorStore
    segmenter: Segmenter
    embedder: Embedder

    def embed_query(self, question: str) -> tuple[float, ...]:
        """The unit vector of a question; several parts ask for the same one in a row."""
        return _embedded(cast("Hashable", self.embedder), question)

    def close(self) -> None:
        """Let go of the files."""
        self.vectors.close()


@lru_cache(maxsize=64)
def _embedded(embedder: Hashable, question: str) -> tuple[float, ...]:
    return tuple(cast("Embedder", embedder).embed_query(fold(question)))


_GUIDELINE: Final = TypeAdapter(Guideline)


def place_of(home: Path, manifest: Manifest, url: str | None) -> Place:
    """Where the vectors of a build lie; `home` is the folder of all builds of the programme."""
    folder = home / manifest.fingerprint / "chroma"
    return Place(folder, url, f"{manifest.programme}-{manifest.fingerprint}")


def current_build(home: Path) -> str | None:
    """The fingerprint that is served, None before the first build."""
    try:
        return (home / CURRENT).read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def serve_build(home: Path, fingerprint: str) -> None:
    """
    Go back to a build that is still there.

    Raises:
        FileNotFoundError: it is not; what is served stays.
    """
    if not (home / fingerprint / MANIFEST).is_file():
        raise FileNotFoundError(f"there is no build {fingerprint} any more")
    with _one_writer(home):
        _switch(home, fingerprint)


@dataclass(frozen=True, slots=True)
class Content:
    """What a build puts into an index; `targets` are those of `model`, `vectors` (n, d) those of its samples."""

    guideline: Guideline
    targets: tuple[Target, ...]
    model: KernelModel
    words: LexicalIndex
    bigrams: LexicalIndex
    vectors: NDArray[np.float32]


def write_index(
    home: Path,
    manifest: Manifest,
    content: Content,
    url: str | None,
    say: Callable[[str], None],
) -> None:
    """Write a build into its own folder, then switch to it; older builds but the last one are removed."""
    home.mkdir(parents=True, exist_ok=True)
    samples = content.model.samples
    with _one_writer(home):
        folder = home / manifest.fingerprint
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "guideline.json").write_bytes(_GUIDELINE.dump_json(content.guideline, indent=1))
        save_targets(folder, content.targets)
        content.model.save(folder / "model")
        content.words.save(folder / "words")
        content.bigrams.save(folder / "bigrams")
        with closing(VectorStore.create(place_of(home, manifest, url))) as store:
            keys = [content.targets[label].key for label in samples.labels]
            for done in store.add(content.vectors, samples.texts, keys):
                say(f"stored {done} of {len(keys)} vectors")
            seal(folder, _CHROMAS_OWN)
            # Last, because a folder with a manifest is a finished one.
            manifest.write(folder)
            kept = {manifest.fingerprint, current_build(home)}
            store.prune(f"{manifest.programme}-", {f"{manifest.programme}-{build}" for build in kept})
        _switch(home, manifest.fingerprint)


def open_index(
    home: Path, expected: Manifest, segmenter: Segmenter, embedder: Embedder, url: str | None
) -> Index:
    """
    Open the build that is served.

    Raises:
        IndexUnusable: there is none, it was built from other inputs than `expected`, or it is damaged.
    """
    programme = expected.programme
    build = current_build(home)
    if build is None:
        raise IndexUnusable(programme, "is missing")
    try:
        if build != expected.fingerprint and (home / expected.fingerprint / MANIFEST).is_file():
            # A change-over was cut short between index and corpus, or taken back: the build that fits is there.
            serve_build(home, expected.fingerprint)
            build = expected.fingerprint
        folder = home / build
        manifest = Manifest.read(folder)
        changed = expected.differences(manifest)
        if changed:
            raise IndexUnusable(programme, f"is stale: {', '.join(changed)} changed since it was built")
        check_seal(folder, _CHROMAS_OWN)
        targets = load_targets(folder)
        model = KernelModel.load(folder / "model", targets)
        one_thread()
        return Index(
            manifest=manifest,
            guideline=_GUIDELINE.validate_json((folder / "guideline.json").read_bytes()),
            targets=targets,
            model=model,
            words=LexicalIndex.load(folder / "words"),
            bigrams=LexicalIndex.load(folder / "bigrams"),
            vectors=_open_vectors(place_of(home, manifest, url), model),
            segmenter=segmenter,
            embedder=embedder,
        )
    except LostVectors as error:
        raise IndexUnusable(programme, f"is damaged: {error}") from error
    except (OSError, ValueError, KeyError, TypeError, LookupError) as error:
        raise IndexUnusable(programme, f"is damaged ({type(error).__name__})") from error


def _open_vectors(place: Place, model: KernelModel) -> VectorStore:
    """The vectors of a model's samples, proved by one search; OSError or LookupError if they are of no use."""
    store = VectorStore.open(place)
    wanted = len(model.samples.texts)
    try:
        probe = model.space.mean.tolist()
        found = store.size() if store.nearest(probe, min(wanted, _PROBE)) else 0
    except BaseException:
        store.close()
        raise
    if found != wanted:
        store.close()
        raise LostVectors(f"{found} of {wanted} vectors are there")
    return store


@contextmanager
def _one_writer(home: Path) -> Iterator[None]:
    """Hold the programme's build lock; a second build waits for the first."""
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _switch(home: Path, fingerprint: str) -> None:
    """Serve that build; the one before stays for servers that still read it, older ones go."""
    before = current_build(home)
    partial = home / f"{CURRENT}.partial"
    partial.write_text(fingerprint + "\n", encoding="ascii")
    partial.replace(home / CURRENT)
    for folder in home.iterdir():
        if folder.is_dir() and folder.name not in {fingerprint, before}:
            shutil.rmtree(folder, ignore_errors=True)
