"""The canned words belong to the outcomes, all of them and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer.wording import Wording
from assistant.domain import Outcome
from ingest.guideline import load_guideline
from tests.conftest import SMALL


def test_every_outcome_has_words() -> None:
    """outcomes.toml has one table for each Outcome."""
    words = Wording.of(load_guideline(SMALL / "night-market"))

    assert words.say(Outcome.NO_CLAUSE, "unknown", referral="請洽承辦").count("請洽承辦") == 1


def test_what_one_may_ask(programme: Path) -> None:
    """A programme proposes its own questions: those of wording.toml, or else the first of its outline."""
    proposed = Wording.of(load_guideline(programme)).say(Outcome.OUT_OF_SCOPE, "offtopic", title="夜市")
    assert proposed.endswith("您可以問：申請書要寫什麼、攤位有哪些規定。")

    said = 'suggestions = ["租金", "攤位大小"]\nexample = "一攤多大？"\n'
    (programme / "wording.toml").write_text(said, encoding="utf8")
    words = Wording.of(load_guideline(programme))
    assert words.say(Outcome.OUT_OF_SCOPE, "greetings", title="夜市").endswith("您可以問：租金、攤位大小。")
    assert words.say(Outcome.REFUSED, "noise").endswith("例如：一攤多大？")


def test_a_missing_or_unknown_outcome_is_refused() -> None:
    """A table too many or too few is named."""
    with pytest.raises(ValueError, match="answered"):
        Wording({outcome.value: {} for outcome in Outcome if outcome is not Outcome.ANSWERED})
    with pytest.raises(ValueError, match="maybe"):
        Wording({**{outcome.value: {} for outcome in Outcome}, "maybe": {}})
