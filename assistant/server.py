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


def serve(app: FastAPI, settings: Settings) -> int:
    """
    Serve until the process is told to stop; the exit code.

    Raises:
        SettingsError: nothing can listen at that host and port.
    """
    config = uvicorn.Config(
        app,
        http=Connection,
        forwarded_allow_ips=settings.trusted_proxies,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_SECONDS_TO_END,
        log_config=None,
        access_log=False,
    )
    with _listener(settings.host, settings.port) as listener:
        server = AnnouncedServer(config, settings.address)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    return 0 if server.started else 1


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(
            f"cannot listen at {host}, port {port}: {reason}; name another place in {PREFIX}HOST and {PREFIX}PORT"
        ) from error
