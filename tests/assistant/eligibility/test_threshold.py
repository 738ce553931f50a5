"""Counting conditions where a limit is strict, and where members do not count."""

from __future__ import annotations

import pytest

from assistant.eligibility.condition import Sign
from assistant.eligibility.facts import Range, Value
from assistant.eligibility.qualified import Qualified
from assistant.eligibility.quoted import quoted
from assistant.eligibility.threshold import Threshold
from tests.assistant.eligibility.conftest import TODAY, stated


def _limit(sign: Sign) -> Threshold:
    denials = ("all_registered", "all_sme")
    return Threshold(sign, quoted("8家", "家"), "至少", "members", "unqualified_members", denials)


@pytest.mark.parametrize(
    ("sign", "passing", "edge", "last"),
    [
        (">=", [8, 9], "剛好 8 家可以", 8),
        (">", [9], "剛好 8 家不行", 9),
        ("<=", [7, 8], "剛好 8 家可以", 8),
        ("<", [7], "剛好 8 家不行", 7),
    ],
)
def test_signs(sign: Sign, passing: list[int], edge: str, last: int) -> None:
    """Exactly the limit passes only if the sign includes it, and the words say which."""
    rule = _limit(sign)
    results = [rule.judge(stated(members=n), TODAY).result for n in (7, 8, 9)]

    assert results == ["met" if n in passing else "not_met" for n in (7, 8, 9)]
    assert (rule.shown.edge, rule.last) == (edge, last)


@pytest.mark.parametrize(
    ("sign", "members", "result"),
    [
        (">=", Range(8, None), "met"),
        (">=", Range(7, None), "unknown"),
        ("<=", Range(0, 8), "met"),
        ("<=", Range(9, None), "not_met"),
        ("<=", Range(8, None), "unknown"),
        ("<", Range(7, 8), "unknown"),
    ],
)
def test_vague(sign: Sign, members: Range, result: str) -> None:
    """A vague number decides only if all of it lies on one side, for a minimum and for a maximum."""
    assert _limit(sign).judge(stated(members=members), TODAY).result == result


def test_the_change_below_a_maximum() -> None:
    """Too many: down to the last number that passes."""
    change = _limit("<").judge(stated(members=12), TODAY).changes[0]

    assert (change.template, change.counts, change.figures) == (
        "fix_fewer",
        {"members": 7},
        {"most": 7, "fewer": 5},
    )


@pytest.mark.parametrize(
    ("values", "counts", "qualifies"),
    [
        ({"members": 12}, "met", "assumed"),
        ({"members": 12, "unqualified_members": Range(3, 5)}, "unknown", "unknown"),
        ({"members": 12, "unqualified_members": Range(1, 4)}, "met", "met"),
        ({"members": 12, "unqualified_members": Range(5, None)}, "not_met", "not_met"),
        ({"members": 7, "unqualified_members": 0}, "not_met", "met"),
        ({"members": 7, "unqualified_members": Range(0, 1)}, "not_met", "unknown"),
        ({"members": Range(8, None), "all_sme": False}, "unknown", "unknown"),
        ({"unqualified_members": 2}, "unknown", "unknown"),
        ({}, "unknown", "assumed"),
    ],
)
def test_left_out(values: dict[str, Value], counts: str, qualifies: str) -> None:
    """Who does not qualify is not counted; whether anybody may be is told apart from whether enough remain."""
    told = stated(**values)

    assert _limit(">=").judge(told, TODAY).result == counts
    assert Qualified(_limit(">="), (), "全部").judge(told, TODAY).result == qualifies
