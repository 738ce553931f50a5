"""What no cited clause carries stands out, and what one carries does not, in whatever way it is written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.desk.support import Ground, checked, ground_of
from assistant.records.inquiry import Inquiry
from assistant.support import Objection
from tests.work import exponent, lines_run

SHARE = "三年內接受過數位群聚相關輔導之企業,比例不得超過群聚企業總數30%"
GROUND = Ground(
    citations=[
        {"n": 1, "clause_id": "a/1", "quote": SHARE},
        {"n": 2, "clause_id": "a/2", "quote": "至少(含)8家中小企業"},
    ],
    words="我們12家，其中4家",
    phrases=frozenset({"您好，第77號草稿。"}),
)


def notes(text: str) -> str:
    """Everything that is said of a text."""
    return "".join(note for sentence in checked(text, GROUND) for note in sentence.notes)


@pytest.mark.parametrize(
    "text",
    [
        "比例不得超過30%〔1〕。",
        "比例不得超過三成〔1〕。",
        "比例不得超過百分之三十〔1〕。",
        "比例不得超過３０％〔1〕。",
        "至少要八家〔2〕。",
        "你們12家裡有4家，可以〔1〕。",
        "1. 至少8家〔2〕。",
        "一、至少8家〔2〕。",
        "您好，第77號草稿。",
        "祝 順心",
        "謝謝您的來信！",
        "",
    ],
)
def test_what_a_clause_carries_is_quiet(text: str) -> None:
    """Figures of the cited clause, of the mail and of the draft, in any numerals, are fine; so are greetings."""
    assert notes(text) == ""


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("最多 77 家〔2〕。", "77 家"),
        ("比例不得超過40%〔1〕。", "40%"),
        ("比例不得超過四成〔1〕。", "四成"),
        ("至少要九家〔2〕。", "九家"),
        ("至少8家〔1〕。", "8家"),
        ("民國一一五年〔1〕。", "一一五年"),
        ("共" + "九" * 12 + "家〔2〕。", "九" * 12 + "家"),
        ("補助1,500,000元", "1,500,000元"),
        ("1. 至少 9 家〔2〕。", "9 家"),
    ],
)
def test_another_figure_stands_out(text: str, odd: str) -> None:
    """A figure that the clause of its own mark does not have is marked, only that one."""
    marked = [piece.text for sentence in checked(text, GROUND) for piece in sentence.pieces if piece.odd]
    assert marked == [odd]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("可以延長申請。", "沒有標示依據"),
        ("比例應為30%〔1〕。", "「應」"),
        ("至少8家〔9〕。", "〔9〕沒有對應的條文"),
        ("【待填：請自行回覆】", "還沒有填寫"),
    ],
)
def test_other_things_are_said(text: str, words: str) -> None:
    """A claim without a mark, a stronger word than the clause's, a mark of nothing, and a place left open."""
    assert words in notes(text)


def test_what_the_clause_does_not_carry_is_marked() -> None:
    """A sentence with a mark is held against its clause; what the mail says of figures is not."""
    objections = {
        "可以延長申請〔2〕。": [Objection("unknown", "延長")],
        "12家可以〔2〕。": [Objection("figure", "12家")],
    }
    ground = replace(
        GROUND,
        unsupported=lambda words, ids: objections.get(f"{words[:-1]}〔2〕。", []) if ids == ["a/2"] else [],
    )

    told = [sentence.notes for sentence in checked("可以延長申請〔2〕。12家可以〔2〕。", ground)]

    assert told == [("條文沒有提到「延長」。",), ()]


def test_checking_grows_with_what_is_read() -> None:
    """A mail full of figures and a reply of as many sentences take the sum of their lengths, not the product."""

    def work(times: int) -> int:
        mail = Inquiry(mail="12家，" * times, questions=[], citations=[], drafted="")
        return lines_run(lambda: checked("我們來看。" * times, ground_of(mail)))

    assert exponent(work, 50) < 1.2


@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("0123456789〔〕。！？\n，三成家%【待填"), st.characters(exclude_categories=["Cs"])
        )
    )
)
def test_no_character_is_lost(text: str) -> None:
    """The sentences together are the text, so that marks lie where their words are."""
    told = "".join(s.text + ("\n" if s.line_end else "") for s in checked(text, GROUND))
    assert told.rstrip("\n") == "\n".join(text.splitlines()).rstrip("\n")
