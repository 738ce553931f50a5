"""A message is taken apart into its questions; nothing of it is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.clean import MessageRejected, clean_message
from assistant.answer.split import MOST, SubQuestion, asked_in

PIECES = st.sampled_from(
    [
        "輔導案可以轉包嗎",
        "追蹤資料要交幾年",
        "我們是山上的三家茶行",
        "手續呢",
        "另外想問",
        "還有領導企業由誰推選",
        "謝謝",
        "(急)",
        "「他說不行」",
        "1.",
        "(2)",
        "三、",
        "Q1:",
        "?",
        "!",
        "。",
        ",",
        ";",
        "\n",
        " ",
    ]
)
MESSAGES = st.lists(PIECES, min_size=1, max_size=40).map("".join) | st.text(min_size=1, max_size=60)


def cleaned(raw: str) -> str:
    """The message as the steps clean it; one that is refused stands for a short question."""
    try:
        return clean_message(raw)
    except MessageRejected:
        return "可以嗎"


def together(message: str) -> str:
    """The questions of a message with their stories, without white space."""
    return letters("".join(one.text for one in asked_in(message)))


def letters(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


@given(MESSAGES.map(cleaned))
def test_no_letter_is_lost(message: str) -> None:
    """The questions and their stories together have each letter of the message as often as it does."""
    assert not asked_in(message) or Counter(together(message)) == Counter(letters(message))


@given(MESSAGES.map(cleaned))
def test_a_few(message: str) -> None:
    """A message has at most six questions, none of them empty."""
    questions = asked_in(message)

    assert len(questions) <= MOST
    assert all(one.question.strip() for one in questions)


@given(st.lists(st.sampled_from(["輔導案可以轉包嗎?", "追蹤資料要交幾年?", "領導企業由誰推選出來?"])))
def test_the_order_is_kept(questions: list[str]) -> None:
    """Questions stand in the order of the message, with what was told before each."""
    message = "".join(f"說明{n}。{question}" for n, question in enumerate(questions))

    assert together(message) == message


@given(MESSAGES.map(cleaned))
def test_where_a_question_ends_the_message_all_is_in_order(message: str) -> None:
    """A message that tells nothing after its last question is its questions, letter by letter."""
    message = f"{message}。最後到底要繳交幾份計畫書?"

    assert together(message) == letters(message)


@given(MESSAGES.map(cleaned))
def test_the_same_message_gives_the_same_questions(message: str) -> None:
    """Taking a message apart is a function of the message alone."""
    assert asked_in(message) == asked_in(message)


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("輔導案可以轉包嗎?追蹤資料要交幾年?", ["輔導案可以轉包嗎?", "追蹤資料要交幾年?"]),
        ("輔導案可以轉包嗎\n追蹤資料要交幾年", ["輔導案可以轉包嗎", "追蹤資料要交幾年"]),
        (
            "領導企業由誰推選出來,另外追蹤資料要交幾年",
            ["領導企業由誰推選出來,", "另外追蹤資料要交幾年"],
        ),
        ("輔導案可以轉包嗎 追蹤資料要交幾年", ["輔導案可以轉包嗎", "追蹤資料要交幾年"]),
        ("1.輔導案可以轉包嗎 2.追蹤資料要交幾年", ["1.輔導案可以轉包嗎", "2.追蹤資料要交幾年"]),
        (
            "想問:(1)輔導案可以轉包嗎 (2)追蹤資料要交幾年",
            ["想問:", "(1)輔導案可以轉包嗎", "(2)追蹤資料要交幾年"],
        ),
        (
            "一、輔導案可以轉包嗎。二、追蹤資料要交幾年。",
            ["一、輔導案可以轉包嗎。", "二、追蹤資料要交幾年。"],
        ),
    ],
)
def test_where_questions_part(message: str, questions: list[str]) -> None:
    """Marks, lines, 另外, spaces between Chinese letters and the numbers of a list part questions."""
    parts = [part for asked in asked_in(message) for part in (asked.story, asked.question) if part]

    assert parts == questions


@pytest.mark.parametrize(
    "message",
    [
        "比例超過1.5倍可以嗎?",
        "他問「輔導案可以轉包嗎?」的意思是什麼?",
        "我們和他們沒什麼淵源也可以一起來嗎?",
        "LINE 群組和 email 可以嗎?",
        "領導企業由誰推選出來,要登記嗎?",
    ],
)
def test_where_a_question_stays_whole(message: str) -> None:
    """A figure's point, a quoted question, spaces beside Latin words and a comma part nothing."""
    assert asked_in(message) == (SubQuestion(message),)


@pytest.mark.parametrize(
    "after", ["手續?", "那兩個都要?", "還是要重新再申請一次?", "所以不能交給別的公司嗎?"]
)
def test_an_afterthought_stays_with_its_question(after: str) -> None:
    """What is too short to stand alone, or goes on in words, belongs to the question before."""
    assert asked_in(f"輔導案可以轉包嗎?{after}") == (SubQuestion(f"輔導案可以轉包嗎? {after}"),)


@pytest.mark.parametrize("short", ["要登記嗎?", "補助多少錢?", "誰報告?", "要幾家"])
def test_a_short_question_stands_alone(short: str) -> None:
    """What asks in words of its own is a question, however short, and knows the one before it."""
    first, second = asked_in(f"輔導案可以轉包嗎?{short}")

    assert (second.question, second.before) == (short, first.question if len(short.strip("?")) < 6 else "")


@pytest.mark.parametrize("after", ["多少?", "為什麼?", "怎麼辦", "可以嗎?"])
def test_a_bare_word_that_asks_stays(after: str) -> None:
    """A word that asks and says nothing of what stays with the question before."""
    assert asked_in(f"輔導案可以轉包嗎?{after}") == (SubQuestion(f"輔導案可以轉包嗎? {after}"),)


def test_a_dash_lists_statements_as_well() -> None:
    """Of lines with dashes those that ask are questions, the others their story."""
    (asked,) = asked_in("- 我們在山上\n- 一共十家茶行\n- 期末簡報由誰負責報告")

    assert (asked.question, asked.story) == ("- 期末簡報由誰負責報告", "- 我們在山上 - 一共十家茶行")


def test_a_short_question_in_a_numbered_list_stands_alone() -> None:
    """The number of a list says that a question is one of its own, however short."""
    asked = asked_in("1.輔導案可以轉包嗎 2.B類要幾家 3.A類要幾家")

    assert [one.question for one in asked] == ["1.輔導案可以轉包嗎", "2.B類要幾家", "3.A類要幾家"]


def test_a_story_goes_with_the_question_after_it() -> None:
    """What is told before a question is its story, and what follows the last goes with the last."""
    asked = asked_in("我們是茶行。輔導案可以轉包嗎?老闆很急。追蹤資料要交幾年?先謝謝了。")

    assert asked == (
        SubQuestion("輔導案可以轉包嗎?", "我們是茶行。"),
        SubQuestion("追蹤資料要交幾年?", "老闆很急。 先謝謝了。"),
    )
    assert asked[0].text == "我們是茶行。 輔導案可以轉包嗎?"


@pytest.mark.parametrize("message", ["謝謝你們。", "我們是三家茶行", "想請教兩個問題:", "【重要】"])
def test_what_asks_nothing(message: str) -> None:
    """Thanks, a story, an opening or a title asks nothing."""
    assert asked_in(message) == ()


def test_more_than_most() -> None:
    """From the sixth on, all questions are one."""
    asked = asked_in("".join(f"第{n}份追蹤資料要交幾年?" for n in range(9)))

    assert len(asked) == MOST
    assert asked[-1].question.count("?") == 4
