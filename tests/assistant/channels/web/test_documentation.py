"""The OpenAPI document and its page."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

ROUTES = {
    "/api/chat": "post",
    "/api/chat/stream": "post",
    "/api/forget": "post",
    "/api/programme": "get",
    "/api/eligibility": "post",
    "/api/eligibility/schema": "get",
    "/api/clauses": "get",
    "/api/clauses/{clause_id}": "get",
    "/api/feedback": "post",
    "/healthz": "get",
    "/readyz": "get",
    "/metrics": "get",
}


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    """The OpenAPI document."""
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_every_route_is_documented(document: dict[str, Any]) -> None:
    """The document has the API's routes and no other, with the service's version."""
    assert {path: next(iter(methods)) for path, methods in document["paths"].items()} == ROUTES
    assert document["info"]["version"] == "1.2.3"


def test_operations_are_described(document: dict[str, Any]) -> None:
    """Each operation has a summary, a tag that is described, and a short name."""
    tags = {tag["name"] for tag in document["tags"]}
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["summary"], path
            assert set(operation["tags"]) <= tags
            assert operation["operationId"].isidentifier()


def test_errors_have_the_one_shape(document: dict[str, Any]) -> None:
    """Every error that is documented has the schema of all errors, and an example of it."""
    for path, methods in document["paths"].items():
        for operation in methods.values():
            errors = {status: r for status, r in operation["responses"].items() if int(status) >= 400}
            assert "500" in errors, path
            for response in errors.values():
                media = response["content"]["application/json"]
                assert media["schema"] == {"$ref": "#/components/schemas/ErrorBody"}
                assert list(media["example"]["error"]) == ["message", "type", "param", "code"]


def test_answer_schema_has_the_contracts_fields(document: dict[str, Any]) -> None:
    """The Answer of the document has exactly the fields of the contract; verdict is null or an object."""
    schemas = document["components"]["schemas"]

    assert list(schemas["Answer"]["properties"]) == [
        "id",
        "session_id",
        "outcome",
        "text",
        "citations",
        "verdict",
        "confidence",
        "followups",
        "referral",
        "lines",
        "questions",
        "reading",
    ]
    assert list(schemas["Citation"]["properties"]) == [
        "n",
        "clause_id",
        "label",
        "quote",
        "start",
        "end",
        "source",
        "edition",
        "url",
    ]
    assert schemas["Answer"]["properties"]["verdict"]["anyOf"] == [
        {"$ref": "#/components/schemas/Verdict"},
        {"type": "null"},
    ]
    assert "HTTPValidationError" not in schemas


def test_fields_are_described(document: dict[str, Any]) -> None:
    """What a client sends and the answer it gets are described field by field, with an example."""
    for name in ("Asked", "Feedback", "Answer"):
        schema = document["components"]["schemas"][name]
        assert schema["examples"]
        assert name != "Answer" or list(schema["examples"][0]) == list(schema["properties"])
        for field, properties in schema["properties"].items():
            assert properties.get("description") or "$ref" in str(properties), f"{name}.{field}"


def test_page_lists_every_operation(client: TestClient, document: dict[str, Any]) -> None:
    """/docs shows each operation and needs no other host."""
    page = client.get("/docs").text

    for path in document["paths"]:
        assert path in page
    assert "/openapi.json" in page
    assert 'src="http' not in page
