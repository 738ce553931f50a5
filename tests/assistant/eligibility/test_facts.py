"""A float is no fact."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.eligibility.facts import Fact, FactError


def test_no_float() -> None:
    """A float is refused where a fact is made."""
    wrong: Any = 0.3
    with pytest.raises(FactError):
        Fact("coached_share", wrong)
