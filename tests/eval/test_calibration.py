"""Reliability and coverage agree with hand-made cases and slow definitions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.calibration import (
    Bin,
    area_under_risk,
    coverage_curve,
    error_at,
    expected_calibration_error,
    reliability,
)

confidences = st.integers(0, 20).map(lambda n: n / 20)


def test_bins_by_hand() -> None:
    """A bin holds its lower end; confidence 1 falls into the last one."""
    found = reliability([(0.5, True), (0.75, False), (1.0, True)], bins=2)

    assert [Bin(0.5, 1.0, 3, 0.75, 2 / 3)] == found
    assert pytest.approx(0.75 - 2 / 3) == expected_calibration_error(
        [(0.5, True), (0.75, False), (1.0, True)], bins=2
    )


def test_nothing_stated_is_not_calibrated() -> None:
    """Without an answer there is no error to speak of."""
    assert expected_calibration_error([]) is None
    assert coverage_curve([]) == []


@given(st.lists(st.tuples(confidences, st.booleans()), min_size=1))
def test_the_error_weighs_bins_by_their_size(stated: list[tuple[float, bool]]) -> None:
    """The calibration error is the mean over answers of their bin's distance from the truth."""
    total = 0.0
    for confidence, _ in stated:
        mine = [s for s in stated if min(int(s[0] * 10), 9) == min(int(confidence * 10), 9)]
        total += abs(sum(c - right for c, right in mine)) / len(mine)

    assert expected_calibration_error(stated) == pytest.approx(total / len(stated))


@given(st.lists(st.tuples(confidences, st.booleans(), st.booleans()), min_size=1))
def test_each_point_is_a_threshold(asked: list[tuple[float, bool, bool]]) -> None:
    """At a point's threshold just that share is covered, and just that share of answers wrong."""
    answerable = sum(has for _, _, has in asked)
    for point in coverage_curve(asked):
        given_ = [one for one in asked if one[0] >= point.threshold]

        assert point.coverage == (sum(has for _, _, has in given_) / answerable if answerable else 0)
        assert point.error == sum(not right for _, right, _ in given_) / len(given_)


def test_the_area_under_risk_by_hand() -> None:
    """Surest first 0, then 1/2, then 1/3 are wrong; where all are equally sure each counts for a third."""
    assert area_under_risk([(0.9, True), (0.5, False), (0.1, True)]) == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)
    assert area_under_risk([(0.5, True), (0.5, False), (0.5, True)]) == pytest.approx(1 / 3)
    assert area_under_risk([]) is None


def test_the_error_at_a_coverage_is_that_of_the_first_threshold_to_reach_it() -> None:
    """What no threshold reaches has no error."""
    curve = coverage_curve([(0.9, True, True), (0.8, False, False), (0.7, True, True)])

    assert error_at(curve, 0.5) == 0
    assert error_at(curve, 0.6) == pytest.approx(1 / 3)
    assert error_at(curve, 1.1) is None
