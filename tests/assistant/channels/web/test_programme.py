"""GET /api/programme."""

from __future__ import annotations

from starlette.testclient import TestClient

from assistant.domain import Guideline


def test_programme_says_what_a_window_shows(client: TestClient, guideline: Guideline) -> None:
    """Name, agency, edition and referral of the source, and four questions of its outline."""
    found = client.get("/api/programme").json()

    source = guideline.source
    assert [found[name] for name in ("programme", "title", "agency", "edition", "referral")] == [
        source.programme,
        source.title,
        source.agency,
        source.edition,
        source.referral,
    ]
    assert found["starters"] == [group.question for group in guideline.groups[:4]]


def test_unknown_programme_is_named(client: TestClient) -> None:
    """A programme that is not there is 422."""
    response = client.get("/api/programme", params={"programme": "x"})

    assert (response.status_code, response.json()["error"]["param"]) == (422, "programme")
