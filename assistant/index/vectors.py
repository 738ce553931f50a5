"""
Vectors in Chroma: embedded in the index folder, or a Chroma server by URL; the same code.

One process may write a Chroma directory, and a reader beside a writer goes stale
without an error. So the documents of a directory are written once, by the build, under
a name of its own, and none is added or changed later. Chroma still touches its files
when it opens them: the folder must be writable, also for who only reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final, cast
from urllib.parse import urlparse

import chromadb
import numpy as np
from chromadb import Collection
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from numpy.typing import NDArray

# Of 200 questions, 96 in 100 find exactly their 100 nearest of 16,000 this way, the others all but one or two;
# with ef_search 200 it is 89 in 100.
_GRAPH: Final[CreateCollectionConfiguration] = {
    "hnsw": {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 300}
}
_BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a collection lies: in `folder`, or on the server at `url`; `collection` is ASCII."""

    folder: Path
    url: str | None
    collection: str


class VectorStore:
    """One collection of unit vectors, each with its text and its target, searched by cosine similarity."""

    def __init__(self, client: Client, place: Place) -> None:
        self._client, self._place, self._reopening = client, place, Lock()
        self._collection = client.get_collection(place.collection, embedding_function=None)

    @classmethod
    def create(cls, place: Place) -> VectorStore:
        """A new, empty collection; what an earlier, unfinished build left under its name is dropped."""
        with _refusals(place):
            client = _connect(place)
            if place.collection in {found.name for found in client.list_collections()}:
                client.delete_collection(place.collection)
            client.create_collection(place.collection, configuration=_GRAPH, embedding_function=None)
            return cls(client, place)

    @classmethod
    def open(cls, place: Place) -> VectorStore:
        """
        The finished collection at `place`.

        Raises:
            LookupError: there is no such collection.
            OSError: the folder or the server cannot be reached.
        """
        with _refusals(place):
            client = _connect(place)
            try:
                return cls(client, place)
            except BaseException:
                client.close()
                raise

    def add(self, rows: NDArray[np.float32], texts: Sequence[str], targets: Sequence[str]) -> Iterator[int]:
        """Store (n, d) unit rows with their texts and targets batch by batch, yielding how many are done."""
        for at in range(0, len(rows), _BATCH):
            here = slice(at, min(at + _BATCH, len(rows)))
            self._collection.add(
                ids=[str(row) for row in range(here.start, here.stop)],
                embeddings=rows[here],
                documents=list(texts[here]),
                metadatas=[{"target": target} for target in targets[here]],
            )
            yield here.stop

    def nearest(self, vector: Sequence[float], k: int) -> Mapping[int, float]:
        """
        The k rows nearest to a unit vector: row -> cosine similarity, best first.

        What cannot be searched is opened anew and searched once more: files that were
        replaced or put back, a server that was started again, are of use without a restart.

        Raises:
            LookupError: the collection is gone.
            OSError: the folder or the server cannot be reached.
        """
        collection = self._collection
        try:
            return self._nearest(collection, vector, k)
        except (LookupError, OSError):
            self._reopen(collection)
            return self._nearest(self._collection, vector, k)

    def _nearest(self, collection: Collection, vector: Sequence[float], k: int) -> Mapping[int, float]:
        with _refusals(self._place):
            found = collection.query(
                query_embeddings=np.array([vector], dtype=np.float32), n_results=k, include=["distances"]
            )
        distances = found["distances"]
        assert distances is not None  # asked for
        return {int(row): 1.0 - away for row, away in zip(found["ids"][0], distances[0], strict=True)}

    def _reopen(self, failed: Collection) -> None:
        """Connect anew, unless another thread has since the collection failed."""
        with self._reopening, _refusals(self._place):
            if self._collection is not failed:
                return
            # Chroma shares what it has opened by its path, and would hand out the same again.
            SharedSystemClient.clear_system_cache()
            self._client = _connect(self._place)
            self._collection = self._client.get_collection(self._place.collection, embedding_function=None)

    def prune(self, prefix: str, keep: set[str]) -> None:
        """Delete the collections whose names start with `prefix`, except those to keep."""
        for found in self._client.list_collections():
            if found.name.startswith(prefix) and found.name not in keep:
                self._client.delete_collection(found.name)

    def size(self) -> int:
        """How many vectors the collection holds."""
        with _refusals(self._place):
            return self._collection.count()

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


@contextmanager
def _refusals(place: Place) -> Iterator[None]:
    """Whatever Chroma raises over a missing server or a damaged folder, as LookupError or OSError."""
    where = place.url or place.collection
    try:
        yield
    except chromadb.errors.NotFoundError as error:
        raise LookupError(f"no collection {place.collection}") from error
    except Exception as error:
        raise OSError(f"{where}: {error}") from error
    except BaseException as error:
        # Chroma's native part panics over garbled files, past Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise OSError(f"{where}: {error}") from error


def _connect(place: Place) -> Client:
    settings = Settings(anonymized_telemetry=False)
    if place.url is None:
        try:
            client = chromadb.PersistentClient(path=str(place.folder), settings=settings)
        except BaseException:
            # Chroma keeps the half-started system by its path, and would hand it out again after a rebuild.
            SharedSystemClient.clear_system_cache()
            raise
    else:
        url = urlparse(place.url)
        secure = url.scheme == "https"
        client = chromadb.HttpClient(
            host=url.hostname or "localhost",
            port=url.port or (443 if secure else 80),
            ssl=secure,
            settings=settings,
        )
    return cast("Client", client)
