"""What a client may send, and what is refused by name."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.eligibility.facts import FactError, Range
from assistant.eligibility.payload import facts_from_json, schema
from assistant.eligibility.rules import RuleBook
from tests.assistant.eligibility.conftest import BOOK


def test_good_facts() -> None:
    """Each type as JSON has it; null is unstated."""
    facts = facts_from_json(
        BOOK,
        "A",
        {
            "members": 12,
            "coached_within_3y": {"low": 3, "high": 4},
            "old_members": {"low": 8},
            "coached_share": "30.5%",
            "replaced_share": "1/3",
            "all_sme": False,
            "breach_date": "2025-09-01",
            "first_joined_year": 2019,
            "presenter_type": "數位擴散輔導",
            "added_members": None,
        },
    )

    assert {name: fact.value for name, fact in facts.items()} == {
        "track": "A類",
        "members": 12,
        "coached_within_3y": Range(3, 4),
        "old_members": Range(8, None),
        "coached_share": Fraction(61, 200),
        "replaced_share": Fraction(1, 3),
        "all_sme": False,
        "breach_date": date(2025, 9, 1),
        "first_joined_year": 2019,
        "presenter_type": "數位擴散輔導",
    }


def test_two_tracks_are_refused() -> None:
    """A track beside another one among the facts is a contradiction; the same one said twice is none."""
    assert facts_from_json(BOOK, "a", {"track": "A類"})["track"].value == "A類"
    with pytest.raises(FactError, match=r"A類，又是B類|B類，又是A類"):
        facts_from_json(BOOK, "A", {"track": "B", "members": 9})


@pytest.mark.parametrize(
    ("sent", "track"), [("A", "A類"), ("b", "B類"), ("B類", "B類"), ("群聚", "群聚"), ("cluster", "群聚")]
)
def test_tracks(sent: str, track: str) -> None:
    """A track by its letter or its name."""
    assert facts_from_json(BOOK, sent, {})["track"].value == track
    assert facts_from_json(BOOK, None, {}) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("member", 12),
        ("members", 12.0),
        ("members", -1),
        ("members", "12"),
        ("members", "十二"),
        ("members", True),
        ("members", [12]),
        ("members", {"low": 4, "high": 3}),
        ("members", {"low": 4.5}),
        ("members", {"high": 4}),
        ("members", 10**30),
        ("coached_share", 0.3),
        ("coached_share", 30),
        ("coached_share", "31"),
        ("coached_share", "1/0"),
        ("coached_share", "1000%"),
        ("coached_share", "-5%"),
        ("all_sme", 1),
        ("all_sme", "yes"),
        ("first_joined_year", 108),
        ("first_joined_year", 10**9),
        ("breach_date", "2025-02-30"),
        ("breach_date", "20250201"),
        ("breach_date", "2025-13"),
        ("breach_date", 20250201),
        ("track", "C"),
        ("track", 1),
        ("presenter_type", "平台"),
    ],
)
def test_bad_facts(name: str, value: object) -> None:
    """A fact that cannot be taken is refused with its name."""
    with pytest.raises(FactError) as error:
        facts_from_json(BOOK, None, {name: value})

    assert error.value.name == name
    assert str(error.value)


def test_schema(book: RuleBook) -> None:
    """Every fact is listed with the rules that read it, and every rule reads a listed fact."""
    listed = {item["name"]: item for item in schema(book)}

    assert listed.keys() == book.facts.keys()
    assert listed["members"]["rules"][:2] == ["cluster-members", "cluster-qualified"]
    assert {rule for item in listed.values() for rule in item["rules"]} == set(book.by_id)
    assert all(item["rules"] for name, item in listed.items() if name != "track")
    assert listed["track"]["choices"] == ["群聚", "A類", "B類"]
