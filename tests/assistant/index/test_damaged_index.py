"""An index that is damaged, whatever of it, is refused with the command that mends it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.index.manifest import IndexUnusable, Manifest
from assistant.index.store import CURRENT, open_index, place_of
from assistant.index.words import Segmenter
from tests.assistant.index.conftest import MEND, answers, opened
from tests.fakes import HashEmbedder


def files_of(folder: Path) -> list[Path]:
    """The files that an index is read from, relative to its home, in one order."""
    return sorted(
        path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path.name != "lock"
    )


def flipped(raw: bytes, at: int) -> bytes:
    """The bytes with one bit of one of them changed."""
    return raw[:at] + bytes([raw[at] ^ 4]) + raw[at + 1 :] if raw else b"?"


DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "absent": lambda _: None,
    "empty": lambda _: b"",
    "cut in half": lambda raw: raw[: len(raw) // 2],
    "cut at the end": lambda raw: raw[:-3],
    "garbled": lambda raw: random.Random(len(raw)).randbytes(max(64, len(raw))),
    "garbled behind its head": lambda raw: (
        raw[:100] + random.Random(len(raw)).randbytes(max(9, len(raw) - 100))
    ),
    "another archive": lambda raw: b"PK\x03\x04" + raw[4:40],
    "an empty list": lambda _: b"[]",
    "an empty table": lambda _: b"{}",
    "a bit flipped": lambda raw: flipped(raw, len(raw) // 2),
    "the last bit flipped": lambda raw: flipped(raw, len(raw) - 1),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage(home: Path, manifest: Manifest, segmenter: Segmenter, tmp_path: Path, damage: str) -> None:
    """Whatever file is damaged, the index is refused with the command, or else answers as if it were not."""
    with opened(home, manifest, segmenter) as index:
        right = answers(index)
    wrong = []
    for n, file in enumerate(files_of(home)):
        copy = shutil.copytree(home, tmp_path / f"{n}" / "night-market")
        raw = DAMAGES[damage]((copy / file).read_bytes())
        (copy / file).unlink()
        if raw is not None:
            (copy / file).write_bytes(raw)
        try:
            with opened(copy, manifest, segmenter) as index:
                # Chroma's own files are no business of ours, as long as they can be searched.
                if answers(index) != right and "chroma" not in file.parts:
                    wrong.append(f"{file.name}: answers otherwise")
        except IndexUnusable as refusal:
            if not str(refusal).endswith(MEND):
                wrong.append(f"{file.name}: {refusal}")
        except Exception as error:  # noqa: BLE001 - that it is none of these is what is tested
            wrong.append(f"{file.name}: {error!r}")

    assert wrong == []


def test_a_lost_collection(home: Path, manifest: Manifest, segmenter: Segmenter) -> None:
    """Without its vectors an index is damaged."""
    shutil.rmtree(home / manifest.fingerprint / "chroma")

    with pytest.raises(IndexUnusable, match=r"is damaged \(LookupError\)"):
        open_index(home, manifest, segmenter, HashEmbedder(), None)


def test_lost_vectors(home: Path, manifest: Manifest, segmenter: Segmenter) -> None:
    """A collection that holds fewer vectors than there are samples is damaged, and both are counted."""
    from assistant.index.vectors import VectorStore

    store = VectorStore.create(place_of(home, manifest, None))
    row = HashEmbedder().embed_query("攤位")
    list(store.add(np.array([row], dtype=np.float32), ["攤位"], ["1/s1"]))
    store.close()

    with pytest.raises(IndexUnusable, match="is damaged: 1 of 34 vectors are there"):
        open_index(home, manifest, segmenter, HashEmbedder(), None)


@pytest.mark.parametrize("words", ["", "\n", "../../etc", "0123456789abcdef", "é", "\0", "/" * 9, "x" * 5000])
def test_a_pointer_to_nowhere(home: Path, manifest: Manifest, segmenter: Segmenter, words: str) -> None:
    """Whatever `current` holds, it is no path out of the index and no crash; a build that fits is there or it is not."""
    (home / CURRENT).write_text(words, encoding="utf8")

    with pytest.raises(IndexUnusable, match="make index"):
        open_index(home, replace(manifest, corpus="another"), segmenter, HashEmbedder(), None)
    if words.strip(" \n") and words.isascii():
        with opened(home, manifest, segmenter) as index:
            assert index.manifest == manifest
