"""The web application -> a server on a port, which says where it serves once it does."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from typing import Final

import uvicorn
from fastapi import FastAPI

from assistant.channels.web.connection import Connection
from assistant.config import PREFIX, Settings, SettingsError

# Each costs some memory, also one that says nothing.
_CONNECTIONS: Final = 1000
_SECONDS_TO_END: Final = 10


class AnnouncedServer(uvicorn.Server):
    """A server that says its address when its port is bound and the application has started."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(f"serving at {self._address} (stop with Ctrl+C)\n")
            sys.stdout.flush()


def place_of(settings: Settings) -> socket.socket:
    """
    The place to serve at, taken but not open yet: who comes before there is an answer is told so.

    Raises:
        SettingsError: it cannot be taken.
    """
    host, port = settings.host, settings.port
    place = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((host, port))
    except OSError as error:
        place.close()
        what = f"cannot listen at {host}, port {port}: {error.strerror or type(error).__name__}"
        raise SettingsError(f"{what}; name another place in {PREFIX}HOST and {PREFIX}PORT") from error
    return place


def serve(app: FastAPI, settings: Settings, place: socket.socket) -> int:
    """Serve until the process is told to stop; the exit code."""
    config = uvicorn.Config(
        app,
        http=Connection,
        forwarded_allow_ips=settings.trusted_proxies,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_SECONDS_TO_END,
        log_config=None,
        access_log=False,
    )
    server = AnnouncedServer(config, settings.address)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[place])
    return 0 if server.started else 1
