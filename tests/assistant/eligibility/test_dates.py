"""Days so long after another."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.eligibility.dates import period_after
from assistant.eligibility.quoted import PERIOD, quoted


@pytest.mark.parametrize(
    ("day", "period", "after"),
    [
        (date(2024, 2, 29), "一年內", date(2025, 3, 1)),
        (date(2024, 2, 29), "四年內", date(2028, 2, 29)),
        (date(2026, 1, 31), "一個月內", date(2026, 2, 28)),
        (date(2026, 10, 15), "六個月", date(2027, 4, 15)),
        (date(2026, 12, 25), "30日內", date(2027, 1, 24)),
    ],
)
def test_period_after(day: date, period: str, after: date) -> None:
    """Years and months by the calendar, days by counting."""
    assert period_after(day, quoted(period, PERIOD)) == after
