"""A mail is unwrapped to what its writer says today; a message that is no mail is left as it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer.clean import clean_message, said_in
from assistant.answer.split import asked_in
from assistant.config import ROOT
from assistant.mail import Letter, unwrap

LETTERS: Final[list[dict[str, Any]]] = [
    letter
    for path in sorted(Path(__file__).parent.glob("letters/*.toml"))
    for letter in tomllib.loads(path.read_text(encoding="utf8"))["letter"]
]
# The questions of the sets that come as mails, with markup, or with signs that are no figures.
WRAPPED: Final = {
    *(
        "e-ans-223",
        "e-att-037",
        "w-021",
        "w-023",
        "w-026",
        "w-027",
        "w-029",
        "w-032",
        "w-033",
        "w-034",
        "w-035",
    ),
    *("w-038", "w-039", "w-040", "w-084", "w-085", "w-087"),
}
# No character of these is a sign of a mail, and 我們 at the start makes none of a list.
PLAIN: Final = st.text(
    st.characters(categories=["Lo", "Nd", "Lu", "Ll"], max_codepoint=0x9FFF, exclude_characters="註")
    | st.sampled_from("，。？！、；：,.?!「」 　"),
    max_size=200,
).map(lambda text: f"我們{text}")
# What mails are made of, so that random texts meet every stage.
SHREDS: Final = st.sampled_from(
    [
        *"""> |寫道：|-----原始郵件-----|寄件者: a|主旨: RE: b|FW: |敬上|--|電話：02|[LINE] 與a的聊天記錄|下午08:31\ta\tb|\t|4\t2|池上鄉 4家\n合計|①|2、|8家|²|〔1〕|<p>|</p>|<blockquote>|<td>|&nbsp;|&#|=E5=AE=B6|=|=?UTF-8?B?6Zmz?=|=?x?Q?=FF?=|MIME-Version: 1.0|計1|2家|請問|？\nContent-Type: multipart/mixed; boundary=a|--a|Content-Transfer-Encoding: base64|謝謝您來信詢問「|承辦人：|�|�|\x00|十|一、""".replace(
            "\n", "|"
        ).split("|"),
        "\n",
        "\n\n",
        "|",
    ]
)


def _folded(text: str) -> str:
    """Without blank lines, and with plain spaces for those that do not break."""
    return re.sub(r"\n\s*\n", "\n", text.replace("\xa0", " ")).strip()


@pytest.mark.parametrize("letter", LETTERS, ids=[letter["name"] for letter in LETTERS])
def test_what_is_said_today(letter: dict[str, Any]) -> None:
    """The text is the writer's own of today, with his questions only; what cannot be read is named."""
    found = unwrap(letter["mail"].strip("\n"))

    assert _folded(found.text) == letter["text"].strip()
    assert [asked.question for asked in asked_in(clean_message(found.text))] == letter["questions"]
    assert [words for words in letter.get("quoted", []) if words in found.text] == []
    assert list(found.unread) == letter.get("unread", [])


def test_the_letters_state_what_a_programme_knows() -> None:
    """Every fact that a letter is said to state is a fact of the programme; there are thirty letters, none twice."""
    facts = tomllib.loads((ROOT / "corpus/digital-cluster/facts.toml").read_text(encoding="utf8"))
    names = {fact["name"] for fact in facts["fact"]}

    assert {name for letter in LETTERS for name in letter["facts"]} <= names
    assert len({letter["mail"] for letter in LETTERS}) == len(LETTERS) == 30


def test_a_reply_keeps_what_it_answers_apart() -> None:
    """What is quoted is not lost: it may tell what is spoken of."""
    letter = unwrap("> 我們有 6 家店，可以申請嗎？\n> 不符合，至少要 8 家。\n\n多找到 3 家，這樣可以嗎？")

    assert letter.text == "多找到 3 家，這樣可以嗎？"
    assert letter.quoted == "我們有 6 家店，可以申請嗎？\n不符合，至少要 8 家。"


def test_a_subject_says_what_the_text_does_not() -> None:
    """A subject with a count tells a fact, one above 如題 is the question, any other is a title."""
    assert unwrap("請問符合嗎？", "RE: 12家店申請A類").text == "12家店申請A類。\n請問符合嗎？"
    assert unwrap("如題，謝謝", "FW: 誰可以簡報？").text == "誰可以簡報？\n如題，謝謝"
    assert unwrap("請問符合嗎？", "=?UTF-8?B?6KuL5pWZ?=") == Letter("請問符合嗎？", subject="請教")


def test_a_mark_of_an_old_letter_is_named() -> None:
    """Which clause had a number in an old letter cannot be known: the line is named; beside a quotation the mark just goes."""
    letter = unwrap("您說「不得分包。〔1〕」，可以嗎？\n信末的〔3〕是哪一條？")

    assert letter.text == "您說「不得分包。」，可以嗎？\n信末的那一條是哪一條？"
    assert letter.unread == ("信末的〔3〕是哪一條？",)


def test_nothing_but_a_wrapping() -> None:
    """A message of which nothing would be left stays as it came."""
    assert unwrap("<script>alert(1)</script>").text == "<script>alert(1)</script>"
    assert unwrap("> A類要幾家？").text == "A類要幾家？"


def test_questions_of_the_sets_are_untouched() -> None:
    """Every message of the question sets that is no mail comes out byte for byte as it went in."""
    changed = {name for name, text in _messages() if unwrap(text) != Letter(text)}

    assert changed == WRAPPED


@given(PLAIN)
def test_a_plain_line_is_untouched(text: str) -> None:
    """A message of one line without signs is left as it is."""
    assert unwrap(text) == Letter(text)


@settings(deadline=None, max_examples=300)
@given(st.lists(SHREDS | st.text(max_size=5), max_size=40).map("".join))
def test_nothing_raises(text: str) -> None:
    """Whatever comes is unwrapped; text is never lost whole."""
    assert bool(unwrap(text).text.strip()) == bool(text.strip())


@pytest.mark.parametrize(
    "shred", [" ", "\u3000", "\t", "<b>x", "<!--", "=?a?B?", "> ", "a@", "1、", "池上鄉 4家\n", "祝 "]
)
def test_long_texts_take_no_longer_for_each_character(shred: str) -> None:
    """Ten thousand characters of one kind take some milliseconds of the processor; seconds, if time went with the square."""
    started = process_time()
    unwrap((shred * 10_000)[:10_000])

    assert process_time() - started < 0.5


def test_said_is_cleaned() -> None:
    """What a message says is taken off its wrapping first: a footnote is none of the digits that cleaning makes."""
    assert said_in("> 舊問題？\n共１２²家，請問可以嗎？") == "共12家,請問可以嗎?"


def _messages() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "eval/sets").glob("*.jsonl")):
        for line in path.read_text(encoding="utf8").splitlines():
            item = json.loads(line)
            yield from ((item["id"], turn["q"]) for turn in item.get("turns", [item]))
