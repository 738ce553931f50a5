"""/healthz, /readyz, /metrics."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from starlette.testclient import TestClient

from assistant.index.manifest import IndexUnusable
from tests.assistant.channels.web.conftest import Rig


def test_service_is_opened_and_closed_with_the_app(rig: Rig) -> None:
    """Making the app opens nothing; its start opens the service, its end closes it."""
    assert rig.opened == []
    with TestClient(rig.app):
        assert rig.opened == ["opened"]
    assert rig.opened == ["opened", "closed"]


def test_alive_and_ready(client: TestClient) -> None:
    """A working service is alive and ready, and tells its version and programmes."""
    for path, status in (("/healthz", "alive"), ("/readyz", "ready")):
        response = client.get(path)

        assert response.status_code == 200
        assert response.json() == {"status": status, "version": "1.2.3", "programmes": ["digital-cluster"]}


def test_not_ready_without_records(client: TestClient, broken_records: Path) -> None:
    """With broken records the service is alive but not ready, and says why without its folder."""
    response = client.get("/readyz")

    assert client.get("/healthz").status_code == 200
    assert response.status_code == 503
    assert response.json()["error"]["param"] == "records"
    assert "not a database" in response.json()["error"]["message"]
    assert str(broken_records.parent.parent) not in response.text


def test_not_ready_when_nothing_can_be_looked_up(client: TestClient, rig: Rig) -> None:
    """An index that is damaged while it is served is an index that cannot be used; so says a question too."""
    rig.assistant.failure = IndexUnusable("digital-cluster", "cannot be searched")

    response = client.get("/readyz")
    asked = client.post("/api/chat", json={"message": "A類要幾家？"})

    assert (response.status_code, response.json()["error"]["param"]) == (503, "index")
    assert (asked.status_code, asked.json()["error"]["code"]) == (503, "index_unavailable")
    assert client.get("/healthz").status_code == 200


def test_not_ready_without_clauses(client: TestClient, rig: Rig) -> None:
    """A guideline without clauses is an index that cannot be used."""
    rig.assistant._of = replace(rig.assistant.guideline, clauses=())

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["error"]["param"] == "index"
