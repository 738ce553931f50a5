"""What is told last of a thing holds, in whichever way it was told before."""

from __future__ import annotations

import pytest

from assistant.eligibility.facts import Fact, FactKind
from assistant.reading.correction import corrected

KINDS = {
    "day": FactKind("day", "", "date", "", "", event="loan"),
    "year": FactKind("year", "", "year", "", "", event="loan"),
    "lent": FactKind("lent", "", "count", "本", ""),
    "lent_share": FactKind("lent_share", "", "share", "", "", part="lent"),
    "books": FactKind("books", "", "count", "本", ""),
}


def _facts(*names: str) -> dict[str, Fact]:
    return {name: Fact(name, 1) for name in names}


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (["year"], ["lent", "books", "year"]), (["lent_share"], ["day", "books", "lent_share"]), (["books"], ["day", "lent", "books"]),
        (["lent", "lent_share"], ["day", "books", "lent", "lent_share"]), (["unheard"], ["day", "lent", "books", "unheard"]),
    ],
)  # fmt: skip
def test_what_told_the_same_is_taken_back(told: list[str], kept: list[str]) -> None:
    """Another grain of an event and the share of a count go; other facts stay, and both ways of one message."""
    known = _facts("day", "lent", "books")
    assert set(corrected(known, _facts(*told), KINDS)) == set(kept)
    assert set(known) == {"day", "lent", "books"}


def test_a_count_takes_its_share_back() -> None:
    """It goes both ways."""
    assert set(corrected(_facts("lent_share"), _facts("lent"), KINDS)) == {"lent"}
