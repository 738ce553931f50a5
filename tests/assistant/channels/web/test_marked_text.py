"""The marked text of a clause: verbatim, in lines, the clause marked."""

from __future__ import annotations

from assistant.channels.web.marked_text import lines_of
from assistant.domain import Guideline


def test_lines_are_the_entrys_text(guideline: Guideline) -> None:
    """For every clause, the lines joined are the entry's text, character for character."""
    for clause in guideline.clauses:
        root = next(c for c in guideline.clauses if c.entry == clause.entry and c.parent is None)
        lines = lines_of(guideline, clause.id)

        assert "".join(run.text for line in lines for run in line) == root.text


def test_marked_runs_are_the_clause(guideline: Guideline) -> None:
    """The marked runs joined are the clause's text; a leaf is one run, a whole entry is not marked."""
    for clause in guideline.clauses:
        marked = [run.text for line in lines_of(guideline, clause.id) for run in line if run.marked]

        assert "".join(marked) == (clause.text if clause.parent else "")
        if clause.is_leaf:
            assert len(marked) == 1


def test_items_begin_lines(guideline: Guideline) -> None:
    """Each numbered item has a line of its own, and so has a heading."""
    lines = [
        "".join(run.text for run in line).strip() for line in lines_of(guideline, "digital-cluster/3/2/1")
    ]

    assert lines[:2] == ["(1)平台特色與規劃:", "1.平台之主題特色、發展方向。"]
    assert lines[-1].startswith("備註:")


def test_sentences_run_on(guideline: Guideline) -> None:
    """Sentences without numbers stay in one line."""
    assert len(lines_of(guideline, "digital-cluster/1/s2")) == 1
