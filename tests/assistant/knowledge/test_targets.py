"""What a phrasing can lead to, in words for people."""

from __future__ import annotations

from assistant.index.store import Index
from assistant.index.targets import TargetKind
from assistant.knowledge.targets import choices, suggestions


def test_choices(small_index: Index) -> None:
    """Clauses in the guideline's order, groups, gaps, what lies outside; each with words for people."""
    found = choices(small_index)

    kinds = [choice.kind for choice in found]
    assert kinds == sorted(kinds, key=list(TargetKind).index)
    assert [choice.key for choice in found[:3]] == ["1/s1", "1/s2", "2/s1"]
    by_key = {choice.key: choice for choice in found}
    assert by_key["1/s1"].label == small_index.guideline.by_id["night-market/1/s1"].label
    assert by_key["@stall-rules"].label == "攤位有哪些規定?"
    assert by_key["@papers+@stall-rules"].label == "申請書要寫什麼?；攤位有哪些規定?"
    assert by_key["gap:stall-fee"].label == "指引沒有說明：攤位租金"
    assert by_key["outside:weather"].label == "與計畫無關（weather）"
    assert len(by_key) == len(found)


def test_suggestions(small_index: Index) -> None:
    """The most probable targets come first, with their probabilities."""
    found = suggestions(small_index, "押金多少", 3)
    assert found[0].key == "2/2"
    assert len(found) == 3
    assert [choice.probability for choice in found] == sorted((c.probability for c in found), reverse=True)
