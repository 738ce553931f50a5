"""Of a refusal the clauses carry the reason; a permission they must carry whole."""

from __future__ import annotations

import pytest

from assistant.leads import reason_of


@pytest.mark.parametrize(
    ("lead", "reason"),
    [
        ("不可以，要依法登記。", "要依法登記。"),
        ("對，不可以，不得轉包。", "不得轉包。"),
        ("不是5家，至少要8家。", "至少要8家。"),
        ("不一定，經查證屬實才會。", "經查證屬實才會。"),
        ("可以，但要依法設立。", "可以，但要依法設立。"),
        ("對，至少要8家。", "對，至少要8家。"),
        ("不可以。", "不可以。"),
    ],
)
def test_only_what_refuses_is_an_opening(lead: str, reason: str) -> None:
    """A 「可以」 or 「對」 stays, so that it is checked with the rest."""
    assert reason_of(lead) == reason
