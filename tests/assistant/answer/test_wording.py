"""The canned words belong to the outcomes, all of them and no others."""

from __future__ import annotations

import pytest

from assistant.answer.wording import Wording
from assistant.domain import Outcome


def test_every_outcome_has_words() -> None:
    """outcomes.toml has one table for each Outcome."""
    assert Wording.load().say(Outcome.NO_CLAUSE, "unknown", referral="請洽承辦").count("請洽承辦") == 1


def test_a_missing_or_unknown_outcome_is_refused() -> None:
    """A table too many or too few is named."""
    with pytest.raises(ValueError, match="answered"):
        Wording({outcome.value: {} for outcome in Outcome if outcome is not Outcome.ANSWERED})
    with pytest.raises(ValueError, match="maybe"):
        Wording({**{outcome.value: {} for outcome in Outcome}, "maybe": {}})
