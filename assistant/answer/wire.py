"""An Answer in the JSON shape of the API: fields keep their names and meaning."""

from __future__ import annotations

from dataclasses import asdict

from assistant.domain import Answer


def to_json(answer: Answer) -> dict[str, object]:
    """The answer as plain dicts, lists, strings and numbers."""
    return {**asdict(answer), "outcome": answer.outcome.value}
