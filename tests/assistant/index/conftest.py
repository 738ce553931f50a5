"""A copy of the small index, free to be damaged, and a real Chroma server, started once if a test asks for it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from assistant.index.manifest import Manifest, manifest_for
from assistant.index.store import Index, open_index
from assistant.index.words import Segmenter
from assistant.rank import Ranker, Ranking, WeightedQuestion
from assistant.retrieve import Candidates, HybridRetriever
from tests.fakes import HashEmbedder

MEND = "Build it with: make index (or: python -m ingest corpus/night-market)"


@pytest.fixture
def chroma_url(chroma_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the Chroma server; the connections that chromadb leaves open are closed behind the test."""
    opened: list[httpx.Client] = []

    class Recorded(httpx.Client):
        def __init__(self, *, timeout: None, limits: httpx.Limits) -> None:
            super().__init__(timeout=timeout, limits=limits)
            opened.append(self)

    monkeypatch.setattr("chromadb.api.fastapi.httpx.Client", Recorded)
    yield chroma_server
    for client in opened:
        client.close()


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma-server")
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--path", str(folder)]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)], cwd=folder, stdout=log, stderr=log
        ) as server,
    ):
        try:
            while not _answers(port):
                with pytest.raises(subprocess.TimeoutExpired):  # else it has ended, and says why in its log
                    server.wait(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(10)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


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
