"""The comparison of two systems is the textbook's."""

from __future__ import annotations

import pytest

from eval.judge import TurnScore
from eval.metrics import ItemScore
from eval.paired import Paired, paired
from eval.score import Scored


def _scored(system: str, **right: bool) -> Scored:
    items = tuple(
        ItemScore(name, "answerable", (TurnScore(good, "answered", 1.0),)) for name, good in right.items()
    )
    return Scored(system, {"small": items}, ())


def test_only_what_both_were_asked_counts() -> None:
    """Items are paired by set and id; those of another kind, or that one was not asked, are left out."""
    one, other = _scored("one", a=True, b=True, c=False), _scored("other", a=False, b=True, d=True)

    assert paired(one, other, {"answerable"}) == Paired(n=2, ours=1, theirs=0)
    assert paired(one, other, {"attack"}) == Paired(0, 0, 0)


def test_mcnemar_is_the_binomial_test() -> None:
    """Six against none is 2/64; as many on both sides, or none at all, is no difference."""
    assert Paired(20, 6, 0).p == pytest.approx(2 / 64)
    assert Paired(20, 1, 8).p == pytest.approx(2 * (1 + 9) / 512)
    assert Paired(20, 3, 3).p == Paired(20, 0, 0).p == 1


def test_the_interval_is_bonetts_and_prices() -> None:
    """It holds the difference, is worked out with one more discordant item each way, and ends at the ends."""
    low, high = Paired(98, 19, 9).interval

    assert (low, high) == pytest.approx((0.1 - 1.96 * 0.29**0.5 / 10, 0.1 + 1.96 * 0.29**0.5 / 10))
    assert low < Paired(98, 19, 9).difference < high
    assert Paired(1, 1, 0).interval[1] == 1
