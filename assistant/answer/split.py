"""A message -> the questions in it; what only greets, thanks or tells the story goes with its question."""

from __future__ import annotations


def questions_of(text: str) -> tuple[str, ...]:
    """The questions of a cleaned message in their order, at least one."""
    return (text,)
