"""Counting conditions where a limit is strict, and where members do not count."""

from __future__ import annotations

import pytest

from assistant.eligibility.counting import AtLeast, NoneOf, Qualified
from assistant.eligibility.facts import Range, Value
from assistant.eligibility.quoted import quoted
from assistant.eligibility.stated import Stated
from tests.assistant.eligibility.conftest import TODAY, facts_of

NEW = NoneOf(
    "newcomers_coached_smea", ("added_members", "replaced_old_members"), "newcomers_coached_startups", (), ()
)


def _at_least(inclusive: bool) -> AtLeast:
    denials = ("all_registered", "all_sme")
    return AtLeast("members", "unqualified_members", denials, quoted("8家", "家"), inclusive, "至少")


@pytest.mark.parametrize(("inclusive", "edge"), [(True, "剛好 8 家可以"), (False, "剛好 8 家不行")])
def test_strict_and_inclusive(inclusive: bool, edge: str) -> None:
    """Exactly the minimum passes only if the rule is inclusive, and the words say which."""
    rule = _at_least(inclusive)
    results = [rule.judge(Stated(facts_of(members=n)), TODAY).result for n in (7, 8, 9)]

    assert results == ["not_met", "met" if inclusive else "not_met", "met"]
    assert rule.edge == edge


@pytest.mark.parametrize(
    ("values", "counts", "qualifies"),
    [
        ({"members": 12}, "met", "met"),
        ({"members": 12, "unqualified_members": Range(3, 5)}, "unknown", "unknown"),
        ({"members": 12, "unqualified_members": Range(1, 4)}, "met", "met"),
        ({"members": 12, "unqualified_members": Range(5, None)}, "not_met", "not_met"),
        ({"members": 7, "unqualified_members": 0}, "not_met", "met"),
        ({"members": 7, "unqualified_members": Range(0, 1)}, "not_met", "unknown"),
        ({"members": Range(8, None), "all_sme": False}, "unknown", "unknown"),
        ({"unqualified_members": 2}, "unknown", "unknown"),
        ({}, "unknown", "met"),
    ],
)
def test_left_out(values: dict[str, Value], counts: str, qualifies: str) -> None:
    """Who does not qualify is not counted; whether anybody may be is told apart from whether enough remain."""
    stated = Stated(facts_of(**values))

    assert _at_least(True).judge(stated, TODAY).result == counts
    assert Qualified(_at_least(True), ()).judge(stated, TODAY).result == qualifies


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
    assert NEW.judge(Stated(facts_of(**values)), TODAY).result == result
