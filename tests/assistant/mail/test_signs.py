"""List numbers, footnotes and marks are no figures."""

from __future__ import annotations

import pytest

from assistant.mail.signs import opens_item, without_signs


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("2、8家裡有3家", "8家裡有3家"),
        ("１、12家店", "12家店"),
        ("⒈12家店", "12家店"),
        ("1.12家店", "12家店"),
        ("2. 8家店", "8家店"),
        ("(2)8家店", "8家店"),
        ("二、十二家店", "十二家店"),
        ("②誰簡報", "(2)誰簡報"),
        ("①最少幾家②成員資格", "(1)最少幾家\n(2)成員資格"),
        ("1、12家店 2、4家輔導過", "12家店 \n4家輔導過"),
        ("1、2家\n2、3家", "2家\n3家"),
        ("共12²家，其中3家¹", "共12家，其中3家"),
        ("共12②家", "共12家"),
        ("不得轉包〔1〕，要證明〔 ２ 〕嗎", "不得轉包，要證明嗎"),
        ("信末的〔3〕是哪一條", "信末的那一條是哪一條"),
        ("一、本群聚計9家。\n二、請問可否申請？", "本群聚計9家。\n二、請問可否申請？"),
    ],
)
def test_signs_go(text: str, bare: str) -> None:
    """A sign goes where it could be taken for a figure, and before a statement; else it stays in a plain form."""
    assert "\n".join(without_signs(text.split("\n"))) == bare


@pytest.mark.parametrize(
    "text",
    [
        "2、3家輔導過",
        "3、5家",
        "10、20家",
        "1.5倍",
        "3.5家",
        "12.5%",
        "1.最少幾家",
        "二、請問可否",
        "300m²",
        "H₂O",
        "三（3）家",
        "第①點",
        "2026.3.1",
    ],
)
def test_what_may_be_a_figure_stays(text: str) -> None:
    """「2、3家」 may be two or three: a reader asks, nothing is guessed here."""
    assert without_signs([text]) == [text]


def test_items() -> None:
    """A line that opens an item is never the end of the sentence above it."""
    assert all(map(opens_item, ["1. 家數", "(二)資格", "①家數", "- 家數", "三、資格"]))
    assert not any(map(opens_item, ["2家", "1.5倍", "家數", "十二家"]))
