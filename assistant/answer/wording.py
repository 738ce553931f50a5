"""The canned words of outcomes.toml, read once and checked against the Outcome enum."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from assistant.domain import Guideline, Outcome

FILE: Final = Path(__file__).with_name("outcomes.toml")


class Wording:
    """Looks up and fills a sentence: `say(Outcome.NO_CLAUSE, "topic", topic=…, referral=…)`."""

    def __init__(self, sentences: Mapping[str, Mapping[str, str]], **named: str) -> None:
        """
        Take the tables of outcomes.toml, and the values of {names} that are the same in every answer.

        Raises:
            ValueError: a table is missing or is no outcome.
        """
        names = {outcome.value for outcome in Outcome}
        if sentences.keys() != names:
            raise ValueError(f"outcomes.toml and Outcome differ in {sorted(sentences.keys() ^ names)}")
        self._sentences, self._named = sentences, named

    @classmethod
    def of(cls, guideline: Guideline) -> Wording:
        """The words that come with the package, for a programme with its own suggestions and example."""
        suggestions = "、".join(guideline.suggestions)
        sentences = tomllib.loads(FILE.read_text(encoding="utf8"))
        return cls(sentences, suggestions=suggestions, example=guideline.example)

    def has(self, outcome: Outcome, key: str) -> bool:
        """Whether there is a sentence `key` of an outcome."""
        return key in self._sentences[outcome.value]

    def say(self, outcome: Outcome, key: str, **values: str) -> str:
        """The sentence `key` of an outcome, its {names} filled; KeyError if there is no such one."""
        return self._sentences[outcome.value][key].format(**{**self._named, **values})
