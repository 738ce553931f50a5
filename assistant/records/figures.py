"""Records -> what the figures page counts: questions by topic and week, replies, clauses; weeks of Taiwan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from assistant.ports import TAIPEI, Clock
from assistant.records.database import Database
from assistant.records.inquiry import Inquiry, InquiryQuestion
from assistant.records.tables import TurnRow


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """How often a clause was drafted, and of those decided, how often its part went out unchanged."""

    clause_id: str
    drafted: int
    decided: int
    kept: int

    @property
    def accepted(self) -> int | None:
        """Percent that went out unchanged; None before any was decided."""
        return self.kept * 100 // self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class Figures:
    """
    What happened in some weeks; weeks are named by their Monday, oldest first.

    `topics` is (first clause or "", week) -> questions over all channels, `outcomes`
    (outcome, week) -> questions. `minutes` are the times from arrival to sending, in order.
    """

    weeks: tuple[date, ...]
    topics: Mapping[tuple[str, date], int]
    outcomes: Mapping[tuple[str, date], int]
    clauses: tuple[ClauseUse, ...]
    minutes: tuple[int, ...]
    edited: tuple[int, ...]
    received: int
    sent: int
    open: int = 0
    by_week: Mapping[date, int] = field(default_factory=dict)

    @property
    def median_minutes(self) -> int | None:
        """The middle time to reply; None before any was sent."""
        return self.minutes[len(self.minutes) // 2] if self.minutes else None


class DeskFigures:
    """Counts over the records."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def read(self, weeks: int) -> Figures:
        """The last `weeks` weeks, this one included; erased inquiries count, for what is counted stays."""
        monday = monday_of(self._clock.now())
        named = tuple(monday - timedelta(weeks=back) for back in reversed(range(weeks)))
        since = datetime.combine(named[0], time(), TAIPEI)
        topics: Counter[tuple[str, date]] = Counter()
        outcomes: Counter[tuple[str, date]] = Counter()
        first = TurnRow.answer_json["citations"][0]["clause_id"].as_string().label("clause")
        turns = select(TurnRow.created_at, TurnRow.outcome, first).where(TurnRow.created_at >= since)
        inquiries = select(Inquiry).where(Inquiry.created_at >= since)
        questions = (
            select(InquiryQuestion.clauses, InquiryQuestion.kept)
            .join(Inquiry, Inquiry.id == InquiryQuestion.inquiry_id)
            .where(Inquiry.created_at >= since)
        )
        with self._database.reading() as session:
            for turn in session.execute(turns):
                week = monday_of(turn.created_at)
                topics[turn.clause or "", week] += 1
                outcomes[turn.outcome, week] += 1
            rows = list(session.scalars(inquiries))
            clauses = _clauses([(row.clauses, row.kept) for row in session.execute(questions)])
        sent = [row for row in rows if row.sent_at is not None]
        return Figures(
            weeks=named,
            topics=topics,
            outcomes=outcomes,
            clauses=clauses,
            minutes=tuple(sorted(_minutes(row) for row in sent)),
            edited=tuple(sorted(row.share_edited for row in rows if row.share_edited is not None)),
            received=len(rows),
            sent=len(sent),
            open=sum(row.sent_at is None and row.erased_at is None for row in rows),
            by_week=Counter(monday_of(row.created_at) for row in rows),
        )


def monday_of(moment: datetime) -> date:
    """The Monday of a moment's week in Taiwan."""
    day = moment.astimezone(TAIPEI).date()
    return day - timedelta(days=day.weekday())


def _minutes(row: Inquiry) -> int:
    assert row.sent_at is not None  # only rows that were sent come here
    return int((row.sent_at - row.created_at).total_seconds()) // 60


def _clauses(rows: list[tuple[list[str], bool | None]]) -> tuple[ClauseUse, ...]:
    drafted: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for clauses, went_out in rows:
        drafted.update(clauses)
        if went_out is not None:
            decided.update(clauses)
        if went_out:
            kept.update(clauses)
    return tuple(ClauseUse(name, times, decided[name], kept[name]) for name, times in drafted.most_common())
