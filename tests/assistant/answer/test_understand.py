"""Follow-ups take the question before them along; new questions stand alone."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer.assistant import Assistant
from assistant.answer.message import Message, PastTurn
from assistant.answer.query import Query
from assistant.answer.understand import kinds_named, understand
from assistant.config import ROOT
from assistant.domain import Outcome
from assistant.index.words import read_contrasts
from tests.assistant.answer.conftest import Ask


def test_the_kind_is_exchanged(ask: Ask) -> None:
    """「那B類呢」 after the conditions of A類 asks for those of B類."""
    before = ask("請列出A類的條件")
    answer = ask("那B類呢", before)

    assert {c.clause_id.split("/")[2] for c in before.citations} == {"A", "s1"}
    assert {c.clause_id.split("/")[2] for c in answer.citations} == {"B", "s1"}


def test_a_new_topic_is_not_dragged_along(ask: Ask) -> None:
    """A new question in the same conversation is answered as if it were the first."""
    question = "入選之後案子能不能分包給其他公司"
    alone = ask(question)
    after = ask(question, ask("平台型的評選重點有哪些"))

    assert [c.clause_id for c in after.citations] == [c.clause_id for c in alone.citations]


def test_a_follow_up_counts_as_much_as_what_it_follows(assistant: Assistant) -> None:
    """Its own words weigh a half, the topic of the conversation and the last message a quarter each."""
    topic, last, now = "平台型的評選重點有哪些內容需要準備", "那商業模式呢", "交給誰"
    history = tuple(PastTurn(text, Outcome.ANSWERED) for text in (topic, last))

    found = understand(Query(Message(now, history, date(2026, 11, 22)), now), assistant._tools)

    assert [(way.text, way.weight) for way in found.ways] == [
        (now, 0.5),
        (f"{topic} {now}", 0.25),
        (f"{last} {now}", 0.25),
    ]


CONTRASTS = read_contrasts(ROOT / "corpus" / "digital-cluster")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("B類要幾家", {"B類"}),
        ("ａ 類的條件", {"A類"}),
        ("Ａ那類跟B這類", {"A類", "B類"}),
        ("A跟B差在哪", {"A類", "B類"}),
        ("A、B兩類的家數", {"A類", "B類"}),
        ("AB類的家數", {"A類", "B類"}),
        ("track b", {"B類"}),
        ("平臺型的評選", {"平台"}),
        ("扩散型的简报", {"擴散"}),
        ("群聚和平台哪個好", {"群聚", "平台"}),
        ("群聚領導企業是誰", set()),
        ("群聚成員要幾家", set()),
        ("pizza類的店可以參加嗎", set()),
        ("方案甲要幾家", set()),
        ("", set()),
    ],
)
def test_kinds_named(text: str, kinds: set[str]) -> None:
    """The kinds that a text names, however they are written; a role or another word names none."""
    assert kinds_named(text, CONTRASTS) == kinds


def test_kinds_are_named_as_the_corpus_calls_them() -> None:
    """Names come from the contrasts, of which there may be several or none."""
    contrasts = ({"甲": "甲種?", "乙": "乙種?"}, {"夜": "夜市"})

    assert kinds_named("夜市的甲種攤位", contrasts) == {"甲", "夜"}
    assert kinds_named("夜市的甲種攤位", ()) == frozenset()


def test_the_kind_is_exchanged_within_one_contrast(ask: Ask) -> None:
    """「那平台型呢」 after the criteria of 群聚 asks for those of 平台, and leaves other kinds alone."""
    before = ask("群聚型的評選會看哪些重點")
    answer = ask("那平台型呢", before)

    assert {c.clause_id.split("/")[1] for c in before.citations} == {"8"}
    assert {c.clause_id.split("/")[1] for c in answer.citations} == {"3"}


def test_the_same_asked_of_both_kinds_is_answered_with_both(ask: Ask) -> None:
    """「B類也一樣嗎」 is answered with what holds for either, and says that it differs."""
    answer = ask("B類也一樣嗎", ask("A類最少要幾家"))

    assert {c.clause_id.split("/")[2] for c in answer.citations} == {"A", "B"}
    assert answer.text.startswith("不一樣")


def test_a_follow_up_is_answered_by_a_sentence_that_stands_alone(ask: Ask) -> None:
    """What then of a case is one sentence with its condition, not the paragraph again."""
    answer = ask("如果臨時不能去呢", ask("群聚的簡報由誰報告"))

    assert [line.kind for line in answer.lines] == ["lead"]
    assert answer.lines[0].text.startswith("因故無法出席")
