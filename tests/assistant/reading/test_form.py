"""Facts told by a form, or put right one by one, are those that stand there and no others."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.clean import kept_of, said_before, said_in
from assistant.eligibility.facts import Fact, Facts, Value
from assistant.eligibility.telling import value_said
from assistant.privacy import mask
from assistant.reading.form import HEADING, amended, asks_to_correct, read_form, written
from tests.assistant.reading.conftest import BOOK
from tests.assistant.reading.test_field import VALUES

TODAY = date(2026, 5, 10)
KNOWN: Facts = {
    "capital": Fact("capital", 5_000_000),
    "staff": Fact("staff", 15),
    "seat": Fact("seat", "本市"),
}


def values(facts: Facts) -> dict[str, Value]:
    """The facts without their words."""
    return {name: fact.value for name, fact in facts.items()}


@given(st.fixed_dictionaries({}, optional=VALUES))
def test_comes_back_as_it_was(told: dict[str, Value]) -> None:
    """Sent as a message, cleaned, masked and kept, a form is read again without loss; its words are where it says."""
    words = {name: value_said(BOOK.facts[name], Fact(name, value)) for name, value in told.items()}
    message = written(words, BOOK.facts)

    for text in (said_in(message), said_before(mask(kept_of(message)))):
        form = read_form(text, BOOK, TODAY)
        assert form is not None
        assert values(form.facts) == told
        assert form.unread == ()
        assert all(text[fact.start : fact.end] == fact.words for fact in form.facts.values())


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("員工人數：很多", "員工人數：很多"),
        ("員工人數：12 人\n員工人數：15 人", "員工人數：15 人"),
        ("我們有12人", "我們有12人"),
        ("月亮：12 人", "月亮：12 人"),
    ],
)
def test_a_line_that_cannot_be_read_is_left_over(line: str, unread: str) -> None:
    """No label, no value, a label twice: the line is quoted, so that nothing is decided."""
    form = read_form(f"{HEADING}\n登記地：本市\n{line}", BOOK, TODAY)

    assert form is not None
    assert form.unread == (unread,)
    assert form.facts["seat"].value == "本市"


def test_an_empty_field_is_no_fact() -> None:
    """What a person empties is unknown, neither zero nor wrong."""
    form = read_form(f"{HEADING}\n員工人數：\n登記地：本市", BOOK, TODAY)

    assert form is not None
    assert (values(form.facts), form.unread) == ({"seat": "本市"}, ())


def test_what_cannot_be_true_is_pointed_out() -> None:
    """A part that is larger than its whole is a contradiction here as anywhere."""
    form = read_form(f"{HEADING}\n總經費：100 萬元\n自籌款：200 萬元", BOOK, TODAY)

    assert form is not None
    assert len(form.contradictions) == 1


def test_other_messages_are_no_form() -> None:
    """Without the heading, lines of the same look are left to the reader of the programme."""
    assert read_form("員工人數：12 人", BOOK, TODAY) is None


@pytest.mark.parametrize(
    "text", ["不對，我要更正", "不對,我要更正。", "我要更正", "更正", "你理解錯了", "不對，你看錯了！"]
)
def test_asks_to_correct(text: str) -> None:
    """Several ways to say that something was not understood rightly."""
    assert asks_to_correct(text)


@pytest.mark.parametrize(
    "text", ["不對", "更正登記要多久", "我要更正，員工15人", "公司登記有錯要怎麼更正", ""]
)
def test_does_not_ask_to_correct(text: str) -> None:
    """A message that says more is read for what it says."""
    assert not asks_to_correct(text)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("第三個錯了", True),
        ("員工那項不對", True),
        ("2要改", True),
        ("15人錯了，是20人", False),
        ("謝謝", False),
    ],
)
def test_says_which_one_is_wrong(text: str, points: bool) -> None:
    """Once a correction was announced, a message may only name what is wrong; before that it means something else."""
    assert asks_to_correct(text, again=True) is points
    assert not asks_to_correct(text)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("2 改成 20 人", {"staff": 20}),
        ("第2項改成20人", {"staff": 20}),
        ("2. 二十", {"staff": 20}),
        ("員工改成 20 人", {"staff": 20}),
        ("員工人數應該是20", {"staff": 20}),
        ("1 改成 1,500 萬元，2 改成 8", {"capital": 15_000_000, "staff": 8}),
        ("第二項應該是二十人", {"staff": 20}),
        ("編號2改20", {"staff": 20}),
        ("1改800萬元 2改20人", {"capital": 8_000_000, "staff": 20}),
        ("員工應該是20人，不是15人", {"staff": 20}),
        ("是外縣市不是本市", {"seat": "外縣市"}),
        ("應該是外縣市", {"seat": "外縣市"}),
        ("3：外縣市\n欠稅：沒有", {"seat": "外縣市", "arrears": False}),
        ("自籌改成 100 萬元", {"own": 1_000_000}),
        ("自籌改成 40%", {"own_share": Fraction(2, 5)}),
    ],
)
def test_puts_right(text: str, changed: dict[str, Value]) -> None:
    """By the number under which a fact is shown, or by its name; the others stay as they were."""
    reading = amended(text, KNOWN, BOOK, TODAY)

    assert reading is not None
    assert values(reading.facts) == {**values(KNOWN), **changed}


@pytest.mark.parametrize(
    "text",
    [
        "9 改成 20 人",
        "3家改成4家",
        "2 改成 很多",
        "月亮改成 3",
        "不是15人，是20人",
        "0 改成 3",
        "應該是20人",
        "算了",
        "2 改成 20 人，謝謝",
        "",
    ],
)
def test_leaves_other_words_to_the_reader(text: str) -> None:
    """What is not wholly a correction by number or name is none."""
    assert amended(text, KNOWN, BOOK, TODAY) is None


@given(st.text(max_size=60))
def test_anything_may_be_said(text: str) -> None:
    """Whatever is said after a correction was announced, nothing crashes."""
    amended(text, KNOWN, BOOK, TODAY)
    read_form(f"{HEADING}\n{text}", BOOK, TODAY)
