"""The replies of two builds to the same questions, side by side."""

from __future__ import annotations

import pytest

from assistant.index.targets import Target, TargetKind
from assistant.knowledge.comparison import COMPARISON, SHOWN, Probe, Reply, compare, right

CLAUSES = Target("1/s1+1/s2", TargetKind.CLAUSE, ("m/1/s1", "m/1/s2"))
GAP = Target("gap:rent", TargetKind.GAP, topic="租金", nearby=("m/1/s1",))
ANSWERED = Reply("answered", ("m/1/s1", "m/1/s2", "m/2"))
DECLINED = Reply("no_clause")


def bank(question: str, target: Target = CLAUSES) -> Probe:
    """A question of the bank."""
    return Probe(question, "bank", target)


@pytest.mark.parametrize(
    ("target", "reply", "wanted"),
    [
        (CLAUSES, ANSWERED, True),
        (CLAUSES, Reply("answered", ("m/1/s1",)), False),
        (CLAUSES, Reply("needs_info", ("m/1/s1", "m/1/s2")), False),
        (CLAUSES, DECLINED, False),
        (GAP, DECLINED, True),
        (GAP, Reply("out_of_scope"), True),
        (GAP, ANSWERED, False),
        (Target("outside:spam", TargetKind.NOISE), Reply("refused"), True),
        (None, ANSWERED, None),
    ],
)
def test_right_is_what_the_bank_wants(target: Target | None, reply: Reply, wanted: bool | None) -> None:
    """Every clause of the target is cited; what has none is declined; nobody knows of other questions."""
    assert right(Probe("q", "bank", target), reply) is wanted


def test_figures_and_changes() -> None:
    """Right answers are counted before and after; only answers that differ are told, the item's first."""
    probes = (bank("a"), bank("b"), bank("g", GAP), Probe("c", "recent"), Probe("d", "item"))
    before = (ANSWERED, DECLINED, DECLINED, DECLINED, DECLINED)
    after = (DECLINED, ANSWERED, DECLINED, ANSWERED, ANSWERED)

    found = compare(probes, before, after)

    assert [(f.before, f.after, f.of) for f in found.figures] == [(1, 1, 2), (1, 1, 1)]
    assert [(c.question, c.worse) for c in found.changed] == [
        ("d", False),
        ("a", True),
        ("c", False),
        ("b", False),
    ]
    assert (found.asked, found.changed_in_all) == (5, 4)
    assert COMPARISON.validate_json(COMPARISON.dump_json(found)) == found


def test_long_lists_are_cut() -> None:
    """At most 200 changes are kept, and how many there are."""
    count = SHOWN + 5
    found = compare([bank(str(n)) for n in range(count)], [ANSWERED] * count, [DECLINED] * count)
    assert (len(found.changed), found.changed_in_all) == (SHOWN, count)


def test_missing_replies_are_refused() -> None:
    """Builds that replied to different numbers of questions cannot be compared."""
    with pytest.raises(ValueError, match="zip"):
        compare([bank("a")], [ANSWERED], [])
