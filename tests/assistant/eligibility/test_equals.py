"""One value that must be the one: a yes, a choice."""

from __future__ import annotations

import pytest

from assistant.eligibility.equals import Holds, OneOf
from assistant.eligibility.facts import Value
from tests.assistant.eligibility.conftest import TODAY, stated


@pytest.mark.parametrize(
    ("values", "result"), [({"all_sme": True}, "met"), ({"all_sme": False}, "not_met"), ({}, "unknown")]
)
def test_holds(values: dict[str, Value], result: str) -> None:
    """As it was said; unknown while nobody said it and nothing is taken for granted."""
    assert Holds("all_sme", value=True, words=()).judge(stated(**values), TODAY).result == result


@pytest.mark.parametrize(
    ("values", "result"), [({"presenter_type": "數位群聚輔導"}, "met"), ({"presenter_type": "數位擴散輔導"}, "not_met"), ({}, "unknown")]
)  # fmt: skip
def test_one_of(values: dict[str, Value], result: str) -> None:
    """One of the choices, another one, or none yet."""
    rule = OneOf("presenter_type", ("數位群聚輔導",), ())

    assert rule.judge(stated(**values), TODAY).result == result
