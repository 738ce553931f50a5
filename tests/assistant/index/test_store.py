"""An index folder opens whole, or is refused with the command that mends it; never anything else."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from assistant.index.manifest import IndexUnusable, Manifest, manifest_for
from assistant.index.store import CURRENT, Content, Index, current_build, open_index, place_of, write_index
from assistant.index.words import TOKENIZER_VERSION, Segmenter
from assistant.rank import Ranker, Ranking, WeightedQuestion
from assistant.retrieve import Candidates, HybridRetriever
from ingest.exact_search import ExactSearch
from tests.fakes import HashEmbedder

MEND = "Build it with: make index (or: python -m ingest corpus/night-market)"


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A copy of all builds of the programme, free to be damaged."""
    return shutil.copytree(built / "data" / "index" / "night-market", tmp_path / "night-market")


@pytest.fixture
def manifest(built: Path) -> Manifest:
    """What an index of the programme must have been built from."""
    return manifest_for(built / "corpus" / "night-market", "hash-64")


@contextmanager
def opened(home: Path, manifest: Manifest, segmenter: Segmenter, url: str | None = None) -> Iterator[Index]:
    """The index, closed afterwards."""
    index = open_index(home, manifest, segmenter, HashEmbedder(), url)
    try:
        yield index
    finally:
        index.close()


def answers(index: Index) -> tuple[Candidates, Ranking]:
    """What the index finds for a question, and what the ranker makes of it."""
    retriever = HybridRetriever(index)
    return retriever.search("押金可以退嗎"), Ranker(retriever).rank(WeightedQuestion("押金可以退嗎", 1.0))


def test_an_index_opens(home: Path, manifest: Manifest, segmenter: Segmenter) -> None:
    """It has the guideline, a vector for each sample, the targets of the model, and what it was built from."""
    with opened(home, manifest, segmenter) as index:
        assert index.manifest == manifest
        assert index.guideline.by_id["night-market/2/2"].text.startswith("保證金")
        assert len(index.model.samples.texts) == 34 == index.vectors.size()
        assert set(index.model.samples.labels.tolist()) == set(range(len(index.targets)))


def test_the_guideline_is_the_same(built: Path, home: Path, manifest: Manifest, segmenter: Segmenter) -> None:
    """The guideline of the index equals that of the folder, clause by clause."""
    from ingest.guideline import load_guideline

    with opened(home, manifest, segmenter) as index:
        assert index.guideline == load_guideline(built / "corpus" / "night-market")


def test_questions_are_folded(home: Path, manifest: Manifest, segmenter: Segmenter) -> None:
    """A question in another width or script finds the same clauses with the same scores."""
    with opened(home, manifest, segmenter) as index:
        retriever = HybridRetriever(index)

        assert retriever.search("保证金 ＡＢＣ") == retriever.search("保證金 abc")


def test_a_question_is_embedded_once(home: Path, manifest: Manifest, segmenter: Segmenter) -> None:
    """Retriever and ranker ask for the same vector; the embedder is asked once, for the folded text."""
    embedder = HashEmbedder()
    index = open_index(home, manifest, segmenter, embedder, None)
    HybridRetriever(index).search("臺灣ＡＢＣ")
    Ranker(HybridRetriever(index)).rank(WeightedQuestion("臺灣ＡＢＣ", 1.0))
    index.close()

    assert embedder.queries == ["台灣abc"]


def test_nothing_was_built(tmp_path: Path, manifest: Manifest, segmenter: Segmenter) -> None:
    """Where no index was built, that is said, with the command; nothing is created."""
    with pytest.raises(IndexUnusable) as refusal:
        open_index(tmp_path / "night-market", manifest, segmenter, HashEmbedder(), None)

    assert str(refusal.value) == f"The index of night-market is missing. {MEND}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"corpus": "0"}, "corpus"),
        ({"embedder": "e5"}, "embedder"),
        ({"tokenizer": "2"}, "tokenizer"),
        ({"format": 99}, "format"),
        ({"corpus": "0", "embedder": "e5"}, "corpus, embedder"),
    ],
)
def test_a_stale_index_names_what_changed(
    home: Path, manifest: Manifest, segmenter: Segmenter, changed: dict[str, object], words: str
) -> None:
    """An index of other inputs is refused, and the inputs that changed are named."""
    with pytest.raises(IndexUnusable) as refusal:
        open_index(home, replace(manifest, **changed), segmenter, HashEmbedder(), None)  # type: ignore[arg-type]

    assert str(refusal.value) == (
        f"The index of night-market is stale: {words} changed since it was built. {MEND}"
    )


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
    """Whatever `current` holds, it is no path out of the index and no crash."""
    (home / CURRENT).write_text(words, encoding="utf8")

    with pytest.raises(IndexUnusable, match="make index"):
        open_index(home, manifest, segmenter, HashEmbedder(), None)


def test_current_build(home: Path, manifest: Manifest, tmp_path: Path) -> None:
    """The build that is served, None before the first."""
    assert current_build(home) == manifest.fingerprint
    assert current_build(tmp_path) is None


def content_of(home: Path, manifest: Manifest, segmenter: Segmenter) -> Content:
    """What the index holds, to be written again."""
    with opened(home, manifest, segmenter) as index:
        texts = list(index.model.samples.texts)
        vectors = np.array([index.embed_query(text) for text in texts], dtype=np.float32)
        search = ExactSearch.of(texts, vectors, segmenter)
        return Content(index.guideline, index.targets, index.model, search.words, search.bigrams, vectors)


def test_the_last_two_builds_stay(home: Path, manifest: Manifest, segmenter: Segmenter) -> None:
    """A build removes older ones, but not the one before, which a server may still read."""
    content = content_of(home, manifest, segmenter)
    later = [replace(manifest, corpus=corpus) for corpus in ("1", "2", "3")]
    for build_of in later:
        write_index(home, build_of, content, None, lambda _: None)

    assert current_build(home) == later[-1].fingerprint
    assert {path.name for path in home.iterdir() if path.is_dir()} == {b.fingerprint for b in later[-2:]}
    with opened(home, later[-1], segmenter) as index:
        assert index.manifest == later[-1]


def test_an_open_index_outlives_the_next_build(home: Path, manifest: Manifest, segmenter: Segmenter) -> None:
    """A server that has the old build open answers the same while and after the new one is written."""
    content = content_of(home, manifest, segmenter)
    with opened(home, manifest, segmenter) as index:
        before = answers(index)
        later = replace(manifest, corpus="1")
        write_index(home, later, content, None, lambda _: None)

        assert answers(index) == before
        assert index.vectors.nearest([*index.embed_query("攤位轉讓")], 3)


def test_writing_over_a_damaged_build(home: Path, manifest: Manifest, segmenter: Segmenter) -> None:
    """A build that was refused as damaged can be written again, by the process that found it out."""
    content = content_of(home, manifest, segmenter)
    with opened(home, manifest, segmenter) as index:
        right = answers(index)
    for name in ("targets.json", "model/model.json", "chroma/chroma.sqlite3"):
        (home / manifest.fingerprint / name).unlink()
        with pytest.raises(IndexUnusable):
            open_index(home, manifest, segmenter, HashEmbedder(), None)
        write_index(home, manifest, content, None, lambda _: None)

        with opened(home, manifest, segmenter) as index:
            assert answers(index) == right


def test_on_a_server(
    home: Path, manifest: Manifest, segmenter: Segmenter, chroma_url: str, tmp_path: Path
) -> None:
    """With a Chroma server the same code gives the same answers; only the last two collections stay there."""
    content = content_of(home, manifest, segmenter)
    with opened(home, manifest, segmenter) as index:
        right = answers(index)
    remote = tmp_path / "remote"
    builds = [replace(manifest, corpus=corpus) for corpus in ("1", "2", "3")]
    for build_of in builds:
        write_index(remote, build_of, content, chroma_url, lambda _: None)

    with opened(remote, builds[-1], segmenter, chroma_url) as index:
        assert answers(index)[1] == right[1]
        names = {f"night-market-{build_of.fingerprint}" for build_of in builds[-2:]}
        assert {c.name for c in index.vectors._client.list_collections()} & {
            f"night-market-{build_of.fingerprint}" for build_of in builds
        } == names
    assert not (remote / builds[-1].fingerprint / "chroma").exists()


def test_versions_are_part_of_the_manifest(manifest: Manifest) -> None:
    """An index built by another version of tokenizer or features is another index."""
    from assistant.index.features import FEATURES_VERSION

    versions = asdict(manifest).values()
    assert TOKENIZER_VERSION in versions
    assert FEATURES_VERSION in versions
