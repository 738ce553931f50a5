"""The JSON shape of an Answer."""

from __future__ import annotations

import json

from assistant.answer.wire import to_json
from assistant.domain import Answer, Outcome, Referral


def test_plain_values() -> None:
    """An answer becomes JSON with the field names of the API."""
    answer = Answer("a", "s", Outcome.NO_CLAUSE, "…", referral=Referral("請洽承辦", "金額", ("p/1",)))

    found = json.loads(json.dumps(to_json(answer)))

    assert found["outcome"] == "no_clause"
    assert found["referral"] == {"contact": "請洽承辦", "looked_for": "金額", "nearby": ["p/1"]}
    assert found["citations"] == []
    assert found["verdict"] is None
