"""What Prometheus reads."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.assistant.channels.web.conftest import Rig


def test_requests_are_counted_by_template_and_status(client: TestClient) -> None:
    """Requests count under their route's template and status; addresses that match none under one."""
    for path in ("digital-cluster/7/A/3", "digital-cluster/2/註", "nothing"):
        client.get(f"/api/clauses/{path}")
    client.get("/x1")
    client.get("/x2")

    text = client.get("/metrics").text

    route = 'method="GET",route="/api/clauses/{clause_id:path}"'
    assert f'assistant_requests_total{{{route},status="200"}} 2.0' in text
    assert f'assistant_requests_total{{{route},status="404"}} 1.0' in text
    assert 'assistant_requests_total{method="GET",route="unmatched",status="404"} 2.0' in text
    assert "x1" not in text
    assert 'assistant_request_seconds_count{route="/api/clauses/{clause_id:path}"} 3.0' in text


def test_answers_are_counted_by_outcome(client: TestClient) -> None:
    """Answers count by outcome, streamed or not; outcomes that never came are there with 0."""
    client.post("/api/chat", json={"message": "A類要幾家？"})
    client.post("/api/chat/stream", json={"message": "A類要幾家？"})
    client.post("/", data={"q": "A類要幾家？"})

    text = client.get("/metrics").text

    assert 'assistant_answers_total{outcome="answered"} 3.0' in text
    assert 'assistant_answers_total{outcome="refused"} 0.0' in text


def test_each_app_counts_for_itself(rig: Rig, client: TestClient) -> None:
    """The counters belong to the app; its text has Prometheus' content type."""
    response = client.get("/metrics")

    assert response.headers["content-type"].startswith("text/plain; version=")
    assert rig.app.state.metrics.text().startswith(b"# HELP assistant_requests_total")
