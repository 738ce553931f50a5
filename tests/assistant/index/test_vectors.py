"""Vectors are found by cosine, embedded and on a Chroma server alike."""

from __future__ import annotations

import math
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient
from numpy.typing import NDArray

from assistant.index import vectors
from assistant.index.vectors import Place, VectorStore
from tests.fakes import HashEmbedder

TEXTS = ["攤位由主辦單位分配", "攤位不得轉讓", "保證金於活動後退還", "天候不佳時另行公告"]


@pytest.fixture(params=["embedded", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a collection may lie: in a folder, or on a server."""
    url = request.getfixturevalue("chroma_url") if request.param == "server" else None
    return Place(tmp_path / "chroma", url, f"{tmp_path.name}-0".replace("_", "-"))


def rows_of(texts: list[str]) -> NDArray[np.float32]:
    """(n, d) unit rows of texts."""
    return np.array(HashEmbedder().embed_documents(texts), dtype=np.float32)


@contextmanager
def filled(place: Place, texts: list[str] = TEXTS) -> Iterator[VectorStore]:
    """A new collection with these texts."""
    store = VectorStore.create(place)
    try:
        list(store.add(rows_of(texts), texts, [f"target {n}" for n in range(len(texts))]))
        yield store
    finally:
        store.close()


@contextmanager
def opened(place: Place) -> Iterator[VectorStore]:
    """The finished collection."""
    store = VectorStore.open(place)
    try:
        yield store
    finally:
        store.close()


def cosines(question: str, texts: list[str] = TEXTS) -> dict[int, float]:
    """Cosine of a question with the text of each row, best first, the slow way."""
    embedder = HashEmbedder()
    asked = embedder.embed_query(question)
    found = {
        n: sum(a * b for a, b in zip(asked, row, strict=True))
        for n, row in enumerate(embedder.embed_documents(texts))
    }
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def near(store: VectorStore, question: str, k: int) -> dict[int, float]:
    """The rows nearest to a question."""
    return dict(store.nearest(HashEmbedder().embed_query(question), k))


def test_similarity_is_the_cosine(place: Place) -> None:
    """Each document comes with its cosine, best first; asking for more than there are gives all."""
    with filled(place) as store:
        found = near(store, "保證金會退嗎", 10)

    assert list(found) == list(cosines("保證金會退嗎"))
    assert found == pytest.approx(cosines("保證金會退嗎"), abs=1e-5)


def test_the_best_few(place: Place) -> None:
    """Only as many as are asked for."""
    with filled(place) as store:
        assert list(near(store, "攤位不得轉讓", 1)) == [1]


def test_an_opened_collection_is_the_same(place: Place) -> None:
    """What was closed and opened again has all documents and the same cosines."""
    with filled(place) as store:
        before = near(store, "攤位", 4)
    with opened(place) as store:
        assert store.size() == len(TEXTS)
        assert near(store, "攤位", 4) == pytest.approx(before, abs=1e-6)


def test_a_server_finds_what_a_folder_finds(tmp_path: Path, chroma_url: str) -> None:
    """The same texts give the same documents, order and cosines on a server as in a folder."""
    found = []
    for url in (None, chroma_url):
        with filled(Place(tmp_path / "chroma", url, "alike-0")) as store:
            found.append(near(store, "主辦單位會公告嗎", 4))

    assert list(found[0]) == list(found[1])
    assert found[0] == pytest.approx(found[1], abs=1e-6)


def test_what_an_unfinished_build_left_is_dropped(place: Place) -> None:
    """A collection that is created anew under an old name holds nothing of the old one."""
    with filled(place):
        pass
    with filled(place, ["攤位"]) as store:
        assert store.size() == 1
        assert list(near(store, "保證金", 10)) == [0]


def test_adding_says_how_far_it_is(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents go in batches; after each it is said how many are done."""
    monkeypatch.setattr(vectors, "_BATCH", 3)
    store = VectorStore.create(place)

    assert list(store.add(rows_of(TEXTS), TEXTS, ["", "", "", ""])) == [3, 4]
    assert store.size() == 4
    store.close()


def test_a_collection_can_be_read_by_itself(place: Place) -> None:
    """Beside each vector stand its text and the target that it leads to, for whoever opens the collection."""
    with filled(place) as store:
        kept = store._collection.get(ids=["2"])

    assert kept["documents"] == [TEXTS[2]]
    assert kept["metadatas"] == [{"target": "target 2"}]


def test_documents_that_read_the_same(place: Place) -> None:
    """Among a dozen equal texts none is lost, nor any beside them."""
    texts = [f"第{n}項保證金" if n % 5 else "見附件" for n in range(60)]
    with filled(place, texts) as store:
        found = near(store, "見附件", 60)

    assert found == pytest.approx(cosines("見附件", texts), abs=1e-5)


def test_no_collection(place: Place) -> None:
    """A collection that is not there is a LookupError with its name."""
    with filled(place):
        pass
    other = Place(place.folder, place.url, "other-0")

    with pytest.raises(LookupError, match="no collection other-0"):
        VectorStore.open(other)


def test_prune(place: Place) -> None:
    """Collections of the same programme go, except those to keep; other programmes stay."""
    names = ["market-old", "market-last", "market-now", "supermarket-old"]
    for name in names:
        with filled(Place(place.folder, place.url, name)):
            pass
    with opened(Place(place.folder, place.url, "market-now")) as store:
        store.prune("market-", {"market-now", "market-last"})

    for name in names[1:]:
        with opened(Place(place.folder, place.url, name)) as store:
            assert store.size() == len(TEXTS)
    with pytest.raises(LookupError):
        VectorStore.open(Place(place.folder, place.url, "market-old"))


def test_several_readers(tmp_path: Path) -> None:
    """A folder that is written may be opened by several readers at once; closing one leaves the other."""
    place = Place(tmp_path / "chroma", None, "readers-0")
    with filled(place):
        pass
    with opened(place) as one:
        with opened(place) as other:
            assert near(other, "攤位", 4) == near(one, "攤位", 4)
        assert len(near(one, "攤位", 4)) == 4


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    """An address where nothing listens is an OSError with the address, for reader and builder alike."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    place = Place(tmp_path, url, "nowhere-0")

    for use in (VectorStore.open, VectorStore.create):
        with pytest.raises(OSError, match=url):
            use(place)


def test_a_folder_that_is_damaged(tmp_path: Path) -> None:
    """A database that is none is an OSError."""
    place = Place(tmp_path / "chroma", None, "damaged-0")
    place.folder.mkdir()
    (place.folder / "chroma.sqlite3").write_bytes(b"junk" * 2000)

    with pytest.raises(OSError, match="damaged-0"):
        VectorStore.open(place)


def test_what_is_put_back_is_of_use_again(tmp_path: Path) -> None:
    """A folder that is removed while its store is open is an error; put back, it is searched without a restart."""
    place = Place(tmp_path / "chroma", None, "gone-0")
    with filled(place):
        pass
    SharedSystemClient.clear_system_cache()  # as a server has it: what was written is not in memory
    shutil.copytree(place.folder, tmp_path / "copy")
    with opened(place) as store:
        shutil.rmtree(place.folder)
        with pytest.raises((LookupError, OSError)):
            [near(store, "攤位", 4) for _ in range(5)]
        shutil.rmtree(place.folder, ignore_errors=True)
        shutil.copytree(tmp_path / "copy", place.folder)

        assert [len(near(store, "攤位", 4)) for _ in range(5)] == [4] * 5


def test_unit_rows(tmp_path: Path) -> None:
    """A document is nearest to itself, with cosine 1."""
    with filled(Place(tmp_path / "chroma", None, "unit-0")) as store:
        found = near(store, TEXTS[2], 1)

    assert math.isclose(found[2], 1.0, abs_tol=1e-5)
