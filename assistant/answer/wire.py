"""An Answer in the JSON shape of the API: fields keep their names and meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assistant.domain import Answer


def to_json(answer: Answer) -> dict[str, object]:
    """The answer as plain dicts, lists, strings and numbers."""
    return {**asdict(answer), "outcome": answer.outcome.value}


def stored(answer: Mapping[str, Any]) -> dict[str, Any]:
    """A stored answer in the shape of today's: one that has no lines yet says each line of its text."""
    lines = [{"kind": "said", "text": line} for line in answer["text"].splitlines() if line]
    return {"lines": lines, "questions": 1, **answer}
