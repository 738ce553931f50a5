"""
Where a text names the facts of a programme, by the words that facts.toml gives them.

The longest word at a place names; 「自籌款」 is not the 款 of another fact. One word may name
several facts (money and its share): what is beside it tells which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from assistant.eligibility.facts import FactKind, FactKinds
from assistant.reading.script import fold


@dataclass(frozen=True, slots=True)
class Naming:
    """Words at text[start:end] that name facts; `choices` of them that they name, by the fact's name."""

    start: int
    end: int
    kinds: tuple[FactKind, ...]
    choices: tuple[tuple[str, str], ...] = ()


class Vocabulary:
    """The words of a programme's facts, compiled once."""

    def __init__(self, kinds: FactKinds) -> None:
        self._facts: defaultdict[str, list[FactKind]] = defaultdict(list)
        self._choices: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for kind in kinds.values():
            for word in dict.fromkeys((kind.label, *kind.words)):
                self._facts[fold(word)].append(kind)
            for choice, words in kind.choices.items():
                for word in dict.fromkeys((choice, *words)):
                    self._choices[fold(word)].append((kind.name, choice))
        every = sorted({*self._facts, *self._choices}, key=lambda word: -len(word))
        self._pattern = re.compile("|".join(map(_bounded, every)) or r"(?!)")

    def namings(self, folded: str) -> tuple[Naming, ...]:
        """All words of facts and choices in a folded text, in order."""
        return tuple(
            Naming(
                found.start(),
                found.end(),
                tuple(self._facts.get(found.group(), ())),
                tuple(self._choices.get(found.group(), ())),
            )
            for found in self._pattern.finditer(folded)
        )


def _bounded(word: str) -> str:
    """A word of letters (A) stands alone; one of Han characters stands anywhere."""
    escaped = re.escape(word)
    return rf"(?<![a-z0-9]){escaped}(?![a-z0-9])" if word.isascii() else escaped
