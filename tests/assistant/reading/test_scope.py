"""What is told of the applicant's case is left; what is told of others, of rules and of what is not so is taken out."""

from __future__ import annotations

import pytest

from assistant.reading.scope import narrow, others
from assistant.reading.slate import Slate
from tests.assistant.reading.library import WORDS


def _read(text: str) -> tuple[Slate, list[tuple[int, int]]]:
    slate = Slate(text, WORDS)
    narrow(slate)
    places = others(slate)
    assert len(slate.text) == len(text)
    return slate, places


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("館員說(20本就可以),我們12本", "館員說,我們12本"),
        ("1)8\n2)10\n以上是規定的門檻,不是我們的數字。我們12本", "。我們12本"),
        ("要是再買4本就有14本了,可是還沒買。現在10本", "。現在10本"),
        ("現在8本(丟掉退出的那2本也借出,不過不在了)", "現在8本"),
    ],
)
def test_rules_and_what_is_not_so_are_taken_out(text: str, told: str) -> None:
    """A rule in somebody's words, a case that is denied and who has gone in brackets count nothing."""
    assert _read(text)[0].text.replace(" ", "") == told


def test_a_question_of_what_may_come_stays() -> None:
    """「如果再買4本呢」 asks of a case that may be; nothing of it is taken out."""
    text = "10本。如果再買4本,有14本,可以嗎"

    assert _read(text)[0].text == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甲館12本,乙館10本借出4本。只問乙館", "館10本借出4本。只問館"),
        ("有兩個書房:山線12本,海線10本。海線可以嗎", "有:10本。可以嗎"),
    ],
)
def test_the_case_that_is_asked_about_is_read(text: str, told: str) -> None:
    """Of two cases that are named, what is told of the other is taken out."""
    slate, _ = _read(text)

    assert slate.text.replace(" ", "") == told
    assert not slate.left


@pytest.mark.parametrize(
    "text", ["甲館12本,乙館10本", "有兩個書房:山線12本,海線10本", "甲館12本,乙館10本,合成一館,乙館可以嗎"]
)
def test_cases_of_which_none_is_chosen_are_left_over(text: str) -> None:
    """Where nobody says which case is asked about, or they are put together, something is left over."""
    assert _read(text)[0].left


def test_what_is_told_of_another_ends_where_ours_begins() -> None:
    """Another's figures go, with what is said of them kept for what comes: 「三年內才4本」."""
    slate, places = _read("隔壁的書房15本有8本借出,我們12本,去年才4本")

    assert "借出" in slate.text
    assert "15" not in slate.text
    assert len(places) == 1


def test_what_is_said_of_theirs_is_said_of_ours() -> None:
    """「我們只有2本」 after theirs, where our whole is told, is of what was said of theirs."""
    slate, _ = _read("12本,隔壁的書房15本有8本借出,我們只有2本")

    assert "".join(slate.text.split()) == "12本,借出只有2本"


def test_the_kind_that_is_told_of_the_other_alone_is_kept() -> None:
    """What both apply for may be told beside the other's name."""
    slate, _ = _read("隔壁的書房15本報a類,我們12本也報")

    assert "a類" in slate.text


@pytest.mark.parametrize("text", ["我們9本,隔壁的書房5本要加入我們", "我們9本跟隔壁的書房15本共24本"])
def test_who_joins_ours_is_left_over(text: str) -> None:
    """Another's figures that are counted with ours, or come to it, are not passed over."""
    assert _read(text)[0].left
