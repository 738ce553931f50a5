"""What of a conversation is put to the rules: figures told over turns, never where the message asks something else."""

from __future__ import annotations

from tests.assistant.answer.conftest import Ask


def test_a_change_of_topic_leaves_and_returns(ask: Ask) -> None:
    """Another question in between is answered; the facts told before still hold afterwards."""
    first = ask("我們12家要報A類,有2家兩年前輔導過,可以嗎")
    other = ask("領導企業是誰選出來的", first)
    again = ask("那再加3家輔導過的呢", other)

    assert first.verdict is not None
    assert first.verdict.decision == "eligible"
    assert other.verdict is None
    assert again.verdict is not None
    assert again.verdict.decision == "ineligible"


def test_a_figure_that_decides_nothing(ask: Ask) -> None:
    """A figure beside a question on something else does not call the rules."""
    answer = ask("我今年72歲了,做冰做了50年,案子可以轉包給別人做嗎")

    assert answer.verdict is None
    assert {c.clause_id for c in answer.citations} == {"digital-cluster/6/s3"}


def test_what_was_left_over_is_not_forgotten(ask: Ask) -> None:
    """Asking again settles nothing; figures told anew do."""
    first = ask("A類12家,4家去年輔導過,其中2家兩年都有,可以嗎")
    again = ask("所以可以申請嗎", first)
    told = ask("輔導過的是3家", again)

    assert [one.verdict.decision for one in (first, again, told) if one.verdict] == [
        "unknown",
        "unknown",
        "eligible",
    ]
    assert again.verdict is not None
    assert again.verdict.unread == (first.verdict.unread if first.verdict else ())


def test_who_does_not_know_is_told_for_which_numbers_it_would_pass(ask: Ask) -> None:
    """Not knowing decides nothing, and the answer says up to how many it would."""
    first = ask("A類12家,可以嗎")
    answer = ask("不知道", first)

    assert answer.verdict is not None
    assert answer.verdict.decision == "unknown"
    assert "最多可以有 3 家" in answer.text
    assert "最多可以有" not in first.text
