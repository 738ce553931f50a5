"""What judges and reads any programme has no word of one."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).parents[3]
_CORPUS = _ROOT / "corpus"
_ASSISTANT = _ROOT / "assistant"


def _tables(file: Path, name: str) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf8")).get(name, [])
    return tables


def _vocabulary() -> frozenset[str]:
    """The words that the programmes' folders have for their own things."""
    words: set[str] = set()
    for file in _CORPUS.glob("*/rules.toml"):
        words |= {rule["subject"] for rule in _tables(file, "rule")}
    for file in _CORPUS.glob("*/facts.toml"):
        for fact in _tables(file, "fact"):
            words |= {fact["label"], *fact.get("words", ()), *fact.get("choices", ())}
    for file in _CORPUS.glob("*/lexicon.txt"):
        words |= {line for line in file.read_text(encoding="utf8").splitlines() if not line.startswith("#")}
    return frozenset(word for word in words if len(word) > 1)


def _literals(folder: Path) -> Iterator[tuple[str, int, str]]:
    """The string literals of a package, docstrings included, with their module and line."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield file.name, node.lineno, node.value


def _named(folder: Path) -> list[str]:
    vocabulary = _vocabulary()
    return [
        f"{module}:{line}: {word}"
        for module, line, text in _literals(folder)
        for word in sorted(vocabulary)
        if word in text
    ]


@pytest.mark.parametrize("package", ["eligibility", "leads", "reading", "support"])
def test_no_word_of_a_programme(package: str) -> None:
    """No string of the package has a word that a programme's folder has for its own things."""
    assert _named(_ASSISTANT / package) == []


def test_a_reader_of_one_programme_is_found() -> None:
    """The same look at a programme's own reader finds the programme's words."""
    named = {found.split(": ")[1] for found in _named(_ASSISTANT / "readers" / "digital_cluster")}
    assert {"群聚", "中小企業", "簡報"} <= named
