"""The gate holds every recorded figure to its limit, and says which one broke."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.gate import FigureLimits, Floor

FLOOR = Floor(
    floor={"a.correct": 0.9},
    ceiling={"ece": 0.1},
    whole=FigureLimits(floor={"heldout.x": 0.8}, ceiling={"latency.p95": 60}),
)
QUICK = {"a.correct": 0.9, "ece": 0.1}
SOUND = {**QUICK, "heldout.x": 0.8, "latency.p95": 60.0}


@pytest.mark.parametrize(
    "figures", [SOUND, {"a.correct": 1.0, "ece": 0.0, "heldout.x": 1.0, "latency.p95": 1.0}]
)
def test_at_the_limit_is_not_beyond_it(figures: dict[str, float | None]) -> None:
    """A figure may equal its limit."""
    assert list(FLOOR.of_run(quick=False).breaches(figures)) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"a.correct": 0.8999}, "a.correct: 0.8999 is below the floor of 0.9000"),
        ({"ece": 0.11}, "ece: 0.1100 is above the ceiling of 0.1000"),
        ({"latency.p95": 61.0}, "latency.p95: 61.0000 is above the ceiling of 60.0000"),
        ({"heldout.x": None}, "heldout.x: not measured, the recorded limit is 0.8000"),
        ({"a.correct": None}, "a.correct: not measured, the recorded limit is 0.9000"),
    ],
)
def test_a_breach_names_metric_figure_and_limit(changed: dict[str, float | None], words: str) -> None:
    """One line for each figure beyond its limit."""
    assert [words] == list(FLOOR.of_run(quick=False).breaches({**SOUND, **changed}))


def test_a_quick_run_is_held_to_what_it_measures() -> None:
    """What only a whole run measures is not asked of a quick one; all the rest is."""
    assert list(FLOOR.of_run(quick=True).breaches({**QUICK, "latency.p95": 61.0})) == []
    assert list(FLOOR.of_run(quick=True).breaches({"ece": 0.1})) == [
        "a.correct: not measured, the recorded limit is 0.9000"
    ]


def test_a_misspelt_table_is_refused(tmp_path: Path) -> None:
    """A floor under a wrong heading would hold nothing; it is an error."""
    path = tmp_path / "floor.toml"
    path.write_text("[floors]\nx = 1\n", encoding="utf8")

    with pytest.raises(ValueError, match="floors"):
        Floor.read(path)


def test_the_recorded_floor_reads() -> None:
    """The floor of the repository is sound and holds something."""
    assert Floor.read().floor
