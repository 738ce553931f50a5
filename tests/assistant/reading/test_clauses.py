"""A clause ends where another begins, with punctuation or without."""

from __future__ import annotations

import pytest

from tests.assistant.reading.library import read, shown


def test_clauses_and_sentences_are_told_apart() -> None:
    """A comma ends a clause, a full stop a sentence."""
    assert [(group.clause, group.sentence) for group in read("12本,4本借出。2本拿走")] == [
        (0, 0), (1, 0), (2, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("借出: 5", ["5 lent"]), ("借出5", ["5 lent"]), ("借出數5", ["5 lent"]), ("借出 5年", ["- lent"]), ("有5", []), ("借出: 5年", ["- lent"]), ("借出: 5都", ["5 lent all"]),
    ],
)  # fmt: skip
def test_a_bare_number_counts_behind_a_label(text: str, groups: list[str]) -> None:
    """A number without measure word counts what its label says, unless a unit of something else follows."""
    assert shown(text) == groups


def test_what_is_said_of_all_is_another_matter() -> None:
    """「都有書號」 is of all twelve, not of the four that were lent."""
    groups = read("12本都有書號4本借出")
    assert [group.clause for group in groups] == [0, 1]


def test_parts_follow_their_whole() -> None:
    """「12本裡」 ends its clause, and what follows is said of a part."""
    whole, part = read("我們共12本裡4本借出")
    assert whole.number is not None
    assert whole.number.inside
    assert part.clause == whole.clause + 1


def test_a_change_opens_a_clause() -> None:
    """A change with its number behind it is a clause; where each verb stands behind its number, none is."""
    assert [group.clause for group in read("12本要換4本")] == [0, 1]
    assert [group.clause for group in read("3本拿走2本要換")] == [0, 0]
