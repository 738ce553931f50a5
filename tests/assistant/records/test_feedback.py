"""Feedback: one per answer, the last one counts, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.records.conversations import Conversations
from assistant.records.feedback import FeedbackBook, UnknownAnswer
from assistant.records.tables import FeedbackRow
from tests.assistant.records.conftest import MakeTurn
from tests.fakes import FixedClock


@pytest.fixture
def answer_id(conversations: Conversations, make_turn: MakeTurn) -> str:
    """The id of a stored answer."""
    conversations.append(conversations.start(None, "digital-cluster"), make_turn("01J"))
    return "01J"


def test_feedback_is_kept(
    feedback: FeedbackBook, answer_id: str, session: Session, clock: FixedClock
) -> None:
    """What was said of an answer is stored with the clock's moment."""
    feedback.add(answer_id, helpful=False, reason="unclear", comment="看不懂")
    row = session.scalars(select(FeedbackRow)).one()
    assert (row.turn_id, row.helpful, row.reason, row.comment) == (answer_id, False, "unclear", "看不懂")
    assert row.created_at == clock.moment


def test_second_feedback_replaces_the_first(feedback: FeedbackBook, answer_id: str, session: Session) -> None:
    """A second feedback for an answer leaves nothing of the first."""
    feedback.add(answer_id, helpful=False, reason="unclear", comment="看不懂")
    feedback.add(answer_id, helpful=True, reason=None, comment=None)
    row = session.scalars(select(FeedbackRow)).one()
    assert (row.helpful, row.reason, row.comment) == (True, None, None)


def test_clicks_at_once_leave_one(feedback: FeedbackBook, answer_id: str, session: Session) -> None:
    """Feedback sent several times at once is stored once, and no request fails."""
    barrier = Barrier(4)

    def click(_: int) -> None:
        barrier.wait()
        feedback.add(answer_id, helpful=True, reason=None, comment=None)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(click, range(4)))
    assert len(session.scalars(select(FeedbackRow)).all()) == 1


@pytest.mark.parametrize("answer_id", ["never", "", "a\x00b", "x" * 100])
def test_unknown_answer_is_refused(feedback: FeedbackBook, answer_id: str) -> None:
    """Feedback on an answer that was never given is refused, whatever its id looks like."""
    with pytest.raises(UnknownAnswer):
        feedback.add(answer_id, helpful=True, reason=None, comment=None)


def test_long_words_are_refused(feedback: FeedbackBook, answer_id: str) -> None:
    """A comment has at most 2,000 characters and a reason 200."""
    feedback.add(answer_id, helpful=True, reason="字" * 200, comment="字" * 2000)
    with pytest.raises(ValueError, match="comment has 2001 characters"):
        feedback.add(answer_id, helpful=True, reason=None, comment="字" * 2001)
    with pytest.raises(ValueError, match="reason has 201 characters"):
        feedback.add(answer_id, helpful=True, reason="字" * 201, comment=None)


def test_masking_may_lengthen_a_comment(feedback: FeedbackBook, answer_id: str, session: Session) -> None:
    """A comment at the limit is stored without its personal data even where the labels are longer."""
    feedback.add(answer_id, helpful=True, reason=None, comment="市府路1號" * 333)
    comment = session.scalars(select(FeedbackRow.comment)).one()
    assert comment is not None
    assert comment.startswith("市府路〔門牌〕")
    assert len(comment) <= 2000


def test_unseen_marks_hide_nothing_from_the_mask(
    feedback: FeedbackBook, answer_id: str, session: Session
) -> None:
    """A number that is broken by zero-width characters is masked in a comment, and the characters are gone."""
    feedback.add(answer_id, helpful=False, reason="\u202e不清楚", comment="打 0987\u200b654\u200b325 給我")
    row = session.scalars(select(FeedbackRow)).one()
    assert (row.reason, row.comment) == ("不清楚", "打 〔手機〕 給我")
