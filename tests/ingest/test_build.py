"""A build does what changed, and what serves goes on serving until it is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config import Settings, load_settings
from assistant.index.embed import EncoderMissing
from assistant.index.manifest import manifest_for
from assistant.index.store import current_build
from assistant.index.words import Segmenter
from ingest import build as building
from ingest.build import check
from tests.fakes import HashEmbedder
from tests.ingest.conftest import Build, ask_for_more, best


def test_a_build(
    build: Build, home: Path, programme: Path, segmenter: Segmenter, hash_embedder: HashEmbedder
) -> None:
    """The first build says what it read and did; its index is served and answers."""
    said = build()
    manifest = manifest_for(programme, "hash-64")

    assert said[:3] == [
        "2 entries, 7 leaf clauses, 89 characters, 20 questions: all laws hold",
        "building: The index of night-market is missing",
        "learning 13 targets from 34 questions",
    ]
    assert said[-2] == "stored 34 of 34 vectors"
    assert said[-1].startswith(f"index {manifest.fingerprint}: 34 texts, ")
    assert current_build(home) == manifest.fingerprint
    assert best(home, manifest, segmenter) == "2/2"
    assert (len(hash_embedder.queries), len(hash_embedder.passages)) == (34, 0)


def test_unchanged_input(build: Build, home: Path, hash_embedder: HashEmbedder) -> None:
    """Built again from unchanged input, nothing is embedded and no file is written."""
    build()
    files = {path: path.stat().st_mtime_ns for path in home.rglob("*") if "chroma" not in path.parts}
    hash_embedder.queries.clear()
    said = build()

    assert said[1:] == [f"index {current_build(home)} is up to date, nothing to build"]
    assert hash_embedder.queries == []
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*") if "chroma" not in path.parts} == files


def test_it_tells_whether_it_built(
    programme: Path, small_settings: Settings, hash_embedder: HashEmbedder
) -> None:
    """True for a build, False where there was nothing to build."""
    del hash_embedder  # stands in for the encoder

    assert building.build(programme, small_settings, lambda _: None) is True
    assert building.build(programme, small_settings, lambda _: None) is False


def test_only_new_questions_are_embedded(build: Build, programme: Path, hash_embedder: HashEmbedder) -> None:
    """A bank that has one question more costs one vector more."""
    build()
    hash_embedder.queries.clear()
    ask_for_more(programme, "有停車位嗎")
    said = build()

    assert said[1] == "building: The index of night-market is stale: corpus changed since it was built"
    assert hash_embedder.queries == ["有停車位嗎"]


@pytest.mark.parametrize("name", ["guideline.txt", "plain.toml", "../lexicon.txt", "../variants.toml"])
def test_any_file_makes_it_stale(build: Build, programme: Path, home: Path, name: str) -> None:
    """A change in any data file, shared ones included, is built."""
    build()
    before = current_build(home)
    file = programme / name
    if name == "guideline.txt":
        source = programme / "source.toml"
        source.write_text(source.read_text(encoding="utf8").replace('edition = "1"', 'edition = "2"'))
    else:
        file.write_bytes(file.read_bytes() + b"\n# changed\n")
    build()

    assert current_build(home) != before


def test_the_last_two_builds_stay(build: Build, programme: Path, home: Path) -> None:
    """Of many builds the last and the one before it are kept."""
    kept: list[str | None] = []
    for n in range(4):
        ask_for_more(programme, f"第{n}個新問題")
        build()
        kept.append(current_build(home))

    assert {path.name for path in home.iterdir() if path.is_dir()} == set(kept[-2:])
    assert len(set(kept)) == 4


def test_going_back(build: Build, programme: Path, home: Path, segmenter: Segmenter) -> None:
    """Data that are put back as they were get the index that they had, built anew."""
    before = (programme / "gaps.toml").read_bytes()
    build()
    first = current_build(home)
    ask_for_more(programme, "有停車位嗎")
    build()
    (programme / "gaps.toml").write_bytes(before)
    build()

    assert current_build(home) == first
    assert best(home, manifest_for(programme, "hash-64"), segmenter) == "2/2"


def test_check_builds_nothing(programme: Path, tmp_path: Path) -> None:
    """Checking reads the folder, says what it has, and writes nothing anywhere."""
    before = sorted(tmp_path.rglob("*"))
    said: list[str] = []
    guideline, bank = check(programme, said.append)

    assert said == ["2 entries, 7 leaf clauses, 89 characters, 20 questions: all laws hold"]
    assert (len(guideline.leaves), len(bank.samples)) == (7, 20)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_relative_path(
    programme: Path, small_settings: Settings, hash_embedder: HashEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder is known by its name, however one gets there."""
    del hash_embedder  # stands in for the encoder
    monkeypatch.chdir(programme)

    assert building.build(Path(), small_settings, lambda _: None) is True
    assert (small_settings.data_dir / "index" / "night-market" / "current").exists()


def test_the_encoder_is_built_first(
    programme: Path, small_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an encoder one is built, where the settings say; with a model of one's own none is."""
    built: list[Path] = []
    monkeypatch.setattr(building, "ensure_encoder", lambda target, _: built.append(target))
    monkeypatch.setattr(building, "open_embedder", lambda *_: HashEmbedder())
    building.build(programme, small_settings, lambda _: None)

    assert built == [small_settings.data_dir / "encoder"]
    own = load_settings(
        {
            "ASSISTANT_DATA_DIR": str(small_settings.data_dir),
            "ASSISTANT_CORPUS_DIR": str(programme.parent),
            "ASSISTANT_EMBEDDING_MODEL": "some/model",
        }
    )
    building.build(programme, own, lambda _: None)
    assert len(built) == 1


def test_an_encoder_that_cannot_be_opened(
    programme: Path, small_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the encoder is lost again, nothing is built."""

    def lost(*_: object) -> None:
        raise EncoderMissing("no encoder")

    monkeypatch.setattr(building, "ensure_encoder", lambda *_: None)
    monkeypatch.setattr(building, "open_embedder", lost)
    with pytest.raises(EncoderMissing):
        building.build(programme, small_settings, lambda _: None)

    assert not (small_settings.data_dir / "index").exists()
