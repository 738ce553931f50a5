"""
No question of an evaluation set is in the question bank, nor a near copy of one.

A copy is told by what is left of both once spelling, spaces and punctuation are made
alike: the same pairs of characters (Jaccard index of at least 0.8), or, of texts too
short for that, the same characters.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from assistant.index.words import fold
from ingest.bank import read_bank
from ingest.guideline import load_guideline

ROOT = Path(__file__).parents[2]
# The second folder is there only where the project is worked on beside its brief.
SETS = sorted(
    [*(ROOT / "eval" / "sets").glob("*.jsonl"), *(ROOT.parent / "shared" / "bench").glob("*.jsonl")]
)
PROGRAMMES = sorted(path.parent for path in (ROOT / "corpus").glob("*/source.toml"))
NEAR = 0.8
SHORT, TOO_SHORT = 8, 5


def plain(text: str) -> str:
    """The text without spaces and punctuation, in one spelling."""
    return re.sub(r"[\W_]+", "", fold(text))


def pairs(text: str) -> frozenset[str]:
    """The pairs of characters of a plain text."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def questions_of(path: Path) -> Iterator[str]:
    """Every question of a set; of a dialogue each turn."""
    for line in path.read_text(encoding="utf8").splitlines():
        case = json.loads(line)
        asked = case.get("q") or case.get("turns") or case.get("question")
        for turn in [asked] if isinstance(asked, str) else asked:
            yield turn if isinstance(turn, str) else turn["q"]


def copies(asked: Iterable[str], bank: Iterable[str]) -> list[tuple[str, str, float]]:
    """Each question asked, with the question of the bank that copies it, and how near it is."""
    bank = list(bank)
    holding: defaultdict[str, list[int]] = defaultdict(list)
    banked = [plain(question) for question in bank]
    sizes = []
    for n, text in enumerate(banked):
        found = pairs(text)
        sizes.append(len(found))
        for pair in found:
            holding[pair].append(n)
    same = defaultdict(list)
    for n, text in enumerate(banked):
        same[text].append(n)
    hits = []
    for question in asked:
        text = plain(question)
        if len(text) <= SHORT:
            hits += [(question, bank[n], 1.0) for n in same[text] if len(text) >= TOO_SHORT]
            continue
        own = pairs(text)
        for n, shared in Counter(n for pair in own for n in holding[pair]).items():
            likeness = shared / (len(own) + sizes[n] - shared)
            if likeness >= NEAR and len(banked[n]) > SHORT:
                hits.append((question, bank[n], likeness))
    return hits


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda path: path.name)
def test_no_evaluated_question_is_in_the_bank(programme: Path) -> None:
    """Of bank, gaps and what lies outside, no question is one that the project is measured by."""
    bank = read_bank(programme, load_guideline(programme))
    banked = [sample.text for sample in bank.samples]
    hits = {path.name: copies(questions_of(path), banked) for path in SETS}

    assert {name: found for name, found in hits.items() if found} == {}


def test_there_are_sets() -> None:
    """The sets of the project are there, and have questions."""
    own = [path for path in SETS if path.parent == ROOT / "eval" / "sets"]

    assert own
    assert all(sum(1 for _ in questions_of(path)) >= 50 for path in own)


@pytest.mark.parametrize(
    ("asked", "banked", "found"),
    [
        ("攤位可以讓給朋友嗎?", "攤位 可以讓給朋友嗎", True),
        ("我想請問攤位可以讓給朋友嗎", "我想請問攤位可以讓給朋友吗？", True),
        ("請問我們的攤位可以轉讓給朋友使用嗎", "請問我們的攤位可以轉讓給朋友使用嘛", True),
        ("請問攤位可以讓給朋友嗎", "攤位的押金什麼時候退還", False),
        ("攤位租金多少", "攤位租金多少?", True),
        ("攤位租金多少", "攤位租金好多", False),
        ("租金多少", "租金多少", False),
    ],
)
def test_copies(asked: str, banked: str, found: bool) -> None:
    """A copy is found whatever its spelling; two questions on one matter are no copies, nor are a few words."""
    assert bool(copies([asked], [banked])) is found
