"""None of a kind: said, or nobody left who could be one."""

from __future__ import annotations

import pytest

from assistant.eligibility.facts import Range, Value
from assistant.eligibility.none_of import NoneOf
from tests.assistant.eligibility.conftest import TODAY, stated

NEW = NoneOf(
    "newcomers_coached_smea",
    ("added_members", "replaced_old_members"),
    "newcomers_coached_startups",
    (),
    (),
    "家",
)


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ({}, "unknown"),
        ({"newcomers_coached_smea": 0}, "met"),
        ({"newcomers_coached_smea": 1}, "not_met"),
        ({"newcomers_coached_smea": Range(0, 2)}, "unknown"),
        ({"newcomers_coached_smea": Range(1, 2)}, "not_met"),
        ({"added_members": 0, "replaced_old_members": 0}, "met"),
        ({"added_members": 0}, "unknown"),
        ({"added_members": 0, "replaced_old_members": 2}, "unknown"),
        ({"added_members": 2, "replaced_old_members": 0, "newcomers_coached_startups": 2}, "met"),
        ({"added_members": 2, "replaced_old_members": 0, "newcomers_coached_startups": 1}, "unknown"),
    ],
)
def test_none_of(values: dict[str, Value], result: str) -> None:
    """Zero if said, or if nobody new is left who could be one."""
    assert NEW.judge(stated(**values), TODAY).result == result
