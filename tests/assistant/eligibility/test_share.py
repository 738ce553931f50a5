"""A share is decided on its fraction; a strict limit excludes itself, an inclusive one does not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Range, ShareRange, Value
from assistant.eligibility.quoted import quoted
from assistant.eligibility.share import ShareAtMost, parts_of
from assistant.eligibility.stated import Stated
from tests.assistant.eligibility.conftest import TODAY, facts_of

LIMIT = Fraction(3, 10)


def _rule(inclusive: bool) -> ShareAtMost:
    return ShareAtMost(
        "coached_within_3y", "members", "coached_share", quoted("30%", "%"), inclusive, "不得超過"
    )


@given(st.integers(0, 80), st.integers(1, 80), st.booleans())
def test_extremes(part: int, whole: int, inclusive: bool) -> None:
    """`most` and `fewest` pass, their neighbours do not; `passes` is the comparison of fractions."""
    rule = _rule(inclusive)
    share = Fraction(part, whole)

    assert rule.passes(part, whole) is (share <= LIMIT if inclusive else share < LIMIT)
    assert rule.passes(rule.most(whole), whole)
    assert not rule.passes(rule.most(whole) + 1, whole)
    assert rule.passes(part, rule.fewest(part))
    assert part == 0 or not rule.passes(part, rule.fewest(part) - 1)
    if part <= whole:
        passing = [out for out in range(part + 1) if rule.passes(part - out, whole - out)]
        assert rule.fewest_out(part, whole) == passing[0]


def _result(inclusive: bool = True, **values: Value) -> str:
    return _rule(inclusive).judge(Stated(facts_of(**values)), TODAY).result


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
    assert (_rule(True).limit, _rule(True).edge) == ("≤ 30%", "剛好 30% 可以")
    assert (_rule(False).limit, _rule(False).edge) == ("< 30%", "剛好 30% 不行")


def test_counts_and_share_that_decide_differently() -> None:
    """A vague whole cannot hide that the told share and the counts disagree."""
    facts = facts_of(coached_within_3y=4, members=Range(10, 13), coached_share=Fraction(1, 4))

    assert _rule(True).judge(Stated(facts), TODAY).contradictions


@given(st.fractions(0, 1, max_denominator=30), st.integers(1, 60))
def test_parts_of_an_exact_share(share: Fraction, whole: int) -> None:
    """An exact share means the whole number of members on either side of it, and no other."""
    found = parts_of(ShareRange(share, share), whole)

    assert found.high is not None
    assert found.low <= share * whole <= found.high <= found.low + 1
