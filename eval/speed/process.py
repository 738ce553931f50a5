"""The real server in a process of its own, on a free port, for as long as it is measured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

QUESTIONS: Final = ("案子可以轉包嗎", "A類要幾家", "誰要上台簡報", "補助多少錢")


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """Where the server is reached, and its process."""

    port: int
    pid: int

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def server_process(**settings: str) -> Iterator[ServerProcess]:
    """
    The server, ready; `settings` are variables of its environment.

    Raises:
        RuntimeError: it did not start.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, **settings, "ASSISTANT_PORT": str(port)}
    command = [sys.executable, "-m", "assistant", "serve"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)  # noqa: S603 - our own command
    try:
        server = ServerProcess(port, process.pid)
        while not _ready(server):
            if process.poll() is not None:
                raise RuntimeError("the server did not start; `python -m assistant serve` says why")
            time.sleep(0.02)
        yield server
    finally:
        process.terminate()
        process.wait()


def _ready(server: ServerProcess) -> bool:
    try:
        urllib.request.urlopen(f"{server.base}/readyz").close()  # noqa: S310 - the server started above
    except urllib.error.URLError:
        return False
    return True
