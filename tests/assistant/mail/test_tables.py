"""Of a table of counts its totals are told; what does not add up is named."""

from __future__ import annotations

import pytest

from assistant.mail.tables import summed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("鄉\t家數\t曾受輔導\n甲\t4\t1\n乙\t5\t1", "合計9家，其中曾受輔導2家。"),
        ("鄉\t家數\n甲\t1,200\n乙\t300\n合計\t1,500", "合計1500家。"),
        ("|村|成員|\n|-|-|\n|甲|４家|\n|乙|3家|", "合計7家。"),
        ("池上鄉 4家\n關山鎮：3家", "合計7家。"),
        ("・餐飲 4家\n・民宿 3家\n・農場 2家\n合計 9家", "合計9家。"),
        ("店\t員工數\n甲\t30\n乙\t11\n合計\t41", "合計41人。"),
        ("鄉\t家數\t成立年\n甲\t4\t108\n乙\t3\t110", "合計7家。"),
    ],
)
def test_totals(text: str, told: str) -> None:
    """Counts are added up; a column that is part of the first is said to be; years have no sum, staff are people."""
    assert summed(text.split("\n")) == ([told], [])


@pytest.mark.parametrize(
    "text",
    [
        "群聚成員 12家\n曾受輔導 4家",
        "餐飲 4家\n民宿 3家",
        "池上鄉 4家\n關山鎮 3人",
        "日期\t時間\n週一\t上午",
        "品名\t金額\n茶包\t20",
        "我們有\t12家",
    ],
)
def test_what_is_no_table_of_counts(text: str) -> None:
    """A whole and its part are no rows to add, and neither are times, prices or different things."""
    assert summed(text.split("\n")) == (text.split("\n"), [])


@pytest.mark.parametrize(
    "text", ["鄉\t家數\n甲\t4\n乙\t3\n合計\t8", "鄉\t家數\t輔導家數\n甲\t4\t1\n乙\t5\t-"]
)
def test_what_cannot_be_read(text: str) -> None:
    """A total that is not the sum, and a cell that says nothing, leave the whole table unread."""
    assert summed(text.split("\n")) == ([], text.split("\n"))
