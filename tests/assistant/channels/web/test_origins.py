"""Which other sites may call the API."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from assistant.channels.web.origins import check_origins
from tests.assistant.channels.web.conftest import WIDGET_SITE, Rig

PREFLIGHT = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}


def test_allowed_origin_may_call(client: TestClient) -> None:
    """An origin of the list is named in the response, and no credentials are allowed."""
    response = client.post("/api/chat", json={"message": "A類要幾家？"}, headers={"origin": WIDGET_SITE})

    assert response.headers["access-control-allow-origin"] == WIDGET_SITE
    assert "Origin" in response.headers["vary"]
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    "origin", ["https://evil.example", WIDGET_SITE + ".evil.example", "http://www.example.gov.tw", "null"]
)
def test_other_origins_may_not(client: TestClient, origin: str) -> None:
    """An origin that is not on the list is told nothing; caches keep the two apart."""
    response = client.get("/api/clauses", headers={"origin": origin})

    assert "access-control-allow-origin" not in response.headers
    assert "Origin" in response.headers["vary"]


def test_preflight_of_an_allowed_origin(client: TestClient) -> None:
    """The browser's question beforehand is answered with 204 and what is allowed."""
    response = client.options("/api/chat", headers={"origin": WIDGET_SITE, **PREFLIGHT})

    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == WIDGET_SITE
    assert "POST" in response.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    "asked",
    [
        {"origin": "https://evil.example", **PREFLIGHT},
        {"origin": WIDGET_SITE, "access-control-request-method": "DELETE"},
    ],
)
def test_preflight_refused(client: TestClient, asked: dict[str, str]) -> None:
    """Another origin or method is refused beforehand, in the shape of every error."""
    response = client.options("/api/chat", headers=asked)

    assert response.status_code == 400
    assert response.json()["error"]["code"] == "origin_refused"


def test_errors_tell_the_origin_too(client: TestClient, rig: Rig) -> None:
    """An error reaches the page that asked: refusals, and a 500 as well."""
    rig.assistant.failure = RuntimeError("broken")
    headers = {"origin": WIDGET_SITE}

    for sent in ({"message": ""}, {"message": "A類要幾家？"}):
        response = client.post("/api/chat", json=sent, headers=headers)
        assert response.status_code in {422, 500}
        assert response.headers["access-control-allow-origin"] == WIDGET_SITE


@pytest.mark.parametrize("origin", ["*", "example.gov.tw", "https://example.gov.tw/", "https://*.gov.tw", ""])
def test_inexact_origins_are_refused(origin: str) -> None:
    """A wildcard, a path or a missing scheme is refused, by its name."""
    with pytest.raises(ValueError, match=re.escape(f"{origin!r} is no exact origin")):
        check_origins(("https://www.example.gov.tw", origin))
