"""A build embeds what is new, and trusts no file that it cannot read."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from ingest import vector_cache
from ingest.vector_cache import VectorCache
from tests.fakes import HashEmbedder

TEXTS = ["攤位", "電", "保證金"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the cache is kept; its folder is not there yet."""
    return tmp_path / "vectors" / "night-market.npz"


def embed(file: Path, texts: list[str], embedder: HashEmbedder) -> list[list[float]]:
    """The vectors that a build would get."""
    rows: list[list[float]] = VectorCache(file, embedder).embed(texts, lambda _: None).tolist()
    return rows


def test_rows_are_those_of_the_embedder(file: Path) -> None:
    """Each text gets its query vector, in the order given, float32, known or not."""
    embed(file, TEXTS[:2], HashEmbedder())
    rows = VectorCache(file, HashEmbedder()).embed([*TEXTS[::-1], "電"], lambda _: None)

    assert rows.dtype == np.float32
    assert rows.tolist() == pytest.approx(
        np.array([HashEmbedder().embed_query(text) for text in ["保證金", "電", "攤位", "電"]])
    )


def test_only_new_texts_are_embedded(file: Path) -> None:
    """What an earlier build embedded is not embedded again, nor is a text twice."""
    first, second, third = HashEmbedder(), HashEmbedder(), HashEmbedder()
    embed(file, ["攤位", "電", "電"], first)
    embed(file, TEXTS, second)
    embed(file, TEXTS, third)

    assert (first.queries, second.queries, third.queries) == (["攤位", "電"], ["保證金"], [])


def test_what_is_gone_is_forgotten(file: Path) -> None:
    """The file holds the texts of the last build and no others."""
    embed(file, TEXTS, HashEmbedder())
    embed(file, TEXTS[:1], HashEmbedder())
    again = HashEmbedder()
    embed(file, TEXTS, again)

    assert again.queries == TEXTS[1:]


def test_texts_are_folded(file: Path) -> None:
    """The embedder sees the one spelling in which questions are looked up."""
    embedder = HashEmbedder()
    embed(file, ["臺灣的ＡＢＣ", "台湾"], embedder)

    assert embedder.queries == ["台灣的abc", "台灣"]


def test_another_embedder_starts_anew(file: Path) -> None:
    """Vectors of an embedder of another name count for nothing."""
    embed(file, TEXTS, HashEmbedder("one", 8))
    other = HashEmbedder("two", 16)

    assert len(embed(file, TEXTS, other)[0]) == 16
    assert other.queries == TEXTS


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"junk", b"\x80\x04.", b"\x93NUMPY\x01\x00v\x00{"])
def test_a_file_that_is_none(file: Path, raw: bytes) -> None:
    """A file that is empty or no such file counts as empty, and the next build puts it right."""
    file.parent.mkdir()
    file.write_bytes(raw)
    mended, after = HashEmbedder(), HashEmbedder()
    embed(file, TEXTS, mended)
    embed(file, TEXTS, after)

    assert (mended.queries, after.queries) == (TEXTS, [])


def test_damage_never_shows(file: Path) -> None:
    """Cut short or with a bit flipped, the file gives the right vectors: its own, or new ones."""
    right = embed(file, TEXTS, HashEmbedder())
    whole = file.read_bytes()
    chance = random.Random(7)
    damaged = [whole[: chance.randrange(len(whole))] for _ in range(20)]
    for _ in range(300):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        damaged.append(bytes(flipped))

    for raw in damaged:
        file.write_bytes(raw)
        assert embed(file, TEXTS, HashEmbedder()) == right


def test_an_array_in_place_of_an_archive(file: Path) -> None:
    """A single array under the cache's name counts as empty."""
    file.parent.mkdir()
    with file.open("wb") as stream:
        np.save(stream, np.zeros(3))
    embedder = HashEmbedder()
    embed(file, TEXTS, embedder)

    assert embedder.queries == TEXTS


def test_a_build_that_dies_keeps_the_file(file: Path) -> None:
    """If embedding fails, the vectors of the build before are still there."""
    embed(file, TEXTS[:2], HashEmbedder())
    failing = HashEmbedder()
    failing.failure = MemoryError()
    with pytest.raises(MemoryError):
        embed(file, TEXTS, failing)
    after = HashEmbedder()
    embed(file, TEXTS[:2], after)

    assert after.queries == []


def test_progress_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long work says how far it is; work that is done already does not count."""
    monkeypatch.setattr(vector_cache, "_REPORT_EVERY", 2)
    embed(file, ["攤位"], HashEmbedder())
    said: list[str] = []
    VectorCache(file, HashEmbedder()).embed(["攤位", "甲", "乙", "乙", "丙", "丁", "戊"], said.append)

    assert said == ["embedded 2 of 5 new questions", "embedded 4 of 5 new questions"]
