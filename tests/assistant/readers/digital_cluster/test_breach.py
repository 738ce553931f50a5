"""Giving up a contract is read in whatever words it is told, with its time, and only where it was done, and by us."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.eligibility.facts import Days, Range, Value
from tests.assistant.readers.digital_cluster.conftest import READER

TODAY = date(2026, 11, 27)
_NAMES = ("breach_date", "breach_year", "months_since_breach")


def _told(text: str) -> dict[str, Value]:
    return {name: fact.value for name, fact in READER.read(text, TODAY).facts.items()}


@pytest.mark.parametrize(
    "text",
    [
        "今年五月我們把簽好的政府計畫停掉",
        "今年五月跟市府的案子,大家嫌煩就自己說不做了",
        "今年五月跟縣府簽約後打退堂鼓",
        "今年五月那個部裡的計畫爛尾了",
        "今年五月提案單位跟政府簽的案子沒有收尾",
        "我今年五月自己退掉政府計畫",
        "今年五月我跟另一個政府計畫解約",
        "今年五月因成員意見不合,主動棄案",
    ],
)
def test_any_words_of_stopping_beside_a_contract(text: str) -> None:
    """Stopping, leaving or not finishing what was signed with the government is giving it up."""
    told = _told(text)
    assert told["gave_up_or_unfinished"] is True
    assert isinstance(told["breach_date"], Days)
    assert told["breach_date"].first == date(2026, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "從來沒跟政府計畫簽過約又落跑",
        "無放棄無未結案",
        "我們沒有放棄過任何政府計畫",
        "未曾放棄政府計畫亦無未結案",
        "放棄或未結案都沒有",
        "政府的案子沒人棄案",
    ],
)
def test_what_is_denied_was_not_done(text: str) -> None:
    """Who says that he never did has not, however the denial is put."""
    assert _told(text)["gave_up_or_unfinished"] is False


@pytest.mark.parametrize(
    "text",
    [
        "隔壁商圈今年跟政府簽約後落跑",
        "放棄政府計畫的是另一同名之公司",
        "我朋友今年二月放棄政府合約",
        "有人勸我們放棄,但我們撐到結案",
        "去年我們一度想放棄政府計畫",
        "如果中途放棄會怎樣",
        "本來要放棄那個政府案,最後還是結了案",
        "有個股東今年退出公司了",
        "明年想退出政府計畫",
        "新成員的店收掉了",
        "原來的成員今年退出2家",
    ],
)
def test_what_others_did_or_nobody_did(text: str) -> None:
    """Somebody else's deed, an idea, or a member's leaving is no giving up of ours."""
    assert "gave_up_or_unfinished" not in _told(text)


@pytest.mark.parametrize(
    "text", ["不確定以前有沒有放棄過政府計畫", "不能說沒放棄過", "好像之前放棄過政府合約"]
)
def test_who_is_not_sure_is_asked(text: str) -> None:
    """A deed that its teller is not sure of decides nothing and is left over."""
    reading = READER.read(text, TODAY)
    assert "gave_up_or_unfinished" not in reading.facts
    assert reading.unread


@pytest.mark.parametrize(
    "text",
    [
        "今年四月政府那個案子我們臨時抽腿,簽都簽了",
        "年初跟水保署簽了一個計畫,錢也花了,就這樣算了",
        "去年政府來函,取消了我們的資格",
    ],
)
def test_what_became_of_a_contract_is_understood_or_asked(text: str) -> None:
    """A contract that was signed, and whose end is told in words that nobody knows, decides nothing."""
    reading = READER.read(text, TODAY)
    assert "gave_up_or_unfinished" not in reading.facts
    assert reading.unread


@pytest.mark.parametrize(
    "text", ["政府的案子每一件都有結案", "今年三月簽了政府計畫,目前正常執行", "政府計畫都沒簽過"]
)
def test_a_contract_that_went_well_is_not_asked_of(text: str) -> None:
    """Who finished, goes on or never signed leaves nothing open."""
    assert not READER.read(text, TODAY).unread


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("113年我們簽約後放棄政府計畫", "breach_year", 2024),
        ("去年三月簽了政府的約,做到一半放棄", "breach_date", Days(date(2025, 3, 1), TODAY)),
        ("今年六月跟政府簽約,七月三日放棄", "breach_date", date(2026, 7, 3)),
        ("前年颱風來,已經簽好的政府計畫只好停掉", "breach_year", 2024),
        ("我們放棄過政府計畫。那是前年的事", "breach_year", 2024),
        ("我們放棄過政府計畫,到現在十三個月了", "months_since_breach", 13),
        ("放棄政府計畫那件事快滿一年了", "months_since_breach", Range(6, 11)),
        ("距離我們放棄政府計畫已經一年又兩個月", "months_since_breach", 14),
        ("我們放棄政府計畫都一年多了", "months_since_breach", Range(13, None)),
        ("再兩個禮拜才滿一年,當初是我們自己放棄政府計畫的", "months_since_breach", 11),
        (
            "112年放棄過政府計畫,今年三月又退掉一個政府計畫",
            "breach_date",
            Days(date(2026, 3, 1), date(2026, 3, 31)),
        ),
    ],
)
def test_when_it_was(text: str, name: str, value: Value) -> None:
    """The time may stand anywhere; that of signing is only the earliest, and of two deeds the later one counts."""
    assert {key: told for key, told in _told(text).items() if key in _NAMES} == {name: value}


@pytest.mark.parametrize(
    "text", ["我們放棄過政府計畫。A類10家,2家三年內輔導過。109年開店", "忘記是前年還是今年放棄過政府計畫了"]
)
def test_no_other_time_is_taken(text: str) -> None:
    """The years of coaching, a time of another sentence, or one of two is not when it was."""
    assert not set(_NAMES) & set(_told(text))


@pytest.mark.parametrize(
    "text", ["今年五月嫌麻煩放棄政府計畫", "今年五月放棄政府計畫(自己不想做)", "今年五月主動放棄"]
)
def test_ones_own_will_is_no_force_majeure(text: str) -> None:
    """Who gave up because he liked did so for no 不可抗力."""
    assert _told(text)["force_majeure"] is False


def test_a_disaster_is_not_judged() -> None:
    """Whether a typhoon is 不可抗力 the text does not say."""
    reading = READER.read("今年颱風把店毀了,四月簽的政府計畫只好收掉", TODAY)
    assert "force_majeure" not in reading.facts
    assert "颱風" in reading.vague


def test_a_deed_told_in_passing_stays_with_the_case() -> None:
    """「不影響剛才的答案吧」 after a deed asks of the case that is being judged."""
    assert not READER.read("今年四月我們跟縣府計畫簽約後自己退出,不影響剛才的答案吧?", TODAY).other_question
