"""A build that fails leaves what serves; the next one is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.index.kernel import KernelModel
from assistant.index.lexical import LexicalIndex
from assistant.index.manifest import FILE, Manifest, manifest_for
from assistant.index.store import current_build
from assistant.index.vectors import VectorStore
from assistant.index.words import Segmenter
from tests.fakes import HashEmbedder
from tests.ingest.conftest import Build, ask_for_more, best


@pytest.mark.parametrize(
    ("owner", "step"),
    [
        (HashEmbedder, "embed_query"),
        (KernelModel, "save"),
        (LexicalIndex, "save"),
        (VectorStore, "create"),
        (VectorStore, "add"),
        (VectorStore, "prune"),
        (Manifest, "write"),
        (Path, "replace"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_a_build_that_dies(
    build: Build,
    programme: Path,
    home: Path,
    segmenter: Segmenter,
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    step: str,
) -> None:
    """A build that dies half-way leaves the old index serving; the next build is a whole one."""
    build()
    old = manifest_for(programme, "hash-64")
    ask_for_more(programme, "有停車位嗎")

    def die(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "somewhere")

    with monkeypatch.context() as dying:
        dying.setattr(owner, step, die)
        with pytest.raises(OSError, match="No space left"):
            build()

    assert current_build(home) == old.fingerprint
    assert best(home, old, segmenter) == "2/2"
    build()
    new = manifest_for(programme, "hash-64")
    assert current_build(home) == new.fingerprint
    assert best(home, new, segmenter) == "2/2"
    assert {path.name for path in home.iterdir() if path.is_dir()} == {old.fingerprint, new.fingerprint}


def test_a_folder_that_breaks_a_law(build: Build, programme: Path, home: Path, segmenter: Segmenter) -> None:
    """A fault in the data stops the build before anything is touched; the old index serves."""
    from ingest.faults import CorpusError

    build()
    old = manifest_for(programme, "hash-64")
    (programme / "plain.toml").write_text("", encoding="utf8")
    with pytest.raises(CorpusError):
        build()

    assert best(home, old, segmenter) == "2/2"


@pytest.mark.parametrize(
    "name", [FILE, "targets.json", "model/arrays.npz", "words/vocab.index.json", "chroma"]
)
def test_a_damaged_index_is_built_again(
    build: Build, programme: Path, home: Path, segmenter: Segmenter, name: str
) -> None:
    """Where the index is damaged, the command that its error names mends it."""
    build()
    manifest = manifest_for(programme, "hash-64")
    damaged = home / manifest.fingerprint / name
    damaged = damaged / "chroma.sqlite3" if name == "chroma" else damaged
    damaged.write_bytes(damaged.read_bytes()[:100])
    said = build()

    assert "night-market is damaged" in said[1]
    assert best(home, manifest, segmenter) == "2/2"
    assert build()[1].endswith("is up to date, nothing to build")
