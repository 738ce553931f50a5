"""The eligibility engine as a LangChain tool."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from langchain_core.tools import StructuredTool

from assistant.config import ROOT
from assistant.eligibility.rule_file import load_rules
from assistant.ports import TAIPEI
from assistant.toolkit import eligibility_tool
from tests.fakes import FixedClock


@pytest.fixture
def tool() -> StructuredTool:
    """The tool over the real rules, on a day in 2026."""
    clock = FixedClock(datetime(2026, 11, 22, tzinfo=TAIPEI))
    return eligibility_tool(load_rules(ROOT / "corpus" / "digital-cluster"), clock)


def test_a_verdict(tool: StructuredTool) -> None:
    """Invoked like any tool, it gives the verdict of the engine as JSON."""
    found = json.loads(tool.invoke({"track": "A", "facts": {"members": 12, "coached_within_3y": 4}}))

    assert found["decision"] == "ineligible"
    assert "coached_within_3y" in tool.description


@pytest.mark.parametrize(("facts", "name"), [({"stalls": 3}, "stalls"), ({"members": 1.5}, "members")])
def test_bad_facts_come_back(tool: StructuredTool, facts: dict[str, object], name: str) -> None:
    """A fact that cannot be taken is named in the result; nothing is raised into the model's loop."""
    assert json.loads(tool.invoke({"track": "A", "facts": facts}))["fact"] == name
