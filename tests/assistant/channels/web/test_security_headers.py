"""Headers that every response has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.channels import web
from assistant.channels.web.security_headers import HEADERS

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TEMPLATES = sorted((Path(web.__file__).parent / "templates").iterdir())


@pytest.mark.parametrize("path", ["/", "/api/clauses", "/nothing", "/static/assistant.css", "/healthz"])
def test_every_response_is_guarded(client: TestClient, path: str) -> None:
    """Pages, JSON, files and errors have the same strict headers."""
    response = client.get(path)

    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    assert HEADERS.keys() <= {name.title().replace("Dns", "DNS") for name in response.headers}


def test_errors_of_the_body_limit_are_guarded(client: TestClient) -> None:
    """What a middleware answers has them too."""
    response = client.post("/api/chat", content=b"a" * 70_000)

    assert response.status_code == 413
    assert response.headers["content-security-policy"] == POLICY


def test_answers_are_not_kept(client: TestClient) -> None:
    """No cache keeps an answer."""
    assert client.post("/api/chat", json={"message": "A類？"}).headers["cache-control"] == "no-store"
    assert client.get("/", params={"q": "A類？"}).headers["cache-control"] == "no-store"


def test_style_is_kept_for_good(client: TestClient) -> None:
    """The style sheet's address changes with it, so browsers keep it; without its version, for a day."""
    address = re.search(r"/static/assistant\.css\?v=[0-9a-f]{12}", client.get("/").text)

    assert address is not None
    assert "immutable" in client.get(address[0]).headers["cache-control"]
    assert client.get("/static/assistant.css").headers["cache-control"] == "public, max-age=86400"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_need_nothing_from_elsewhere(template: Path) -> None:
    """No template has an inline style or script, or loads anything from another host."""
    text = template.read_text(encoding="utf-8")

    assert all(tag.startswith(' src="/') for tag in re.findall(r"<script([^>]*)", text))
    assert not re.search(r"<script[^>]*>(?!</script>)|<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text)


def test_style_needs_nothing_from_elsewhere() -> None:
    """The style sheet imports nothing and names no address."""
    style = (Path(web.__file__).parent / "static" / "assistant.css").read_text(encoding="utf-8")

    assert not re.search(r"@import|url\(|https?:", style)
