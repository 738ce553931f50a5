"""What is typed becomes what may stand in a file."""

from __future__ import annotations

import pytest

from assistant.knowledge.change import ChangeRejected, NewGap, OutOfScope, Phrasing, Withdrawal
from assistant.knowledge.wording import cleaned


def test_questions_are_one_line_and_masked() -> None:
    """Lines are joined, control characters go, personal data are masked, empty questions are left out."""
    typed = Phrasing("1/s1", ("我的\n手機是0912345678\u200b", "  "))
    assert cleaned(typed) == Phrasing("1/s1", ("我的 手機是〔手機〕",))
    assert cleaned(OutOfScope(("ＡＢＣ",))) == OutOfScope(("ABC",))


def test_gap_texts_keep_their_punctuation() -> None:
    """Topic and referral stay in full width."""
    gap = NewGap("x", "停車（機車）", ("哪裡停車",), "請洽管委會，謝謝")
    assert cleaned(gap) == gap


def test_withdrawn_questions_stay_as_they_stand() -> None:
    """What is taken back is named as it is in the file."""
    change = Withdrawal("questions.toml", ("ＡＢＣ 0912345678",))
    assert cleaned(change) is change


@pytest.mark.parametrize(
    "change",
    [
        Phrasing("1/s1", ("長" * 2001,)),
        NewGap("x", "長" * 201, ("a",)),
        Phrasing("1/s1", tuple(str(n) for n in range(51))),
    ],
)
def test_too_much_is_refused(change: Phrasing | NewGap) -> None:
    """Texts and numbers of questions have a limit."""
    with pytest.raises(ChangeRejected, match=r"字|個"):
        cleaned(change)
