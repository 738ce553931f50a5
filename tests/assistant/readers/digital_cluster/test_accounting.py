"""What is left over decides nothing: one phrase that the reading does not follow, and no verdict comes out."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import Range
from tests.assistant.readers.digital_cluster.conftest import BOOK, READER

TODAY = date(2025, 11, 22)
# What is told, with a place for the phrase.
_TOLD = (
    "我們群聚14家,{}三年內輔導過的有4家,可以申請A類嗎",
    "A類,全部二十家,{}五家去年受過數位群聚輔導,行嗎",
    "我們12間店{}3間前年輔導過 報A類會過嗎",
    "本群聚共16家,其中2家曾於113年接受輔導,{}其他都沒有,請問符合A類資格嗎?",
)
# Each unsettles how many: a doubt, an exception, a comparison, an overlap, another teller.
_UNKNOWN = (
    "好像",
    "印象中",
    "不含3家分店,",
    "比去年多2家,",
    "有兩倍那麼多,",
    "其中1家兩年都有,",
    "每3家有1家,",
    "虎年4家輔導過,",
    "更正,",
)
_WITHOUT = [text.format("") for text in _TOLD]


def _decision(text: str) -> str:
    reading = READER.read(text, TODAY)
    if reading.unread or reading.contradictions:
        return "unknown"
    return evaluate(BOOK, READER.apply({}, reading), TODAY).decision


@pytest.mark.parametrize("text", _WITHOUT)
def test_without_the_phrase_there_is_a_verdict(text: str) -> None:
    """The sentences by themselves are decided, so the phrase alone is what withholds the verdict."""
    assert _decision(text) in {"eligible", "ineligible"}


@pytest.mark.parametrize("text", [told.format(phrase) for told, phrase in product(_TOLD, _UNKNOWN)])
def test_an_unknown_phrase_withholds_the_verdict(text: str) -> None:
    """No verdict comes of a sentence with a phrase that may change its figures."""
    assert _decision(text) == "unknown"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("我手上有兩個群聚,12家跟9家,其中3家輔導過,A類可以嗎", "兩個群聚"),
        ("我們10家2家去年輔導過,朋友的群聚9家有4家,哪一個可以報A類", "4家"),
        ("A類12家,4家輔導過,公司搬來這裡快四年了,可以嗎", "快四年了"),
        ("A類10家,上次那8家裡有3家輔導過,可以嗎", "8家裡"),
        ("如果有2家不來我們就剩7家,A類可以嗎", "7家"),
        ("我們群聚去年有一家中途放棄政府輔導,A類10家2家輔導過,可以嗎", "放棄"),
        ("A類12家除了3家,可以嗎", "除了3家"),
        ("4家餐廳和6家民宿輔導過,可以報A類嗎", "4家餐廳"),
        ("A類10家,3家去年輔導過,後來老王的店收掉了,可以嗎", "老王的店收掉了"),
        ("抱歉算錯,那3家裡有一家不該算,可以嗎", "3家裡"),
        ("A類,原來10家再找4家新的,有4家,可以嗎", "4家"),
        ("A類10家,3家去年輔導過,其實還有1家也是,可以嗎", "1家"),
        ("A類12家,4家去年輔導過,其中輔導過的老王退了,可以嗎", "老王退了"),
        ("A類12家,老闆說3家去年輔導過,老闆娘說沒那麼多,可以嗎", "沒那麼多"),
        ("A類10家,3家去年輔導過 不對是4家 她說沒有 再問問看,可以嗎", "再問問"),
    ],
)
def test_what_is_left_over_is_quoted(text: str, left: str) -> None:
    """The person is told which words were not followed."""
    assert any(left in words for words in READER.read(text, TODAY).unread)


@pytest.mark.parametrize(
    "text",
    ["A類10家,3家去年輔導過,沒有人離開,可以嗎", "A類,老王的店收掉了,現在10家,3家去年輔導過,可以嗎"],
)
def test_who_left_is_told_by_the_whole(text: str) -> None:
    """Where nobody left, or the whole is told after it, nothing is left over."""
    assert READER.read(text, TODAY).unread == ()


def test_a_share_that_is_not_that_of_the_count_is_contradicted() -> None:
    """「12家裡4家,占25%」 cannot be; a share that fits, roughly told too, can."""
    told = "A類12家,三年內輔導過的4家,占{},可以嗎"

    assert READER.read(told.format("25%"), TODAY).contradictions
    assert not READER.read(told.format("33.3%"), TODAY).contradictions
    assert not READER.read(told.format("三成五"), TODAY).contradictions
    assert not READER.read(told.format("40%以內"), TODAY).contradictions


@pytest.mark.parametrize(
    ("text", "members", "coached"),
    [
        ("我們12家,啊不對,剛退出一家,是11家,3家去年輔導過,A類可以嗎", 11, 3),
        ("會計說去年輔導過的是2家,店長說3家,A類12家可以嗎", 12, Range(2, 3)),
        ("A類16家,輔導紀錄共5家,都是去年,可以嗎", 16, 5),
        ("我們11家,去年輔導過3家,登記都有,A類可以嗎", 11, 3),
        ("A類這次我們是新的10家,去年輔導過的有1家,可以嗎", 10, 1),
    ],
)
def test_figures_stand_as_they_were_put_right(text: str, members: int, coached: int | Range) -> None:
    """What was corrected, told by two, labelled, or stands beside 「登記都有」 is read as it was meant."""
    facts = READER.apply({}, READER.read(text, TODAY))

    assert (facts["members"].value, facts["coached_within_3y"].value) == (members, coached)


def test_who_left_without_a_number_is_counted_by_what_comes() -> None:
    """「茶行跟民宿退出,這兩家都沒受過」 takes two off, none of them coached."""
    known = READER.apply({}, READER.read("A類12家,3家去年輔導過,可以嗎", TODAY))
    after = READER.apply(known, READER.read("後來茶行跟民宿收掉了,這兩家都沒輔導過,可以嗎", TODAY))

    assert (after["members"].value, after["coached_within_3y"].value) == (10, 3)


def test_others_spoken_of_beside_us_are_no_question() -> None:
    """Figures of another cluster that is not asked about neither count nor withhold anything."""
    reading = READER.read("隔壁鄉那個群聚15家有8家輔導過,我們12家3家去年輔導過,A類可以嗎", TODAY)

    assert reading.unread == ()
    assert (reading.facts["members"].value, reading.facts["coached_within_3y"].value) == (12, 3)


def test_another_cluster_starts_from_nothing() -> None:
    """Who asks of another cluster keeps none of the figures told before."""
    known = READER.apply({}, READER.read("A類10家,3家去年輔導過,可以嗎", TODAY))
    after = READER.apply(known, READER.read("那我表哥那一群,9家,能報A類嗎", TODAY))

    assert after["members"].value == 9
    assert "coached_within_3y" not in after
