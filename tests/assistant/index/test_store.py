"""An index folder opens whole, or is refused with the command that mends it; never anything else."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from assistant.index.manifest import IndexUnusable, Manifest
from assistant.index.store import Content, current_build, open_index, write_index
from assistant.index.words import TOKENIZER_VERSION, Segmenter
from assistant.rank import Ranker, WeightedQuestion
from assistant.retrieve import HybridRetriever
from ingest.exact_search import ExactSearch
from tests.assistant.index.conftest import MEND, answers, opened
from tests.fakes import HashEmbedder


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


def test_the_build_that_fits_is_served(home: Path, manifest: Manifest, segmenter: Segmenter) -> None:
    """A kill between index and corpus leaves another build current: the one that fits the corpus is opened, and stays."""
    content = content_of(home, manifest, segmenter)
    write_index(home, replace(manifest, corpus="1"), content, None, lambda _: None)

    with opened(home, manifest, segmenter) as index:
        assert index.manifest == manifest
    assert current_build(home) == manifest.fingerprint


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
