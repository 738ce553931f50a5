"""Two builds that were asked the same questions, side by side."""

from __future__ import annotations

import pytest

from assistant.knowledge.comparison import COMPARISON, SHOWN, Answers, Origin, Reply, Row, compare


def row(question: str, outcome: str, right: bool | None = None, origin: Origin = "evaluation") -> Row:
    """A row; those of the evaluation are answerable questions."""
    return Row(question, origin, "answerable" if origin == "evaluation" else "", Reply(outcome), right)


def test_figures_and_changes() -> None:
    """Right answers are counted before and after; only answers that differ are told, the item's first."""
    before = Answers(
        (row("a", "answered", True), row("b", "no_clause", False), row("c", "no_clause", origin="recent"))
    )
    after = Answers(
        (row("a", "no_clause", False), row("b", "answered", True), row("c", "answered", origin="recent"))
    )
    item = row("d", "no_clause", origin="item"), row("d", "answered", origin="item")

    found = compare(Answers((*before.rows, item[0])), Answers((*after.rows, item[1]), (("x", "y"),)))

    assert [(f.before, f.after, f.of) for f in found.figures] == [(1, 1, 2)]
    assert [(c.question, c.worse) for c in found.changed] == [
        ("d", False),
        ("a", True),
        ("c", False),
        ("b", False),
    ]
    assert (found.asked, found.changed_in_all, found.copies) == (4, 4, (("x", "y"),))
    assert COMPARISON.validate_json(COMPARISON.dump_json(found)) == found


def test_nothing_changes() -> None:
    """Equal answers leave figures alone."""
    rows = Answers((row("a", "answered", True),))
    assert compare(rows, rows).changed == ()


def test_long_lists_are_cut() -> None:
    """At most 200 changes are kept, and how many there are."""
    before = Answers(tuple(row(str(n), "answered", True) for n in range(SHOWN + 5)))
    after = Answers(tuple(row(str(n), "no_clause", False) for n in range(SHOWN + 5)))
    found = compare(before, after)
    assert (len(found.changed), found.changed_in_all) == (SHOWN, SHOWN + 5)


def test_other_questions_are_refused() -> None:
    """Builds that were asked other questions cannot be compared."""
    with pytest.raises(ValueError, match="different questions"):
        compare(Answers((row("a", "answered"),)), Answers((row("b", "answered"),)))
