"""A real Chroma server for the tests of the index, started once if a test asks for it."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest


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
