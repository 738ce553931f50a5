"""What is kept has a term: past it, it is gone, whether or not anybody looks; on both databases."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from assistant.records.asking import Asking
from assistant.records.askings import Askings
from assistant.records.audit import ERASED, SYSTEM, Act, AuditTrail
from assistant.records.audit_proof import prove
from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.feedback import FeedbackBook
from assistant.records.inquiries import Inquiries
from assistant.records.inquiry import Arrival, source_of
from assistant.records.line_chats import LineChats
from assistant.records.line_events import Incoming, Kind
from assistant.records.line_inbox import LineInbox
from assistant.records.line_tables import LineChatRow, LineEventRow
from assistant.records.proposals import Proposals
from assistant.records.retention import Retention, Terms
from assistant.records.tables import ConversationRow, FeedbackRow, TurnRow
from tests import loops
from tests.assistant.records.conftest import MakeTurn, asking_of
from tests.fakes import FixedClock

PROGRAMME = "digital-cluster"
TERMS = Terms()
WEEK = timedelta(days=7)


@pytest.fixture
def retention(database: Database, clock: FixedClock) -> Retention:
    """The terms of the settings' defaults."""
    return Retention(database, clock, TERMS)


def passes(span: timedelta, retention: Retention, clock: FixedClock) -> None:
    """Time goes by as it does, swept every week, the last of it not swept yet."""
    end = clock.moment + span
    retention.sweep()
    while clock.moment + WEEK < end:
        clock.moment += WEEK
        retention.sweep()
    clock.moment = end


@pytest.fixture
def inquiries(database: Database, clock: FixedClock) -> Inquiries:
    """An empty store of inquiries."""
    return Inquiries(database, clock, AuditTrail(database, clock))


def mail() -> Arrival:
    """A mail without questions."""
    return Arrival(
        programme=PROGRAMME,
        origin="paste",
        reference="",
        sender="林小姐",
        subject="家數",
        mail="A類要幾家？",
        conversation="mail",
        text="您好",
        citations=[],
        corpus_hash="c0ffee",
        owner_id=None,
        questions=[],
    )


def placed(source: str, turn_id: str | None, database: Database, clock: FixedClock) -> None:
    """Count something that was asked in vain, as an item of its own."""
    asking = asking_of(source, "A類要幾家？", clock.moment, turn_id=turn_id)
    Askings(database, clock).place(PROGRAMME, [asking], lambda *_: None)


def test_conversations_go_with_all_that_was_made_of_them(
    retention: Retention,
    database: Database,
    conversations: Conversations,
    feedback: FeedbackBook,
    make_turn: MakeTurn,
    clock: FixedClock,
    session: Session,
) -> None:
    """After 180 silent days a conversation is gone, with its turns, their feedback and what was counted of them."""
    conversations.append(conversations.start("old", PROGRAMME), make_turn("1", "補助多少錢?"))
    feedback.add("1", helpful=False, reason=None, comment="沒有回答")
    placed("turn:1", "1", database, clock)
    passes(TERMS.conversations, retention, clock)
    conversations.start("new", PROGRAMME)
    retention.sweep()
    assert session.scalars(select(TurnRow.id)).all() == ["1"]
    session.rollback()

    clock.moment += timedelta(seconds=1)
    retention.sweep()

    assert session.scalars(select(ConversationRow.id)).all() == ["new"]
    assert [session.scalars(select(table)).all() for table in (TurnRow, FeedbackRow, Asking)] == [
        [],
        [],
        [],
    ]


def test_inquiries_go_with_what_was_counted_of_their_drafts(
    retention: Retention, inquiries: Inquiries, database: Database, clock: FixedClock, session: Session
) -> None:
    """After 365 days the texts of a mail are erased by the system, and its rewritten drafts count no more."""
    for _ in range(11):
        number = inquiries.add(mail(), Act("amy", "received")).id
    placed(source_of(1, 2), None, database, clock)
    passes(TERMS.inquiries, retention, clock)
    inquiries.change(number, 1, Act("amy", "edited"), text="改過")
    placed(source_of(number, 2), None, database, clock)
    clock.moment += timedelta(seconds=1)
    retention.sweep()

    assert (inquiries.get(1).mail, inquiries.get(number).mail) == ("", "A類要幾家？")
    assert session.scalars(select(Asking.source)).all() == [f"draft:{number}:2"]
    latest = AuditTrail(database, clock).entries(1)[0]
    assert (latest.actor, latest.action) == (SYSTEM, ERASED)
    assert prove(database).faults == ()


def test_what_line_left_goes(
    retention: Retention, database: Database, clock: FixedClock, session: Session
) -> None:
    """Events go after a week, silent chats after 90 days; also where the channel is turned off again."""
    inbox, chats = LineInbox(database, clock), LineChats(database, clock)
    inbox.receive([Incoming("1", Kind.TEXT, "chat", "who", "user", clock.now(), text="您好")])
    chats.session_id("chat")
    passes(TERMS.line_events + timedelta(seconds=1), retention, clock)
    retention.sweep()
    assert session.scalars(select(LineEventRow.id)).all() == []
    assert session.scalars(select(LineChatRow.id)).all() == ["chat"]
    session.rollback()

    passes(TERMS.line_chats, retention, clock)
    retention.sweep()
    assert session.scalars(select(LineChatRow.id)).all() == []


def test_several_processes_sweep_at_once(
    retention: Retention, inquiries: Inquiries, database: Database, clock: FixedClock
) -> None:
    """However many sweep at the same time, and again later, each inquiry is erased once."""
    for _ in range(5):
        inquiries.add(mail(), Act("amy", "received"))
    LineChats(database, clock).session_id("chat")
    passes(TERMS.inquiries + timedelta(seconds=1), retention, clock)
    with capture_logs() as logs, ThreadPoolExecutor(4) as processes:
        for _ in range(4):
            processes.submit(retention.sweep)
    retention.sweep()

    assert [log for log in logs if log["log_level"] == "error"] == []
    erased = [entry for entry in AuditTrail(database, clock).entries() if entry.action == ERASED]
    assert sorted(entry.inquiry_id or 0 for entry in erased) == [1, 2, 3, 4, 5]
    assert prove(database).faults == ()


def test_what_fails_keeps_nothing_else(
    retention: Retention, conversations: Conversations, clock: FixedClock, session: Session
) -> None:
    """A kind that cannot be swept is logged; the others are swept all the same."""
    conversations.start("old", PROGRAMME)
    passes(TERMS.conversations + timedelta(seconds=1), retention, clock)
    LineEventRow.__table__.drop(session.get_bind())  # type: ignore[attr-defined]
    with capture_logs() as logs:
        retention.sweep()

    assert session.scalars(select(ConversationRow.id)).all() == []
    assert [log["kind"] for log in logs if log["log_level"] == "error"] == ["line_events"]


def test_it_runs_by_itself(
    retention: Retention, conversations: Conversations, clock: FixedClock, session: Session
) -> None:
    """Within `running` it is swept at the start and after each pause, and no more at the end."""
    conversations.start("old", PROGRAMME)
    passes(TERMS.conversations + timedelta(seconds=1), retention, clock)

    async def run() -> None:
        paused, over = asyncio.Event(), asyncio.Event()

        async def pause() -> None:
            paused.set()
            await over.wait()
            over.clear()

        async with retention.running(pause):
            assert session.scalars(select(ConversationRow.id)).all() == []
            session.rollback()
            await paused.wait()
            conversations.start("next", PROGRAMME)
            passes(TERMS.conversations + timedelta(seconds=1), retention, clock)
            paused.clear()
            over.set()
            await paused.wait()
            assert session.scalars(select(ConversationRow.id)).all() == []

    loops.run(run())


@pytest.mark.parametrize("asked_meanwhile", [False, True])
def test_a_wrong_clock_deletes_nothing(
    retention: Retention,
    conversations: Conversations,
    clock: FixedClock,
    session: Session,
    asked_meanwhile: bool,
) -> None:
    """A clock two years ahead deletes nothing, whether or not somebody asks by it; put right, it all goes on."""
    conversations.start("kept", PROGRAMME)
    retention.sweep()
    right = clock.moment
    clock.moment += timedelta(days=730)
    if asked_meanwhile:
        conversations.start("asked", PROGRAMME)
    with capture_logs() as logs:
        retention.sweep()
        clock.moment += timedelta(hours=23)
        retention.sweep()
    assert [log["log_level"] for log in logs] == ["error", "error"]
    clock.moment = right + timedelta(hours=24)
    retention.sweep()
    assert "kept" in session.scalars(select(ConversationRow.id)).all()


def test_before_the_first_sweep_the_newest_record_tells(
    retention: Retention, conversations: Conversations, clock: FixedClock, session: Session
) -> None:
    """Records that were never swept are held against the newest of them."""
    conversations.start("old", PROGRAMME)
    clock.moment += timedelta(days=730)
    retention.sweep()
    assert session.scalars(select(ConversationRow.id)).all() == ["old"]


def test_after_a_day_a_clock_is_believed(
    retention: Retention, conversations: Conversations, clock: FixedClock, session: Session
) -> None:
    """A machine that was off for long deletes what is past its term one day after it is on again."""
    conversations.start("old", PROGRAMME)
    retention.sweep()
    clock.moment += timedelta(days=730)
    retention.sweep()
    clock.moment += timedelta(hours=24)
    retention.sweep()
    assert session.scalars(select(ConversationRow.id)).all() == []


def test_many_go_in_small_transactions(
    retention: Retention, conversations: Conversations, clock: FixedClock, session: Session
) -> None:
    """More than one transaction deletes are gone after one sweep all the same."""
    session.add_all(
        ConversationRow(id=f"c{n}", programme=PROGRAMME, created_at=clock.now(), updated_at=clock.now())
        for n in range(501)
    )
    session.commit()
    clock.moment += TERMS.conversations + timedelta(seconds=1)
    assert conversations.expire(clock.moment - TERMS.conversations) == 500
    conversations.start("new", PROGRAMME)
    retention.sweep()
    assert session.scalars(select(ConversationRow.id)).all() == ["new"]


def test_previews_of_what_waits_go(retention: Retention, database: Database, clock: FixedClock) -> None:
    """A preview holds what people asked: it goes with their term though its proposal waits on; a newer one stays."""
    proposals = Proposals(database, clock)
    change = {"kind": "outside", "questions": ["幫我算命"]}
    old, new = (proposals.add(PROGRAMME, change, "outside.toml", "+a", "amy").id for _ in range(2))
    retention.sweep()
    for proposal_id, span in ((old, TERMS.conversations), (new, timedelta(seconds=1))):
        proposals.begin(proposal_id, "preview", "等待")
        proposals.previewed(proposal_id, {"base": "c0ffee"}, "amy")
        passes(span, retention, clock)
    retention.sweep()
    assert [proposals.get(proposal_id).preview for proposal_id in (old, new)] == [None, {"base": "c0ffee"}]
