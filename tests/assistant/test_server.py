"""The server says where it serves, and only then."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI

from assistant.config import SettingsError, load_settings
from assistant.server import AnnouncedServer, place_of, serve


def test_a_port_in_use_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """Where another listens already, the settings to change are named, and no address is printed as served."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = load_settings({"ASSISTANT_PORT": str(taken.getsockname()[1])})
        with pytest.raises(
            SettingsError, match=r"in use.*; name another place in ASSISTANT_HOST and ASSISTANT_PORT"
        ):
            place_of(settings)
    assert capsys.readouterr().out == ""


def test_what_is_announced_answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When the address is printed a request to it is answered; when the server is told to stop, serving ends well."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    found: list[tuple[str, int]] = []

    async def ask(server: uvicorn.Server) -> None:
        said = capsys.readouterr().out
        async with httpx2.AsyncClient() as client:
            found.append((said, (await client.get(f"http://127.0.0.1:{port}/")).status_code))
        server.should_exit = True

    monkeypatch.setattr(AnnouncedServer, "main_loop", ask)
    settings = load_settings({"ASSISTANT_PORT": port})
    with place_of(settings) as place:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(port)), timeout=15)
        # A browser of other tests may have a loop of its own on this thread.
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(serve, FastAPI(), settings, place).result() == 0
    assert found == [(f"serving at http://127.0.0.1:{port} (stop with Ctrl+C)\n", 404)]
