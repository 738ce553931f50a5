"""Citations: numbered in the order of use, quotes from the heading where a list is whole."""

from __future__ import annotations

from assistant.answer.cite import clause_url


def test_urls_are_percent_encoded() -> None:
    """Ids hold Chinese; paths do not."""
    assert clause_url("p/2/註") == "/clauses/p/2/%E8%A8%BB"
