"""Addresses of this channel's pages; ids hold Chinese, so they are percent-encoded."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def clause_url(clause_id: str) -> str:
    """The page of a clause."""
    return f"/clauses/{quote(clause_id)}"


def ask_url(question: str, session_id: str | None, programme: str | None) -> str:
    """The page that asks a question, in a conversation and a programme if they are given."""
    return f"/?{_query(q=question, session_id=session_id, programme=programme)}"


def answer_url(answer_id: str, programme: str | None) -> str:
    """The page of an answer that was given."""
    query = _query(programme=programme)
    return f"/answers/{quote(answer_id)}" + (f"?{query}" if query else "")


def _query(**fields: str | None) -> str:
    return urlencode({name: value for name, value in fields.items() if value is not None})
