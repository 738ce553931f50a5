"""Sentences of people and of the generated grid are read as the facts they state."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Days, Fact, Range, ShareRange
from assistant.readers.digital_cluster.edits import Edit
from tests.assistant.eligibility.conftest import BOOK
from tests.assistant.readers.digital_cluster.conftest import READER
from tests.assistant.readers.digital_cluster.grid import cases

_FOLDER = Path(__file__).parent
TODAY = date(2025, 11, 22)
FILES = ("sentences.toml", "held_out.toml", "held_out_later.toml", "held_out_last.toml")
_WORDS = (
    "我們", "12家", "4家", "兩", "三成", "輔導過", "沒輔導過", "都", "其中", "全部", ",", "。", " ", "A類", "B類", "可以嗎", "換掉", "新增",
    "退出", "去年", "五年前", "108年", "沒有", "有", "1家", "除了", "幾家", "剩下", "十幾", "原本", "登記", "放棄", "第一次參加", "的", "-3家",
    "如果", "大概", "120%", "左右", "新創", "中小企業處", "專案輔導", "成立兩年", "裡面", "不是", "30%", "0", "成員數:", "8到10間",
)  # fmt: skip


def _sentences(name: str) -> list[dict[str, Any]]:
    with (_FOLDER / name).open("rb") as file:
        sentences: list[dict[str, Any]] = tomllib.load(file)["sentence"]
    return sentences


def _shown(fact: Fact) -> object:
    """A value in the notation of the sentence files."""
    value = fact.value
    if isinstance(value, Range):
        return f"{value.low}..{'' if value.high is None else value.high}"
    if isinstance(value, Days):
        return f"{value.first}..{value.last}"
    if isinstance(value, ShareRange):
        return f"{value.low}..{value.high}"
    return f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else value


def _misread(sentence: Mapping[str, Any]) -> str:
    """What is wrong with the reading of a sentence; empty if nothing."""
    today = sentence.get("today", TODAY)
    known: Mapping[str, Fact] = {}
    for earlier in sentence.get("before", ()):
        known = READER.apply(known, READER.read(earlier, today))
    active = bool(known)
    reading = READER.read(sentence["text"], today, sentence.get("asked"))
    facts = {name: _shown(fact) for name, fact in READER.apply(known, reading).items()}
    if facts != sentence["facts"]:
        return f"{sentence['text']}: {facts}"
    if reading.asks != sentence.get("asks"):
        return f"{sentence['text']}: asks {reading.asks}"
    if bool(reading.contradictions) != sentence.get("contradictions", False):
        return f"{sentence['text']}: contradictions {reading.contradictions}"
    if "numeric" in sentence and READER.takes(reading, known, active=active) != sentence["numeric"]:
        return f"{sentence['text']}: numeric"
    return ""


@pytest.mark.parametrize("name", FILES)
def test_sentences_of_people(name: str) -> None:
    """At least 98 % of the hand-written sentences are wholly right: facts, request and contradictions."""
    sentences = _sentences(name)
    wrong = [words for words in map(_misread, sentences) if words]
    assert len(wrong) * 50 <= len(sentences), "\n".join(wrong)


def test_there_are_enough_sentences_of_people() -> None:
    """Hand-written sentences number at least 150, and no two are the same."""
    texts = [
        (*sentence.get("before", ()), sentence["text"], sentence.get("asked"))
        for name in FILES
        for sentence in _sentences(name)
    ]
    assert len(texts) >= 150
    assert len(texts) == len(set(texts))


def test_the_generated_grid() -> None:
    """Every one of at least 2,000 generated sentences is read as exactly its facts."""
    every = list(cases())
    wrong = []
    for case in every:
        facts = {name: fact.value for name, fact in READER.apply({}, READER.read(case.text, TODAY)).items()}
        if facts != case.facts:
            wrong.append(f"{case.text}: {facts}")
    assert len({case.text for case in every}) >= 2000
    assert not wrong, "\n".join(wrong[:20])


@given(st.lists(st.sampled_from(_WORDS), max_size=14).map("".join))
def test_any_words_in_any_order_are_read_without_fault(text: str) -> None:
    """Whatever the order of the words, facts have known names, whole values, and spans of the text."""
    reading = READER.read(text, TODAY)
    for name, fact in reading.facts.items():
        assert name in BOOK.facts
        assert not isinstance(fact.value, float)
        assert fact.words == text[fact.start : fact.end]
    for edit in reading.edits:
        assert isinstance(edit, Edit)
        assert edit.words == text[edit.start : edit.end]
    READER.apply(READER.apply({}, reading), reading)


@given(st.text(max_size=60))
def test_any_text_is_read_without_fault(text: str) -> None:
    """No text makes the reader fail."""
    READER.read(text, TODAY)


def test_spans_are_of_the_users_text() -> None:
    """A fact of a simplified-script message quotes the message, not its conversion."""
    text = "我们12间,其中4间两年前辅导过"
    coached = READER.read(text, TODAY).facts["coached_within_3y"]
    assert coached.words == "4间两年前辅导过"
    assert text[coached.start : coached.end] == coached.words
