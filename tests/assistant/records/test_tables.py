"""Moments keep their meaning in a database that has no time zones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.orm import Session

from assistant.ports import TAIPEI
from assistant.records.conversations import Conversations
from assistant.records.tables import Moment
from tests.fakes import FixedClock


def test_moments_are_stored_in_utc(conversations: Conversations, session: Session, clock: FixedClock) -> None:
    """Half past midnight in Taiwan is stored as the afternoon before, in UTC."""
    clock.moment = datetime(2024, 3, 1, 0, 30, tzinfo=TAIPEI)
    conversations.start("one", "digital-cluster")
    (stored,) = session.scalars(text("SELECT CAST(created_at AS VARCHAR) FROM conversation"))
    assert stored.startswith("2024-02-29 16:30:00")


@pytest.mark.parametrize("place", ["sqlite://", "postgresql+psycopg://"])
def test_moment_without_zone_is_refused(place: str) -> None:
    """A moment without a time zone never reaches a database; nothing stays nothing."""
    dialect = make_url(place).get_dialect()()
    with pytest.raises(ValueError, match="needs a time zone"):
        Moment().process_bind_param(datetime(2024, 3, 1), dialect)  # noqa: DTZ001 - the fault
    assert Moment().process_bind_param(None, dialect) is None
    assert Moment().process_result_value(None, dialect) is None


def test_moment_comes_back_in_utc() -> None:
    """PostgreSQL tells a moment in the zone of its session; it is read in UTC all the same."""
    told = datetime(2024, 3, 1, 8, 0, tzinfo=TAIPEI)
    read = Moment().process_result_value(told, make_url("postgresql+psycopg://").get_dialect()())
    assert read == told
    assert read is not None
    assert read.tzinfo is UTC
