"""In a clause with several numbers each word goes with the number that it tells of."""

from __future__ import annotations

import pytest

from tests.assistant.reading.library import shown


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("12本借出4本", ["12本", "4本 lent"]),
        ("12本4本借出", ["12本", "4本 lent"]),
        ("12本借出的有4本", ["12本", "4本 lent"]),
        ("12本借出來過4本", ["12本 lent", "4本"]),
    ],
)
def test_what_is_said_looks_ahead(text: str, groups: list[str]) -> None:
    """What is said goes with the number behind it if only filling stands between, else with the one before."""
    assert shown(text) == groups


def test_a_space_is_a_comma() -> None:
    """What is said stays before a space; what was before now is told of the number behind."""
    assert shown("12本4本借出 5本") == ["12本", "4本 lent", "5本"]
    assert shown("12本之前 4本") == ["12本", "4本 past"]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("4本借出2本有書號", ["4本 lent", "2本 numbered"]),
        ("3本拿走2本要換", ["3本 remove", "2本 swap"]),
        ("10本要換3本 拿走5本要換", ["10本", "3本 swap", "5本 remove swap"]),
    ],
)
def test_of_each_number_one_thing_is_said(text: str, groups: list[str]) -> None:
    """Two words do not share a number while another has none."""
    assert shown(text) == groups


def test_nothing_is_said_of_the_whole() -> None:
    """The largest number is what the others are parts of, wherever it stands."""
    assert shown("4本借出12本") == ["4本 lent", "12本"]


def test_a_share_keeps_what_is_said_behind_it() -> None:
    """Three tenths are lent, and the count behind is another number."""
    assert shown("三成借出5本12本") == ["三成 lent", "5本", "12本"]


def test_a_noun_goes_with_the_number_it_stands_behind() -> None:
    """「7本舊書」 are old, 「舊書7本」 too."""
    assert shown("7本舊書3本") == ["7本 old", "3本"]
    assert shown("3本還有舊書7本") == ["3本", "7本 old"]


def test_a_time_goes_where_what_is_said_beside_it_goes() -> None:
    """A time and 都 follow the word beside them; alone a time looks ahead and 都 back."""
    assert shown("12本去年借出來過4本") == ["12本 period lent", "4本"]
    assert shown("12本去年4本") == ["12本", "4本 period"]
    assert shown("12本都很新4本") == ["12本 all", "4本"]


def test_a_clause_of_too_many_words_looks_back() -> None:
    """Beyond what people write in a clause, not every way to share the words out is tried."""
    assert shown("4本" + "借出" * 11 + "12本") == ["4本" + " lent" * 11, "12本"]
    assert shown("4本" + "借出" * 11 + "2本有書號")[0] == "4本" + " lent" * 11
