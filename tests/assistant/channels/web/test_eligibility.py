"""POST /api/eligibility and the facts that it takes."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.assistant.channels.web.conftest import Rig


def test_verdict_has_the_fields_of_the_contract(client: TestClient) -> None:
    """Four of twelve is more than 30 %: ineligible, with reading, limit, clause and the nearest fix."""
    sent = {"track": "A", "facts": {"members": 12, "coached_within_3y": 4}}

    verdict = client.post("/api/eligibility", json=sent).json()

    check = next(check for check in verdict["checks"] if check["clause_id"] == "digital-cluster/7/A/3")
    assert (verdict["decision"], verdict["subject"], check["result"]) == ("ineligible", "A類", "not_met")
    assert check["reading"] == "4 ÷ 12 = 33.3%"
    contract = ["rule", "result", "reading", "limit", "clause_id", "margin", "fix"]
    assert list(check) == [*contract, "title", "words", "premises"]


def test_what_nobody_stated_is_unknown(client: TestClient) -> None:
    """Without facts nothing is decided, and what is missing is asked for."""
    verdict = client.post("/api/eligibility", json={"track": "A"}).json()

    asked = {missing["fact"]: missing["replies"] for missing in verdict["missing"]}
    assert (verdict["decision"], verdict["unread"]) == ("unknown", [])
    assert verdict["conclusion"] == "目前還無法判斷是否符合A類的申請條件。"
    assert (asked["members"], asked["coached_within_3y"]) == ([], ["都沒有"])


@pytest.mark.parametrize(
    ("sent", "param"),
    [
        ({"facts": {"nonsense": 1}}, "nonsense"),
        ({"facts": {"members": 12.5}}, "members"),
        ({"facts": {"members": -1}}, "members"),
        ({"facts": {"members": "twelve"}}, "members"),
        ({"track": "Z"}, "track"),
        ({"facts": []}, "facts"),
        ({"programme": "x"}, "programme"),
    ],
)
def test_fault_is_named(client: TestClient, sent: dict[str, object], param: str) -> None:
    """An unknown fact or an impossible value is 422 and says which."""
    response = client.post("/api/eligibility", json=sent)

    assert response.status_code == 422
    assert response.json()["error"]["param"] == param


def test_schema_lists_the_facts(client: TestClient) -> None:
    """Each fact comes with the question that asks for it and the rules that read it."""
    facts = {fact["name"]: fact for fact in client.get("/api/eligibility/schema").json()}

    assert facts["members"]["question"]
    assert "a-coached-share" in facts["coached_within_3y"]["rules"]


def test_programme_without_rules_is_404(client: TestClient, rig: Rig) -> None:
    """Where there are no rules there is no verdict."""
    rig.assistant._rules = None

    for response in (client.post("/api/eligibility", json={}), client.get("/api/eligibility/schema")):
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "no_rules"
