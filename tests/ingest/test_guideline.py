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


def test_the_parallels_of_the_outline(programme: Path) -> None:
    """The guideline has the parallels of its outline, with the leaves of a group that names a side."""
    with (programme.parent / "variants.toml").open("a", encoding="utf8") as variants:
        variants.write('[[contrast]]\nkinds = { "日" = "日間?", "夜" = "夜間?" }\n')
    with (programme / "outline.toml").open("a", encoding="utf8") as outline:
        outline.write('\n[[parallel]]\nkinds = [["日"], ["夜"]]\nsides = [["stall-rules"], ["2/2"]]\n')

    (parallel,) = load_guideline(programme).parallels
    assert parallel.kinds == (("日",), ("夜",))
    assert parallel.sides == (("night-market/1/s1", "night-market/1/s2"), ("night-market/2/2",))


def test_no_parallels(programme: Path) -> None:
    """A programme of one kind has none."""
    assert load_guideline(programme).parallels == ()
