"""A folder becomes the Guideline that is indexed and quoted."""

from __future__ import annotations

from pathlib import Path

from ingest.guideline import load_guideline


def test_the_small_programme(programme: Path) -> None:
    """Clauses in document order with their plain texts, groups and entries as the outline has them."""
    guideline = load_guideline(programme)

    assert [leaf.id for leaf in guideline.leaves] == [
        f"night-market/{leaf}" for leaf in ("1/s1", "1/s2", "2/s1", "2/1/1", "2/1/2", "2/2", "2/備註")
    ]
    assert [leaf.plain for leaf in guideline.leaves][3] == "申請書要寫攤名。"
    assert {clause.plain for clause in guideline.clauses if not clause.is_leaf} == {""}
    assert [group.id for group in guideline.groups] == ["papers", "stall-rules"]
    assert [entry.topic for entry in guideline.entries] == ["攤位", "申請"]
    assert guideline.text == (programme / "guideline.txt").read_text(encoding="utf8")


def test_loading_twice_gives_the_same(programme: Path) -> None:
    """The same folder gives an equal guideline."""
    assert load_guideline(programme) == load_guideline(programme)
