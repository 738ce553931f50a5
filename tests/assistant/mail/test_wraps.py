"""Broken sentences are joined; the lines of a chat are not."""

from __future__ import annotations

import pytest

from assistant.mail.wraps import joined


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("本群聚成員共計1\n2家,請問可不可\n以申請?", "本群聚成員共計12家,請問可不可以申請?"),
        ("我們一共有12\n家店", "我們一共有12家店"),
        ("於民國11\n4年接受輔導", "於民國114年接受輔導"),
        (
            "如果提案單位的人那天沒有辦\n法到場，可不可以請領導企業的\n店長報告？",
            "如果提案單位的人那天沒有辦法到場，可不可以請領導企業的店長報告？",
        ),
        ("請問我們可不可以申請A\n類？", "請問我們可不可以申請A類？"),
        (
            "Please tell us what each firm of the cluster\nneeds and who of us may speak for all the\nmembers of it on the day of the briefing.\nThanks",
            (
                "Please tell us what each firm of the cluster needs and who of us may speak for all the"
                " members of it on the day of the briefing.\nThanks"
            ),
        ),
    ],
)
def test_wraps_are_joined(text: str, whole: str) -> None:
    """A number, a word or a sentence that goes on is one again."""
    assert joined(text.split("\n")) == whole.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "A類要幾家\nB類要幾家\n群聚要幾家",
        "我們有12家\n其中4家兩年前輔導過\n可以申請A類嗎",
        "我們的店數是8\n3家輔導過",
        "我們一共有12\n4家兩年前輔導過\n可以申請A類嗎",
        "本群聚成員計1\n2家,其中3家兩年前輔導過,可以申請A類嗎",
        "12\n4",
        "A類\n12家",
        "請問要準備什麼？\n誰可以簡報",
        "要有的：\n商業登記\n- 簡報",
        "計1\n\n2家",
        "鄉鎮\t家數\n池上\t4",
        "家數：9\n年度：114",
    ],
)
def test_lines_of_their_own_stay(text: str) -> None:
    """Without evidence of a break a line end is meant."""
    assert joined(text.split("\n")) == text.split("\n")
