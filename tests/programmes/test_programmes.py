"""
Programmes that exist for the tests alone: the engine knows no programme, so a folder of data is enough for any.

Their worked cases run with all others, in tests/corpus/test_cases.py.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.payload import facts_from_json
from assistant.eligibility.rule_file import load_rules
from assistant.eligibility.rules import RuleBook
from assistant.eligibility.solve import solve
from ingest.build import check

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for path in HERE.glob("*/source.toml"))
KEYS = {"text", "turns", "today", "facts", "decision", "asks", "answer", "trap"}


def _sentences(path: Path) -> list[Any]:
    data = tomllib.loads(path.read_text(encoding="utf8"))
    book = load_rules(path.parent)
    return [
        pytest.param(book, sentence.get("today", data["today"]), sentence, id=f"{path.parent.name}-{n}")
        for n, sentence in enumerate(data["sentence"], 1)
    ]


SENTENCES = [sentence for path in sorted(HERE.glob("*/sentences.toml")) for sentence in _sentences(path)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_laws(folder: Path) -> None:
    """Every law that a build checks holds, and every clause has questions."""
    guideline, bank = check(folder, lambda _: None)

    asked = {clause for target in bank.targets for clause in target.clauses}
    assert asked == {clause.id for clause in guideline.leaves}


@pytest.mark.parametrize(("book", "today", "sentence"), SENTENCES)
def test_sentence(book: RuleBook, today: date, sentence: dict[str, Any]) -> None:
    """What a sentence says leads to what is expected of it; a trap expects no verdict, whatever its facts allow."""
    assert sentence.keys() <= KEYS
    assert ("text" in sentence) is not ("turns" in sentence)
    facts = facts_from_json(book, None, sentence["facts"])
    if "asks" in sentence:
        solution = solve(book, sentence["asks"], facts, today)
        assert (solution.day or solution.number) == sentence["answer"]
    elif sentence.get("trap"):
        assert sentence["decision"] == "unknown"
    else:
        assert evaluate(book, facts, today).decision == sentence["decision"]
