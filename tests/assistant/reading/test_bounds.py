"""What sums of unknown counts can be, against trying every count."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Range
from assistant.reading.bounds import Inequalities

_MOST = 4
_SIZE = 3
_rows = st.lists(
    st.tuples(
        st.lists(st.integers(-1, 2), min_size=_SIZE, max_size=_SIZE),
        st.integers(0, 5),
        st.integers(0, 4),
    ),
    max_size=3,
)


def test_two_equations_leave_one_solution() -> None:
    """Fourteen in all and eight more of one than of the other are eleven and three."""
    system = Inequalities(2)
    system.add({0: 1, 1: 1}, 14, 14)
    system.add({0: 1, 1: -1}, 8, 8)
    assert system.ranges([{0: 1}, {1: 1}]) == [Range(11, 11), Range(3, 3)]


def test_what_nothing_bounds_has_no_greatest() -> None:
    """Of an unknown that no row names nothing is known."""
    system = Inequalities(2)
    system.add({0: 1}, 5, 5)
    assert system.ranges([{1: 1}]) == [Range(0, None)]


def test_rows_that_contradict_each_other_have_no_solution() -> None:
    """Five in all leave no room for six of them."""
    system = Inequalities(2)
    system.add({0: 1, 1: 1}, 5, 5)
    system.add({0: 1}, 6, None)
    assert system.ranges([{0: 1}]) is None


@given(_rows)
def test_no_solution_lies_outside_the_bounds(rows: list[tuple[list[int], int, int]]) -> None:
    """Whatever counts satisfy all rows lie within what is said of each of them and of their sum."""
    system = Inequalities(_SIZE)
    for place in range(_SIZE):
        system.add({place: 1}, 0, _MOST)
    for weights, low, more in rows:
        system.add(dict(enumerate(weights)), low, low + more)
    solutions = [
        counts
        for counts in product(range(_MOST + 1), repeat=_SIZE)
        if all(
            low <= sum(w * n for w, n in zip(weights, counts, strict=True)) <= low + more
            for weights, low, more in rows
        )
    ]
    asked = [{place: 1} for place in range(_SIZE)] + [dict.fromkeys(range(_SIZE), 1)]
    found = system.ranges(asked)
    if found is None:
        assert solutions == []
        return
    for sums, bounds in zip(asked, found, strict=True):
        values = [sum(counts[place] for place in sums) for counts in solutions]
        assert bounds.high is not None
        assert all(bounds.low <= value <= bounds.high for value in values)
