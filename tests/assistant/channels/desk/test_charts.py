"""The chart of the figures."""

from __future__ import annotations

from assistant.channels.desk.charts import HEIGHT, stacked


def test_bars_stand_on_one_another() -> None:
    """The highest column fills the chart, bars touch, and nothing is drawn for nothing."""
    columns = stacked(["a", "b"], ["x", "y"], {("x", "a"): 1, ("y", "a"): 2, ("x", "b"): 1})
    assert [[bar.count for bar in bars] for bars in columns] == [[1, 2], [1]]
    low, high = columns[0]
    assert high.y == 0
    assert high.y + high.height == low.y
    assert low.y + low.height == HEIGHT
    assert stacked(["a"], ["x"], {}) == [[]]
