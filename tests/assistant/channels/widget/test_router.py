"""GET /widget.js: what browsers, caches and pages that isolate themselves are told."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.channels.widget.bundle import bundle
from assistant.channels.widget.router import router


@pytest.fixture
def client() -> TestClient:
    """A client of an application with this router alone."""
    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


def test_script_is_served_to_any_site(client: TestClient) -> None:
    """It is JavaScript in UTF-8, may be loaded across origins, and is asked for again within the hour."""
    response = client.get("/widget.js")

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["cache-control"] == "public, max-age=3600"
    assert response.content == bundle().script


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("br, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("gzip;q=0", None),
        ("gzip; q=0, br", None),
    ],
)
def test_script_is_compressed_for_who_takes_it(
    client: TestClient, accepted: str, encoding: str | None
) -> None:
    """Compressed only where that is accepted, and caches keep the two apart."""
    response = client.get("/widget.js", headers={"accept-encoding": accepted})

    assert response.headers.get("content-encoding") == encoding
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.content == bundle().script


def test_script_that_is_known_is_not_sent_again(client: TestClient) -> None:
    """With its tag the answer is 304 and empty; with another it is sent."""
    tag = client.get("/widget.js").headers["etag"]

    assert client.get("/widget.js", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/widget.js", headers={"if-none-match": '"other"'}).status_code == 200
