"""The reader that knows no programme, on what shop owners write of one that it has never seen."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import Fact, Facts, Range, ShareRange, Value
from assistant.eligibility.payload import facts_from_json
from assistant.eligibility.rule_file import load_rules
from assistant.eligibility.solve import solve
from assistant.reading.plain import PlainReader

HERE: Final = Path(__file__).parent
FILES: Final = sorted(HERE.glob("*/sentences.toml"))
Sentence = Mapping[str, Any]


class _Said:
    """A sentence read turn by turn, each verdict's first missing fact being what is asked for next."""

    def __init__(self, folder: Path, sentence: Sentence, today: date) -> None:
        book, reader = load_rules(folder), PlainReader(load_rules(folder))
        self.facts: Facts = {}
        asked: str | None = None
        for turn in sentence.get("turns") or [sentence["text"]]:
            reading = reader.read(turn, today, asked)
            taken = reader.takes(reading, self.facts, active=bool(self.facts))
            self.facts = reader.apply(self.facts, reading)
            verdict = evaluate(book, self.facts, today)
            asked = verdict.missing[0].fact if verdict.missing else None
        open_ = bool(reading.unread or reading.contradictions) or not taken
        self.decision = "unknown" if open_ else verdict.decision
        turned = book.asks.get(reading.asks or "")
        solution = None if turned is None else solve(book, turned.name, self.facts, today)
        self.answer = None if open_ or solution is None else solution.day or solution.number
        self.wanted = facts_from_json(book, None, sentence["facts"])


def _sentences(path: Path) -> list[tuple[Sentence, date]]:
    data = tomllib.loads(path.read_text(encoding="utf8"))
    return [(sentence, sentence.get("today", data["today"])) for sentence in data["sentence"]]


def _agrees(read: Fact, wanted: Value) -> bool:
    """A vaguer number than was meant (三年 is 36 to 47 months) agrees; one that leaves it out does not."""
    if isinstance(read.value, Range) and isinstance(wanted, int) and not isinstance(wanted, bool):
        return read.value.low <= wanted and (read.value.high is None or wanted <= read.value.high)
    if isinstance(read.value, (Range, ShareRange)) and isinstance(wanted, Range):
        return isinstance(read.value, Range) and read.value.low <= wanted.low
    return read.value == wanted


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_nothing_wrong_is_decided(path: Path) -> None:
    """Each sentence gets the verdict or the number that is due, or none at all; a trap gets none."""
    wrong = []
    for sentence, today in _sentences(path):
        said = _Said(path.parent, sentence, today)
        if "asks" in sentence:
            due = said.answer in {sentence["answer"], None}
        else:
            due = said.decision in {sentence["decision"], "unknown"}
        if not due:
            wrong.append((sentence, said.decision, said.answer))

    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_most_are_read_as_they_were_meant(path: Path) -> None:
    """Facts and decision of seven in ten at least, without Python for the programme; no trapped number is a fact."""
    right = 0
    sentences = _sentences(path)
    for sentence, today in sentences:
        said = _Said(path.parent, sentence, today)
        known = all(
            name in said.wanted and _agrees(fact, said.wanted[name].value)
            for name, fact in said.facts.items()
        )
        whole = sentence.get("trap", False) or said.facts.keys() == said.wanted.keys()
        decided = (
            said.answer == sentence["answer"] if "asks" in sentence else said.decision == sentence["decision"]
        )
        right += known and whole and decided

    assert len(sentences) >= 40
    assert right >= 0.7 * len(sentences)
