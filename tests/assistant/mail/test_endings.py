"""Signatures and notices go, and nothing that asks or tells goes with them."""

from __future__ import annotations

import pytest

from assistant.mail.endings import without_endings


@pytest.mark.parametrize(
    "ending",
    [
        "-- \n大發食品\n創立30年",
        "王大明 敬上\n電話 02-2700-0000",
        "順頌 商祺\n大發食品 王大明",
        "Best regards,\nAmy\n25 shops",
        "\n大發食品 王大明\n電話：02-2700-0000\n統編：12345675",
        "從我的手機傳送",
        "Get Outlook for iOS",
        "本郵件可能含有機密資訊，\n僅供收件人使用，共3頁。",
        "※本信件已通過防毒掃描※",
    ],
)
def test_what_goes(ending: str) -> None:
    """Nothing of an ending stays below what is asked."""
    assert "".join(without_endings(f"9家可以嗎？\n{ending}".split("\n"))) == "9家可以嗎？"


@pytest.mark.parametrize(
    "text",
    [
        "我們9家店以上\n可以嗎？",
        "想知道最少幾家,成員資格。謝謝 王先生敬上",
        "王大明 敬上\n另外，電話可以改嗎？",
        "電話可以改嗎？",
        "本信件想請問9家可以嗎？",
        "電話：02-2700-0000",
    ],
)
def test_what_stays(text: str) -> None:
    """A line that tells or asks stays, whatever stands beside it."""
    kept = "\n".join(without_endings(text.split("\n")))

    assert text.rsplit("\n", maxsplit=1)[-1] in kept


def test_a_postscript() -> None:
    """What is added below a signature is read again."""
    assert without_endings(["可以嗎？", "小明 敬上", "P.S. 共9家"]) == ["可以嗎？", "P.S. 共9家"]
