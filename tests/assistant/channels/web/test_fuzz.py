"""schemathesis over the OpenAPI document: nothing it sends is a 5xx, every response is as documented."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from starlette.testclient import TestClient

from tests.assistant.channels.web.conftest import Rig
from tests.assistant.channels.web.test_documentation import ROUTES

load_all_checks()
# Not whether what fits its schema is taken: a programme that is not there, an unknown answer, a message
# of invisible characters all fit and are refused. test_bad_input.py says what becomes of them.
CHECKED = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
        "unsupported_method",
    ]
)
CASES = [(path, GenerationMode.POSITIVE) for path in ROUTES] + [
    (path, GenerationMode.NEGATIVE) for path, method in ROUTES.items() if method == "post"
]


@pytest.mark.parametrize(("path", "mode"), CASES, ids=lambda value: getattr(value, "value", value))
def test_document_holds(client: TestClient, rig: Rig, path: str, mode: GenerationMode) -> None:
    """For valid and for invalid input: a documented status below 500, its content type and its schema."""
    del client  # keeps the application started
    operation = schemathesis.openapi.from_asgi("/openapi.json", rig.app)[path][ROUTES[path]]

    @given(st.data())
    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def sends(data: Any) -> None:  # noqa: ANN401 - hypothesis' own
        case = data.draw(operation.as_strategy(generation_mode=mode))
        case.call_and_validate(checks=CHECKED)

    sends()
