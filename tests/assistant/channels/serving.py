"""An application on a real port, for browsers and other clients that are no test client."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

from assistant.channels.web.connection import Connection


def address(listener: socket.socket) -> str:
    """The origin of a listening socket."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def served(app: ASGIApp, listener: socket.socket | None = None) -> Iterator[str]:
    """The address of an application that uvicorn serves in a thread, on a socket that listens or a free port."""
    with listener or socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(
            app, http=Connection, log_level="critical", access_log=False, timeout_graceful_shutdown=5
        )
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        # The socket listens already: a first request waits for the start by itself.
        yield address(listening)
        server.should_exit = True
        thread.join(timeout=20)
        assert not thread.is_alive()
