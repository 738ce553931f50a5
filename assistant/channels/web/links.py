"""Addresses of this channel's pages; ids hold Chinese, so they are percent-encoded."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def clause_url(clause_id: str) -> str:
    """The page of a clause."""
    return f"/clauses/{quote(clause_id)}"


def answer_url(answer_id: str, programme: str | None) -> str:
    """The page of an answer that was given."""
    named = "" if programme is None else f"?{urlencode({'programme': programme})}"
    return f"/answers/{quote(answer_id)}{named}"
