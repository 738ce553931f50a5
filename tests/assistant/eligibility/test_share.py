"""A share is decided on its fraction; a strict limit excludes itself, an inclusive one does not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.condition import Sign
from assistant.eligibility.facts import Range, ShareRange, Value
from assistant.eligibility.quoted import quoted
from assistant.eligibility.share import Move, Share
from tests.assistant.eligibility.conftest import TODAY, stated

LIMIT = Fraction(3, 10)


def _share(sign: Sign) -> Share:
    limit = quoted("30%", "%")
    return Share(sign, limit, "不得超過", "coached_within_3y", "members", "coached_share", unit="家")


def _rule(inclusive: bool) -> Share:
    return _share("<=" if inclusive else "<")


@given(st.integers(0, 80), st.integers(1, 80), st.booleans())
def test_extremes(part: int, whole: int, inclusive: bool) -> None:
    """`last_part` and `last_whole` pass, their neighbours do not; `passes` is the comparison of fractions."""
    rule = _rule(inclusive)
    share = Fraction(part, whole)

    assert rule.passes(part, whole) is (share <= LIMIT if inclusive else share < LIMIT)
    assert rule.passes(rule.last_part(whole), whole)
    assert not rule.passes(rule.last_part(whole) + 1, whole)
    assert rule.passes(part, rule.last_whole(part))
    assert part == 0 or not rule.passes(part, rule.last_whole(part) - 1)
    if part <= whole:
        passing = [out for out in range(part + 1) if rule.passes(part - out, whole - out)]
        assert rule.farthest(part, whole, Move(-1, -1)) == passing[0]


@given(st.integers(1, 80), st.integers(1, 80), st.booleans())
def test_extremes_of_a_minimum(part: int, whole: int, inclusive: bool) -> None:
    """Of a minimum `last_part` is the least that passes, `last_whole` the largest whole that lets a part pass."""
    rule = _share(">=" if inclusive else ">")
    share = Fraction(part, whole)

    assert rule.passes(part, whole) is (share >= LIMIT if inclusive else share > LIMIT)
    assert rule.passes(rule.last_part(whole), whole)
    assert not rule.passes(rule.last_part(whole) - 1, whole)
    assert rule.passes(part, rule.last_whole(part))
    assert not rule.passes(part, rule.last_whole(part) + 1)


@pytest.mark.parametrize(
    ("values", "sign", "result"),
    [
        ({"coached_share": LIMIT}, ">=", "met"),
        ({"coached_share": LIMIT}, ">", "not_met"),
        ({"coached_share": ShareRange(low=LIMIT, low_open=True)}, ">", "met"),
        ({"coached_share": ShareRange(high=LIMIT, high_open=True)}, ">=", "not_met"),
        ({"coached_share": ShareRange(high=LIMIT)}, ">=", "unknown"),
        ({"coached_within_3y": 4, "members": Range(10, 13)}, ">=", "met"),
        ({"coached_within_3y": Range(2, 4), "members": 10}, ">=", "unknown"),
        ({"coached_within_3y": Range(1, 2), "members": Range(8, None)}, ">=", "not_met"),
        ({"coached_within_3y": 2}, ">=", "unknown"),
        ({"members": 10}, ">=", "unknown"),
    ],
)
def test_result_of_a_minimum(values: dict[str, Value], sign: Sign, result: str) -> None:
    """Met or not met only if the smallest and the largest share that are possible agree."""
    assert _share(sign).judge(stated(**values), TODAY).result == result


@pytest.mark.parametrize(
    ("out", "coached", "members", "result"),
    [
        (0, 3, 10, "met"),
        (1, 3, 12, "met"),
        (1, 3, 10, "unknown"),
        (9, 6, 21, "unknown"),
        (1, 4, 12, "not_met"),
        (2, 8, 10, "not_met"),
        (Range(0, 1), 3, 10, "unknown"),
    ],
)
def test_of_whom_the_whole_is(out: int | Range, coached: int, members: int, result: str) -> None:
    """Met only if it is with those who do not count and without; what the other total gives is said where it differs."""
    told = stated(members=members, coached_within_3y=coached, unqualified_members=out)
    rule = replace(_rule(True), less="unqualified_members")
    found, plain = rule.judge(told, TODAY), _rule(True).judge(told, TODAY)

    assert found.result == result
    assert ("不計入" in found.reading) is (result == "unknown" or (out, coached) == (1, 4))
    assert plain.result == result or (plain.result, result) == ("met", "unknown")


def test_none_of_nothing() -> None:
    """0 ÷ 0 stays below a maximum and reaches no minimum."""
    assert _share("<=").passes(0, 0)
    assert not _share(">=").passes(0, 0)


def test_a_share_told_alone() -> None:
    """Where a programme knows only the percentage, that decides, and it is what is asked for."""
    alone = Share(">=", quoted("30%", "%"), "至少", "", "", "coached_share")

    assert alone.judge(stated(coached_share=LIMIT), TODAY).result == "met"
    assert alone.judge(stated(), TODAY).missing == ("coached_share",)


def _result(inclusive: bool = True, **values: Value) -> str:
    return _rule(inclusive).judge(stated(**values), TODAY).result


@pytest.mark.parametrize(
    ("values", "inclusive", "result"),
    [
        ({"coached_share": LIMIT}, True, "met"),
        ({"coached_share": LIMIT}, False, "not_met"),
        ({"coached_share": ShareRange(high=LIMIT, high_open=True)}, False, "met"),
        ({"coached_share": ShareRange(low=LIMIT, low_open=True)}, True, "not_met"),
        ({"coached_share": ShareRange(low=LIMIT)}, True, "unknown"),
        ({"coached_share": ShareRange(low=LIMIT)}, False, "not_met"),
        ({"coached_share": ShareRange(Fraction(1, 5), Fraction(2, 5))}, True, "unknown"),
        ({"coached_share": LIMIT, "members": 12}, True, "unknown"),
        ({"coached_share": LIMIT, "members": 10}, True, "met"),
        ({"coached_share": ShareRange(high=LIMIT, high_open=True), "members": 12}, True, "met"),
        ({"coached_share": ShareRange(low=LIMIT, low_open=True), "members": 12}, True, "not_met"),
        ({"coached_share": Fraction(1, 4), "members": Range(10, 14)}, True, "met"),
        ({"coached_within_3y": 0}, True, "met"),
        ({"coached_within_3y": 5}, True, "unknown"),
        ({"coached_within_3y": Range(4, 9), "members": Range(10, 13)}, True, "not_met"),
        ({"coached_within_3y": 4, "members": Range(13, 14)}, True, "unknown"),
        ({"coached_within_3y": 3, "members": Range(10, None)}, True, "met"),
    ],
)
def test_result(values: dict[str, Value], inclusive: bool, result: str) -> None:
    """Met or not met only if all that is possible agrees."""
    assert _result(inclusive, **values) == result


def test_the_limit_in_words() -> None:
    """Inclusive or strict is said."""
    assert _rule(True).shown[::2] == ("≤ 30%", "剛好 30% 可以")
    assert _rule(False).shown[::2] == ("< 30%", "剛好 30% 不行")


def test_counts_and_share_that_decide_differently() -> None:
    """A vague whole cannot hide that the told share and the counts disagree."""
    told = stated(coached_within_3y=4, members=Range(10, 13), coached_share=Fraction(1, 4))

    assert list(_rule(True).clashes(told))
