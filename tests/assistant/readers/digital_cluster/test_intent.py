"""What is asked is told from the words around it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.reading import VERDICT
from tests.assistant.readers.digital_cluster.conftest import READER

TODAY = date(2025, 11, 22)


@pytest.mark.parametrize(
    ("message", "asks"),
    [
        ("12家最多可以有幾家輔導過", "max_coached"), ("有4家輔導過,全部至少幾家", "min_members"), ("我們6家還差幾家", "missing_members"),
        ("10家有4家輔導過,再加幾家沒輔導過的才符合", "newcomers_needed"), ("原成員7家可換幾家", "max_replaced"), ("換掉3家的話原成員至少要幾家", "min_old_members"),
        ("16家有6家輔導過,A類要去掉幾家", "drop_coached"), ("13家4家輔導過 比例是多少", "share"), ("A類B類可以報哪一類?", "which"),
        ("去年開始輔導的,追蹤資料要交到哪一年", "tracking_end"), ("上個月放棄輔導,多久才能再申請", "ban_end"), ("期末簡報可以由誰報告", "presenter"),
        ("A類18家,4家去年輔導過,還容得下幾家輔導過的加入", "coached_joining"), ("11家3家輔導過,想再收輔導過的店,還有幾家的空間", "coached_joining"),
        ("A類18家,4家去年輔導過,還能再找幾家沒輔導過的", "newcomers_needed"), ("15家8家輔導過,要把幾家換成沒輔導過的", "swap_coached"),
        ("15家8家輔導過,要換掉幾家輔導過的才能報", "swap_coached"), ("原成員30家,換過7家,還剩幾家可以換", "max_replaced"),
        ("我們12家可以申請嗎", "verdict"), ("可以申請幾次", None), ("要準備什麼文件", None), ("我們有12家", None),
    ],
)  # fmt: skip
def test_asks(message: str, asks: str | None) -> None:
    """Each way to ask has its kind; a question about something else has none."""
    assert READER.read(message, TODAY).asks == asks


@pytest.mark.parametrize(
    ("message", "track"),
    [
        ("想報A", "A類"), ("類別: b", "B類"), ("track A", "A類"), ("不是A類是B類", "B類"), ("A類不行那B類呢", "B類"), ("A類還是B類", None),
        ("第一次組群聚", "群聚"), ("我們群聚12家", None),
    ],
)  # fmt: skip
def test_track(message: str, track: str | None) -> None:
    """The track is the one chosen last; two side by side choose none."""
    assert _track(message) == track


def _track(message: str) -> object:
    fact = READER.read(message, TODAY).facts.get("track")
    return None if fact is None else fact.value


@pytest.mark.parametrize("text", ["平台目前6家店進駐,能提案嗎", "我們走數位擴散,只有5家店,可以嗎"])
def test_shops_of_a_platform_are_no_members(text: str) -> None:
    """The text sets no minimum for platforms, so the rules leave their figures alone."""
    assert READER.read(text, TODAY).other_question


def test_some_few_are_not_asked_for() -> None:
    """「有幾家…,行不行」 asks for a verdict, and how many they are stays open."""
    reading = READER.read("A類12家店,有幾家這兩年沒輔導過,這樣行不行", TODAY)

    assert reading.asks == VERDICT
    assert "coached_within_3y" not in reading.facts
