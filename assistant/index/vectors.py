"""
Vectors in Chroma: embedded in the index folder, or a Chroma server by URL; the same code.

One process may write a Chroma directory, and a reader beside a writer goes stale
without an error. So the documents of a directory are written once, by the build, under
a name of its own, and none is added or changed later. Chroma still touches its files
when it opens them: the folder must be writable, also for who only reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlparse

import chromadb
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from assistant.ports import Embedder

_COSINE: Final[CreateCollectionConfiguration] = {"hnsw": {"space": "cosine"}}
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where a collection lies: in `folder`, or on the server at `url`; `collection` is ASCII."""

    folder: Path
    url: str | None
    collection: str


class VectorStore:
    """One collection of document vectors, read by cosine similarity."""

    def __init__(self, client: Client, place: Place, embedder: Embedder, *, create: bool) -> None:
        self._client, self._place = client, place
        self._chroma = Chroma(
            collection_name=place.collection,
            embedding_function=cast("Embeddings", embedder),
            client=client,
            collection_configuration=_COSINE if create else None,
            create_collection_if_not_exists=create,
        )

    @classmethod
    def create(cls, place: Place, embedder: Embedder) -> VectorStore:
        """A new, empty collection; what an earlier, unfinished build left under its name is dropped."""
        with _refusals(place):
            client = _connect(place)
            if place.collection in {found.name for found in client.list_collections()}:
                client.delete_collection(place.collection)
            return cls(client, place, embedder, create=True)

    @classmethod
    def open(cls, place: Place, embedder: Embedder) -> VectorStore:
        """
        The finished collection at `place`.

        Raises:
            LookupError: there is no such collection.
            OSError: the folder or the server cannot be reached.
        """
        with _refusals(place):
            client = _connect(place)
            try:
                client.get_collection(place.collection)
                return cls(client, place, embedder, create=False)
            except BaseException:
                client.close()
                raise

    def add(self, ids: list[str], texts: list[str]) -> Iterable[int]:
        """Embed and store documents batch by batch, yielding how many are done."""
        for at in range(0, len(ids), _BATCH):
            self._chroma.add_texts(texts[at : at + _BATCH], ids=ids[at : at + _BATCH])
            yield min(at + _BATCH, len(ids))

    def nearest(self, vector: list[float], k: int) -> dict[str, float]:
        """The k documents nearest to a unit vector: id -> cosine similarity, best first."""
        with _refusals(self._place):
            found = self._chroma.similarity_search_by_vector_with_relevance_scores(vector, k=k)
        return {document.id or "": 1.0 - distance for document, distance in found}

    def prune(self, prefix: str, keep: set[str]) -> None:
        """Delete the collections whose names start with `prefix`, except those to keep."""
        for found in self._client.list_collections():
            if found.name.startswith(prefix) and found.name not in keep:
                self._client.delete_collection(found.name)

    def size(self) -> int:
        """How many documents the collection holds."""
        with _refusals(self._place):
            return self._client.get_collection(self._place.collection).count()

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
