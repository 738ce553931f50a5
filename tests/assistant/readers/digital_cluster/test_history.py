"""The year of first taking part is read from what names it the first, and from nothing that leaves it open."""

from __future__ import annotations

from datetime import date

import pytest

from tests.assistant.readers.digital_cluster.conftest import READER

TODAY = date(2026, 11, 27)


def _told(text: str) -> dict[str, object]:
    facts = READER.read(text, TODAY).facts
    return {name: fact.value for name, fact in facts.items() if name.startswith("first_joined")}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("B類,頭一擺參加是108年", 2019),
        ("B類,頭一回進數位群聚是民國109年", 2020),
        ("B類,最早一次參加是在一百零八年度", 2019),
        ("B類,108年是我們第二次參與,第一次是107年", 2018),
        ("B類,民國一百零七年我們就進數位群聚了,一百零八年是第二次", 2018),
        ("B類,簽的是109年度的計畫,那才是第一次參與", 2020),
        ("B類,108年以前沒有參加過,108年那次是第一遭", 2019),
        ("B類,首次參加在110年而不是108年", 2021),
        ("聽說B類要108年第一次參加的,我們是110年第一次", 2021),
        ("B類: we first joined 數位群聚輔導 in 2018 (NOT 2019)", 2018),
        ("B類第一次參加是108年。更正,第一次是107年才對", 2018),
    ],
)
def test_the_year_of_the_first_time(text: str, year: int) -> None:
    """First is what is called the first, before or behind its year, or in the clause after it."""
    assert _told(text) == {"first_joined_year": year}


@pytest.mark.parametrize(
    "text",
    [
        "B類,頭一次參加是一百零八年還是一百零九年,我記性不好",
        "B類,第一次參與不是108就是109年度",
        "B類,第一次參加數位群聚輔導我記得是108,但會計說是107",
        "B類,大家都說是108年第一次參加,但我找到107年的結業證書",
        "B類,好像是108年第一次參加",
        "B類,第一次參加是108年。我同事查到第一次是107年",
        "B類,表哥的群聚108年第一次參加",
    ],
)
def test_what_is_open_is_no_year(text: str) -> None:
    """Of two years, or of one that nobody is sure of, none is taken."""
    assert _told(text) == {}


@pytest.mark.parametrize(
    "text", ["B類,108是第二次參加", "我們不是108年第一次參加,是更早", "B類,108年度又參加一次"]
)
def test_a_later_time_is_not_the_first(text: str) -> None:
    """A year of a second time, or denied, is not that of the first, whichever that was."""
    assert _told(text) == {"first_joined_that_year": False}
