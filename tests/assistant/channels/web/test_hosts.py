"""By which names the server may be asked for, and that no header leads anybody elsewhere."""

from __future__ import annotations

import socket
from contextlib import nullcontext
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from assistant.channels.site import Site
from assistant.channels.web.app import create_app
from tests.assistant.channels.web.conftest import Rig

SITE = Site("https://answers.example.gov.tw/guide", ("also.example.gov.tw",))


@pytest.mark.parametrize(
    "host",
    ["localhost:8000", "127.0.0.1", "[::1]:8000", "192.168.1.5:8000", "assistant", "Answers.Example.gov.tw",
     "answers.example.gov.tw.", "also.example.gov.tw:443"],
)  # fmt: skip
def test_known_names(host: str) -> None:
    """Numbers, names without a dot, the public address and the names of the setting are this server's."""
    assert SITE.is_called(host)


@pytest.mark.parametrize(
    "host", ["evil.example", "", "answers.example.gov.tw.evil.example", "[", "a@b.example"]
)
def test_other_names(host: str) -> None:
    """Any other name is somebody else's."""
    assert not SITE.is_called(host)


def test_another_host_is_refused(client: TestClient) -> None:
    """A request that names another server is 400 in the shape of every error, with what to set; a page for people."""
    refused = client.get("/api/clauses", headers={"Host": "evil.example"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "unknown_host")
    assert "ASSISTANT_ALLOWED_HOSTS" in refused.text
    page = client.get("/", headers={"Host": "evil.example", "Accept": "text/html"})
    assert page.status_code == 400
    assert "evil.example" not in page.text
    assert "content-security-policy" in page.headers


@pytest.mark.parametrize(
    "head",
    ["GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"],
)
def test_no_host_and_two_are_refused(server: str, head: str) -> None:
    """A request without a Host, or with two of them, is 400."""
    with socket.create_connection(("127.0.0.1", urlsplit(server).port or 0), timeout=15) as connection:
        connection.sendall(head.encode())
        assert connection.recv(1000).split(b"\r\n")[0].split()[1] == b"400"


def test_links_begin_with_the_public_address(rig: Rig) -> None:
    """What a page gives out as this site's address is what was set, whatever the browser used."""
    with TestClient(create_app(lambda: nullcontext(rig.service), site=SITE)) as client:
        assert "https://answers.example.gov.tw/guide/widget.js" in client.get("/").text
        assert "testserver" not in client.get("/").text


def test_redirects_are_paths(client: TestClient) -> None:
    """A redirect within the site names no host: the browser knows by which one it came."""
    response = client.get("/privacy/", follow_redirects=False)
    assert response.status_code == 307
    assert response.headers["location"] == "/privacy"


def test_https_is_asked_for_again(rig: Rig) -> None:
    """Over https a browser is told to stay there; over http that would mean nothing."""
    with TestClient(rig.app, base_url="https://testserver") as client:
        assert client.get("/healthz").headers["strict-transport-security"] == "max-age=31536000"
    with TestClient(rig.app) as client:
        assert "strict-transport-security" not in client.get("/healthz").headers
