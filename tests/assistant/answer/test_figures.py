"""
What people nobody here has met say of their figures, judged: nothing dangerous, and how much is right.

figures.jsonl was written by writers who had seen the guideline and the names of the facts,
never the reader: everyday messages and adversarial ones, on 2026-11-27. Asked for the first time,
w1 and w2 were right in 194 of 326 turns with 15 dangerous verdicts; w3, after the kinds of those
had been mended, in 71 of 150 with 8; w4, after w3, in 80 of 100 (57 of 60 everyday ones) with 2;
w5, after w4, in 88 of 132 (52 of 64 everyday ones) with 4; w6, after w5, in 92 of 111 (51 of 56
everyday ones) with 3, none of which said that one may apply; w7, after w6 and after the made
sentences of eval/metamorphic, in 62 of 100 (46 of 60 everyday ones) with 4, three of which did.
w8, everyday ones of twelve made people, in 77 of 111 with 4, and w9, adversarial ones, in 56 of 109
with 7, before sets of firms were read as statements that hold together.
w10, everyday ones, in 52 of 73 with 1, and w11, adversarial ones, in 30 of 52 with 2, after that.
Those are the figures to expect of people; what is held here are the ones since they were mended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from assistant.answer.clean import said_in
from assistant.answer.hearing import Hearing, Memory
from assistant.answer.judge import computed
from assistant.answer.split import asked_in
from assistant.mail import unwrap
from assistant.readers.digital_cluster import reader
from assistant.verdict import Verdict
from tests.assistant.eligibility.conftest import BOOK

FILE: Final = Path(__file__).with_name("figures.jsonl")
TODAY: Final = date(2026, 11, 27)
HEARING: Final = Hearing(BOOK, reader(BOOK), TODAY)
FLAT: Final = ("eligible", "ineligible")


@dataclass(frozen=True, slots=True)
class Turn:
    """A message with what was decided and what may be."""

    item: str
    kind: str
    q: str
    decided: str
    right: tuple[str, ...]

    @property
    def dangerous(self) -> bool:
        """A flat verdict where another decision was due."""
        return self.decided in FLAT and self.decided not in self.right


def _decided(raw: str, memory: Memory) -> str:
    """eligible, ineligible, or needs_info for anything that is not flat."""
    text = said_in(raw)
    case = HEARING.case(text, asked_in(text), memory)
    if case is None or unwrap(raw).unread or case.reading.unread or case.reading.contradictions:
        return "needs_info"
    found = computed(case, BOOK, TODAY)
    flat = isinstance(found, Verdict) and found.decision in FLAT and not found.contradictions
    return found.decision if isinstance(found, Verdict) and flat else "needs_info"


def _turns() -> Iterator[Turn]:
    for line in FILE.read_text(encoding="utf8").splitlines():
        item, memory = json.loads(line), Memory()
        for turn in item["turns"]:
            if "verdict" in turn:
                decided = _decided(turn["q"], memory)
                yield Turn(item["id"], item["kind"], turn["q"], decided, tuple(turn["verdict"]))
            memory = HEARING.after(memory, said_in(turn["q"]))


TURNS: Final = tuple(_turns())


def test_no_verdict_is_dangerous() -> None:
    """Nobody is told that he may apply, or may not, where that is wrong or open."""
    assert [(turn.item, turn.q) for turn in TURNS if turn.dangerous] == []


def test_most_everyday_messages_are_decided_rightly() -> None:
    """At least eleven of twelve everyday messages get the right decision; asking back is the only other outcome."""
    everyday = [turn for turn in TURNS if turn.kind == "everyday"]
    right = [turn for turn in everyday if turn.decided in turn.right]

    assert len(everyday) >= 200
    assert len(right) * 12 >= len(everyday) * 11


def test_most_adversarial_messages_are_decided_rightly() -> None:
    """Of messages written to mislead, at least three of five are decided rightly, the others asked back."""
    adversarial = [turn for turn in TURNS if turn.kind == "adversarial"]

    assert len(adversarial) >= 200
    assert sum(turn.decided in turn.right for turn in adversarial) * 5 >= len(adversarial) * 3
