"""What can be tapped instead of typed is what the text asks or offers."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.channels.line import wording
from assistant.channels.line.messages import messages_of
from assistant.channels.line.quick_replies import quick_replies
from assistant.domain import Answer, Line, Outcome
from assistant.eligibility.evaluate import ask_for
from assistant.reading.form import asks_to_correct
from assistant.verdict import Verdict
from tests.assistant.channels.line.answers import faults, verdict
from tests.assistant.channels.understood import understood
from tests.assistant.eligibility.conftest import BOOK


@pytest.mark.parametrize(
    ("fact", "taps"),
    [
        ("track", ["群聚", "A類", "B類"]),
        ("first_joined_that_year", ["是", "不是"]),
        ("coached_within_3y", ["都沒有"]),
        ("members", []),
        ("first_joined_year", []),
    ],
)
def test_a_missing_fact_can_be_tapped(fact: str, taps: list[str]) -> None:
    """What is asked for can be tapped where the values are few; the follow-ups and a fresh start come behind."""
    missing = ask_for(BOOK, fact)
    question = missing.question
    answer = Answer(
        "", "", Outcome.NEEDS_INFO, f"請問：{question}", followups=("B類呢？",),
        lines=(Line("question", f"請問：{question}"),),
        verdict=Verdict("unknown", "", missing=(missing,)),
    )  # fmt: skip
    (message,) = messages_of(answer, None, in_chat=True)

    assert [item["action"]["text"] for item in message["quickReply"]["items"]] == [
        *taps,
        "B類呢？",
        wording.RESTART,
    ]
    assert question in message["text"]


def test_nothing_is_tapped_for_what_is_not_asked() -> None:
    """A fact that the text does not ask for has no replies: what is tapped must mean something."""
    missing = (ask_for(BOOK, "track"),)
    answer = Answer("", "", Outcome.ANSWERED, "至少 8 家。", verdict=Verdict("unknown", "", missing=missing))

    assert "A類" not in json.dumps(messages_of(answer, None, in_chat=True), ensure_ascii=False)


def test_what_was_understood_can_be_corrected(answer: Answer) -> None:
    """One tap says that something was not understood rightly; where it is shown already there is none."""
    told = understood(replace(answer, verdict=verdict()))
    shown = replace(told, lines=(*told.lines[:1], Line("understood", "1. 申請類別：A類"), *told.lines[1:]))

    assert wording.CORRECT in quick_replies(told)
    assert wording.CORRECT not in quick_replies(shown)
    assert wording.CORRECT not in quick_replies(answer)
    assert asks_to_correct(wording.CORRECT)
    assert faults(messages_of(told, None, in_chat=True)) == []


def test_a_group_has_no_quick_replies(answer: Answer) -> None:
    """In a group what is tapped mentions nobody, so there is nothing to tap."""
    assert all("quickReply" not in message for message in messages_of(answer, None, in_chat=False))


def test_quick_replies_keep_their_limits(answer: Answer) -> None:
    """Many long follow-ups become 13 short labels; the whole question is what is sent; the last way on stays."""
    questions = tuple(f"第{n}個很長很長很長很長很長很長很長很長的問題？" + "😀" * n for n in range(20))
    messages = messages_of(replace(answer, followups=questions, verdict=verdict()), None, in_chat=True)
    items = messages[-1]["quickReply"]["items"]

    assert faults(messages) == []
    assert len(items) == 13
    assert items[0]["action"]["text"] == questions[0]
    assert items[-1]["action"]["text"] == wording.RESTART
