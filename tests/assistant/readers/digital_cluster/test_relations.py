"""What a message says of sets of firms, all of it together; and that a word which nothing knows leaves all of it unread."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster.lexer import lexer
from assistant.readers.digital_cluster.limits import Limits
from assistant.readers.digital_cluster.phrases import NotUnderstoodError
from assistant.readers.digital_cluster.relations import Relations
from assistant.readers.digital_cluster.talk import Talk
from assistant.reading.script import fold
from tests.assistant.readers.digital_cluster.conftest import BOOK

TODAY = date(2026, 11, 27)
_LIMITS = Limits.of(BOOK)
_LEXER = lexer(_LIMITS.startup)

_SAID = (
    # Parts, and what is said of them.
    ("茶行共14家,其中4家去年輔導過", {"members": 14, "coached_within_3y": 4}),
    ("我們14家,三年內輔導過的有4家,其他都沒有", {"members": 14, "coached_within_3y": 4}),
    ("我們20家,4家輔導過,其中1家是六年前的", {"members": 20, "coached_within_3y": 3}),
    ("我們20家,113年輔導2家、114年輔導3家", {"members": 20, "coached_within_3y": 5}),
    ("我們20家,113年輔導3家、114年輔導3家,其中2家兩年都上過", {"members": 20, "coached_within_3y": 4}),
    ("我們20家,除了3家以外都沒輔導過", {"members": 20, "coached_within_3y": 3}),
    ("我們20家,除了阿土伯、春枝嫂跟小吳,其他通通去年輔導過", {"members": 20, "coached_within_3y": 17}),
    # Sets compared.
    ("我們14家,沒輔導過的比三年內輔導過的多8家", {"members": 14, "coached_within_3y": 3}),
    ("我們16家,沒輔導過的是去年輔導過的三倍", {"members": 16, "coached_within_3y": 4}),
    ("我們20家,去年輔導過的跟沒輔導過的是3比7", {"members": 20, "coached_within_3y": 6}),
    ("我們15家,每三家就有一家去年輔導過", {"members": 15, "coached_within_3y": 5}),
    ("我們20家,三成去年輔導過", {"members": 20, "coached_within_3y": 6}),
    # Who does not count.
    ("名單12家,2家是大公司,3家還沒登記,剩下7家沒問題", {"members": 12, "unqualified_members": 5}),
    # Who comes and goes.
    (
        "B類,原本12家,換掉3家,新來的都沒受過專案輔導",
        {"members": 12, "old_members": 12, "replaced_old_members": 3, "added_members": 0},
    ),
    (
        "B類,原本10家,走了2家,補了3家",
        {"members": 11, "old_members": 10, "replaced_old_members": 2, "added_members": 1},
    ),
    (
        "B類,原本10家,換掉2家,補進2家,另新增1家,現為11家",
        {"members": 11, "old_members": 10, "replaced_old_members": 2, "added_members": 1},
    ),
    (
        "本來13家裡5家三年內輔導過,後來那5家有3家退出",
        {"members": 10, "coached_within_3y": 2, "old_members": 13},
    ),
    (
        "B類,10家都沒換,新增2家,其中1家去年受過中小企業處專案輔導,它是二十年老店",
        {"members": 12, "newcomers_coached_smea": 1, "newcomers_coached_startups": 0},
    ),
    # Nobody said how old he is.
    (
        "B類,10家都沒換,新增2家,其中1家去年受過中小企業處專案輔導",
        {"members": 12, "newcomers_coached_smea": Range(0, 1)},
    ),
)
_STRANGE = (
    "我們14家,好像4家去年輔導過",
    "我們14家,另1家的輔導年度尚待查,4家去年輔導過",
    "我們14家,其中4家去年輔導過的不一定算",
    "我們14家,差2家就有4家輔導過",
    "我們14家,4家輔導過,占50%",
    # Whether the two are in the number nobody said.
    "我們共12家,去年退出2家",
    # What is to come has not been.
    "現在12家,明年有2家要退出",
    "去年那5家跟今年這2家,其他都沒有",
    # What one of them gave up is no coaching that he had.
    "我們12家,2家去年輔導過,今年有一家放棄政府輔導",
)


def _facts(text: str) -> dict[str, object]:
    folded = fold(text)
    talk = Talk(folded, TODAY, _LIMITS, track_b="b類" in folded)
    found = _LEXER.mentions(folded, TODAY)
    facts = Relations(talk, found, lambda words: _LEXER.mentions(words, TODAY)).facts(text)
    return {name: fact.value for name, fact in facts.items()}


@pytest.mark.parametrize(("text", "due"), _SAID)
def test_what_is_said_of_sets_holds_together(text: str, due: dict[str, object]) -> None:
    """Totals, parts, others, exceptions, comparisons and changes give the counts that follow from all of them."""
    assert due.items() <= _facts(text).items()


@pytest.mark.parametrize("text", _STRANGE)
def test_a_strange_word_leaves_all_unread(text: str) -> None:
    """One word that may change what is said, or a number that another contradicts, and nothing is read."""
    with pytest.raises(NotUnderstoodError):
        _facts(text)


@given(st.integers(8, 60), st.integers(0, 8), st.integers(0, 8))
def test_parts_of_all_years_add_up(members: int, one: int, two: int) -> None:
    """Whoever was coached in one year that counts is another than who was in the next; more than all cannot be."""
    text = f"我們{members}家,113年輔導{one + 1}家,114年輔導{two + 1}家"
    coached = one + two + 2
    if coached > members:
        with pytest.raises(NotUnderstoodError):
            _facts(text)
    else:
        assert _facts(text) == {"members": members, "coached_within_3y": coached}


@given(st.text(alphabet="我們12家輔導過其中沒都有,除了另外半不各、去年新增換掉", max_size=40))
def test_no_words_break_the_reading(text: str) -> None:
    """Any words are read or refused."""
    try:
        _facts(text)
    except NotUnderstoodError:
        return
