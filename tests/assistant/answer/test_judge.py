"""Figures are judged by the rules; what is missing or was not understood is asked."""

from __future__ import annotations

from assistant.domain import Outcome
from tests.assistant.answer.conftest import Ask


def test_a_verdict(ask: Ask) -> None:
    """Figures of a cluster get a computed verdict with its clauses."""
    answer = ask("我們20家,其中7家去年輔導過,可以申請A類嗎")

    assert answer.verdict is not None
    assert answer.verdict.decision == "ineligible"
    assert "35%" in answer.text
    assert "digital-cluster/7/A/3" in {c.clause_id for c in answer.citations}
    assert answer.confidence < 1  # the rules are sure of it, the reading is not


def test_what_is_missing_is_asked(ask: Ask) -> None:
    """A verdict that lacks a fact asks for it; the next message may answer with the bare figure."""
    asked = ask("我們有16家店想報A類,可以嗎")
    answer = ask("5家", asked)

    assert asked.outcome is Outcome.NEEDS_INFO
    assert asked.verdict is not None
    assert asked.verdict.decision == "unknown"
    assert asked.confidence < answer.confidence
    assert answer.verdict is not None
    assert answer.verdict.decision == "ineligible"


def test_turned_round(ask: Ask) -> None:
    """What a rule allows is said as a number with its working, without a verdict nobody asked for."""
    answer = ask("全部18家的話,A類最多可以有幾家三年內輔導過")

    assert answer.outcome is Outcome.ANSWERED
    assert answer.verdict is None
    assert "5 家" in answer.text


def test_both_classes_are_judged(ask: Ask) -> None:
    """「哪個可以」 gets each class judged on the same figures, with the clauses of both."""
    answer = ask("我們15家,其中6家去年輔導過,A類跟B類哪個可以申請")

    assert answer.outcome is Outcome.ANSWERED
    assert "不符合A類" in answer.text
    assert "B類" in answer.text
    assert {"digital-cluster/7/A/3", "digital-cluster/7/B/1"} <= {c.clause_id for c in answer.citations}


def test_too_few_for_every_kind(ask: Ask) -> None:
    """Fewer members than any kind takes is judged without asking which kind."""
    answer = ask("我們只湊到6家,可以申請嗎")

    assert answer.verdict is not None
    assert answer.verdict.decision == "ineligible"


def test_nothing_is_decided_on_what_was_not_understood(ask: Ask) -> None:
    """A number that the reading left over withholds the verdict, and is quoted back."""
    answer = ask("我們有12家,好像有3家去年輔導過,可以申請A類嗎")

    assert answer.outcome is Outcome.NEEDS_INFO
    assert answer.verdict is not None
    assert (answer.verdict.decision, answer.verdict.checks) == ("unknown", ())
    assert len(answer.verdict.unread) == 1
    assert f"「{answer.verdict.unread[0]}」指的是什麼" in answer.text
    assert answer.reading is not None
    assert answer.reading.unread == answer.verdict.unread
    assert answer.text.startswith("我的理解：A類，群聚全部家數 12 家。")
