"""An index is that of its inputs: any change of any of them shows."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest

from assistant.index.manifest import FILE, IndexUnusable, Manifest, corpus_digest, manifest_for
from assistant.index.words import TOKENIZER_VERSION

MANIFEST = Manifest("night-market", "c0ffee", "hash-64")


def test_it_describes_the_folder(programme: Path) -> None:
    """The manifest of a folder names programme, digest, embedder and tokenizer."""
    manifest = manifest_for(programme, "hash-64")

    assert (manifest.programme, manifest.embedder) == ("night-market", "hash-64")
    assert manifest.corpus == corpus_digest(programme)
    assert manifest.tokenizer == TOKENIZER_VERSION


OWN = ["source.toml", "guideline.txt", "outline.toml", "plain.toml", "questions.toml", "gaps.toml"]
SHARED = ["../lexicon.txt", "../variants.toml", "../outside.toml"]


@pytest.mark.parametrize("name", [*OWN, *SHARED])
@pytest.mark.parametrize("change", ["first byte", "last byte", "one more", "one less", "gone"])
def test_any_byte_of_any_file_counts(programme: Path, name: str, change: str) -> None:
    """The digest changes with each byte of each data file, its own or shared."""
    before, file = corpus_digest(programme), programme / name
    raw = bytearray(file.read_bytes())
    if change == "gone":
        file.unlink()
    else:
        raw[0] ^= change == "first byte"
        raw[-1] ^= change == "last byte"
        file.write_bytes(
            {"one more": bytes(raw) + b"\n", "one less": bytes(raw[:-1])}.get(change, bytes(raw))
        )

    assert corpus_digest(programme) != before


def test_names_count(programme: Path) -> None:
    """Two files that swap their names are another corpus."""
    before = corpus_digest(programme)
    gaps, questions = programme / "gaps.toml", programme / "questions.toml"
    gaps.rename(programme / "x")
    questions.rename(gaps)
    (programme / "x").rename(questions)

    assert corpus_digest(programme) != before


def test_a_new_name_counts(programme: Path) -> None:
    """A file that is called otherwise is another corpus, even where it keeps its place among the others."""
    before = corpus_digest(programme)
    (programme / "gaps.toml").rename(programme / "gapt.toml")

    assert corpus_digest(programme) != before


def test_what_moves_from_one_file_to_the_next_counts(programme: Path) -> None:
    """The same bytes shared out differently over two files are another corpus."""
    one, two = programme / "a.txt", programme / "b.txt"
    one.write_text("12")
    two.write_text("3")
    before = corpus_digest(programme)
    one.write_text("1")
    two.write_text("23")

    assert corpus_digest(programme) != before


def test_order_and_place_do_not_count(programme: Path, tmp_path: Path) -> None:
    """The same files, written in another order somewhere else, are the same corpus."""
    other = tmp_path / "elsewhere" / "night-market"
    other.mkdir(parents=True)
    for file in sorted(programme.iterdir(), reverse=True):
        shutil.copy(file, other)
    for file in sorted(programme.parent.glob("*.*"), reverse=True):
        shutil.copy(file, other.parent)

    assert corpus_digest(other) == corpus_digest(programme)


def test_the_order_of_the_folder_does_not_count(programme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the file system lists the files, the digest is the same."""
    before, listed = corpus_digest(programme), Path.iterdir
    for reverse in (False, True):
        monkeypatch.setattr(Path, "iterdir", lambda path, r=reverse: iter(sorted(listed(path), reverse=r)))

        assert corpus_digest(programme) == before


def test_what_is_no_data_does_not_count(programme: Path) -> None:
    """Notes, editors' copies and other programmes are none of this one's data."""
    before = corpus_digest(programme)
    (programme / "notes.md").write_text("x")
    (programme / "gaps.toml~").write_text("x")
    (programme.parent / "README.md").write_text("x")
    (programme.parent / "day-market").mkdir()
    for name in ("source.toml", "lexicon.txt", "variants.toml", "outside.toml"):
        (programme.parent / "day-market" / name).write_text("x")

    assert corpus_digest(programme) == before


def test_fingerprint() -> None:
    """16 hex digits, the same every time, different for a change of any field."""
    changed = {
        field.name: Manifest(**{**asdict(MANIFEST), field.name: 9 if field.name == "format" else "other"})
        for field in fields(MANIFEST)
    }

    assert len(MANIFEST.fingerprint) == 16
    assert int(MANIFEST.fingerprint, 16) >= 0
    assert replace(MANIFEST).fingerprint == MANIFEST.fingerprint
    assert len({MANIFEST.fingerprint, *(other.fingerprint for other in changed.values())}) == len(changed) + 1


def test_differences_are_named() -> None:
    """Two manifests say in which inputs they differ, in one order."""
    other = replace(MANIFEST, embedder="e5", corpus="0")

    assert MANIFEST.differences(MANIFEST) == []
    assert MANIFEST.differences(other) == other.differences(MANIFEST) == ["corpus", "embedder"]


def test_written_and_read(tmp_path: Path) -> None:
    """A manifest reads back equal; the file tells its fingerprint too."""
    MANIFEST.write(tmp_path)

    assert Manifest.read(tmp_path) == MANIFEST
    assert json.loads((tmp_path / FILE).read_text())["fingerprint"] == MANIFEST.fingerprint


@pytest.mark.parametrize("raw", ["", "{", "[]", "{}", "null", '{"programme": "x"}'])
def test_a_damaged_manifest(tmp_path: Path, raw: str) -> None:
    """What is no manifest raises one of the errors that say so."""
    (tmp_path / FILE).write_text(raw)

    with pytest.raises((ValueError, KeyError, TypeError)):
        Manifest.read(tmp_path)


def test_unusable_tells_the_command() -> None:
    """The error names programme and state, and the command that mends it."""
    error = IndexUnusable("night-market", "is missing")

    assert str(error) == (
        "The index of night-market is missing. "
        "Build it with: make index (or: python -m ingest corpus/night-market)"
    )
