"""The reader that knows no programme states what is named, and hands on what it did not follow."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Range
from assistant.reading.plain import PlainReader
from tests.assistant.reading.conftest import BOOK

TODAY = date(2026, 5, 10)
READER = PlainReader(BOOK)


def _facts(*messages: str, asked: str | None = None) -> dict[str, object]:
    facts = READER.apply({}, READER.read("", TODAY))
    for message in messages:
        facts = READER.apply(facts, READER.read(message, TODAY, asked))
    return {name: fact.value for name, fact in facts.items()}


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("資本額500萬,員工15個人", {"capital": 5_000_000, "staff": 15}),
        ("總共花200萬 自籌80萬", {"total": 2_000_000, "own": 800_000}),
        ("總經費200萬,自己出一半", {"total": 2_000_000, "own_share": Fraction(1, 2)}),
        ("資本額:5000000\n員工:15", {"capital": 5_000_000, "staff": 15}),
        ("80萬的自籌款", {"own": 800_000}),
        ("店設在青埔,沒有欠稅", {"seat": "本市", "arrears": False}),
        ("不在青埔", {"seat": "外縣市"}),
        ("有欠稅可以申請嗎", {"arrears": True}),
        ("開店3年,6月20日送件", {"age": Range(36, 47), "filed": date(2026, 6, 20)}),
        ("去年才成立", {"founded": 2025}),
        ("資本額500萬,不對,是800萬", {"capital": 8_000_000}),
        ("朋友的資本額2億,我們資本額500萬", {"capital": 5_000_000}),
        ("電話0912-345-678,員工12名", {"staff": 12}),
        ("有沒有欠稅怎麼查", {}),
        ("聽說資本額要一千萬以下", {}),
    ],
)
def test_states(message: str, facts: dict[str, object]) -> None:
    """What is named beside a measure, a choice, a yes or a no; nothing of somebody else or of a rule."""
    reading = READER.read(message, TODAY)

    assert {name: fact.value for name, fact in reading.facts.items()} == facts
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("message", "unread"),
    [
        ("資本額500萬,媽媽給我30萬", "30萬"),
        ("資本額500萬,800萬", "800萬"),
        ("不確定資本額是不是500萬", "不確定資本額是不是500萬"),
        ("員工15人,除了總經費200萬以外", "除了總經費200萬以外"),
        ("資本額500萬,不是沒有欠稅", "不是沒有欠稅"),
        ("我們兩家公司資本額各500萬", "我們兩家公司資本額各500萬"),
    ],
)
def test_hands_on_what_it_did_not_follow(message: str, unread: str) -> None:
    """A number left over, a doubt, an exception, a double negation: named as unread, never guessed."""
    assert unread in READER.read(message, TODAY).unread


@given(
    st.sampled_from(["資本額500萬", "員工15人", "總經費200萬"]),
    st.sampled_from(
        ["我阿嬤那邊有70萬", "還有33", "大概剩9個禮拜", "另外12人", "除了2家以外", "不確定是不是8成"]
    ),
    st.booleans(),
)
def test_one_unknown_phrase(known: str, unknown: str, first: bool) -> None:
    """Whatever number stands in a phrase that nothing names, it is in no fact but read as left over."""
    message = f"{unknown},{known},可以申請嗎" if first else f"{known},{unknown},可以申請嗎"
    reading = READER.read(message, TODAY)
    told = [fact for fact in reading.facts.values() if fact.words in unknown and fact.words not in known]

    assert reading.unread or [fact.name for fact in told] == ["staff"]


@pytest.mark.parametrize(
    ("asked", "reply", "value"),
    [
        ("capital", "500萬", 5_000_000),
        ("capital", "5000000", 5_000_000),
        ("staff", "15", 15),
        ("staff", "沒有", 0),
        ("arrears", "沒有", False),
        ("arrears", "有的", True),
        ("seat", "外地", "外縣市"),
        ("filed", "6月20號", date(2026, 6, 20)),
        ("own_share", "三成", Fraction(3, 10)),
    ],
)
def test_a_reply(asked: str, reply: str, value: object) -> None:
    """A bare reply states the fact that was asked for."""
    assert _facts(reply, asked=asked) == {asked: value}


def test_a_reply_in_another_measure() -> None:
    """A share for the sum that was asked for, a year for how long: the same thing told another way."""
    assert _facts("三成", asked="own") == {"own_share": Fraction(3, 10)}
    assert _facts("去年", asked="age") == {"founded": 2025}


def test_a_reply_that_does_not_know() -> None:
    """Who does not know states nothing."""
    assert _facts("不知道", asked="capital") == {}


def test_later_facts_take_back_what_told_the_same() -> None:
    """A new figure replaces the old one, a part the share of it, one grain of an event another."""
    assert _facts("資本額500萬", "資本額改為800萬") == {"capital": 8_000_000}
    assert _facts("自籌三成", "自籌80萬") == {"own": 800_000}
    assert _facts("開店3年", "去年才成立") == {"founded": 2025}


def test_what_cannot_be_is_pointed_out() -> None:
    """A part beyond its whole is a contradiction."""
    assert READER.read("總經費100萬,自籌200萬", TODAY).contradictions


@pytest.mark.parametrize(
    ("message", "active", "taken"),
    [
        ("資本額500萬可以申請嗎", False, True),
        ("資本額500萬,員工3人", False, True),
        ("至少要自籌多少", False, True),
        ("可以申請嗎", False, False),
        ("可以申請嗎", True, True),
        ("資本額500萬,要準備什麼文件", False, False),
        ("你好", True, False),
    ],
)
def test_takes(message: str, active: bool, taken: bool) -> None:
    """The rules take figures and questions about them, not a question about something else."""
    assert READER.takes(READER.read(message, TODAY), {}, active=active) is taken


@given(st.text(max_size=60))
def test_any_text_is_read_without_fault(text: str) -> None:
    """No text makes the reader fail, and each fact quotes the text."""
    for fact in READER.read(text, TODAY).facts.values():
        assert fact.words == text[fact.start : fact.end]
