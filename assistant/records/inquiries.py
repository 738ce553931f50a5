"""Inquiries: a mail with its questions and drafts in, changes that name the version they change, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from assistant.ports import Clock
from assistant.records.audit import ERASED, SYSTEM, Act, AuditTrail
from assistant.records.database import Database
from assistant.records.desk_tables import InquiryQuestionRow, InquiryRow
from assistant.records.inquiry import (
    Arrival,
    Inquiry,
    InquiryQuestion,
    InquiryState,
    StaleVersion,
    UnknownInquiry,
    source_of,
)
from assistant.records.proposal_tables import AskingRow
from assistant.records.stored_text import encodable, stored_text
from assistant.records.tables import ConversationRow

_LISTED = 200
_MASKED = ("reference", "sender", "subject", "mail")


class Inquiries:
    """The store of inquiries; each change is written together with the act that tells of it."""

    def __init__(self, database: Database, clock: Clock, audit: AuditTrail) -> None:
        self._database, self._clock, self._audit = database, clock, audit

    def add(self, arrival: Arrival, act: Act) -> Inquiry:
        """Keep a new inquiry, personal data in what the applicant wrote masked; `act` gets its id."""
        values = {f.name: getattr(arrival, f.name) for f in fields(arrival) if f.name != "questions"}
        values |= {name: stored_text(values[name]) for name in _MASKED}
        now = self._clock.now()
        row = InquiryRow(
            **{**values, "citations": [dict(c) for c in arrival.citations]},
            version=1,
            state=InquiryState.DRAFT,
            drafted=arrival.text,
            final="",
            waits=False,
            created_at=now,
            updated_at=now,
        )
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            session.add_all(_question_row(row.id, asked) for asked in arrival.questions)
            session.flush()
            self._append(session, row, act)
            return _inquiry(session, row)

    def get(self, inquiry_id: int) -> Inquiry:
        """
        An inquiry with its questions.

        Raises:
            UnknownInquiry: there is none with that id.
        """
        with self._database.reading() as session:
            row = session.get(InquiryRow, inquiry_id)
            if row is None:
                raise UnknownInquiry(inquiry_id)
            return _inquiry(session, row)

    def find(
        self,
        states: Sequence[InquiryState] = (),
        *,
        owner: int | None = None,
        waits: bool | None = None,
        words: str = "",
    ) -> list[Inquiry]:
        """
        Up to 200 inquiries, the latest first.

        Of the named states (all if none), of one owner, waiting for a second reader or
        not; `words` are looked for in subject, sender, reference and mail.
        """
        query = select(InquiryRow).order_by(InquiryRow.updated_at.desc(), InquiryRow.id.desc()).limit(_LISTED)
        if states:
            query = query.where(InquiryRow.state.in_(states))
        if owner is not None:
            query = query.where(InquiryRow.owner_id == owner)
        if waits is not None:
            query = query.where(InquiryRow.waits.is_(waits))
        if words:
            places = (InquiryRow.subject, InquiryRow.sender, InquiryRow.reference, InquiryRow.mail)
            found = or_(*(place.icontains(words, autoescape=True) for place in places))
            number = words.removeprefix("#")
            # No database counts further than this.
            if number.isascii() and number.isdigit() and len(number) < 10:  # noqa: PLR2004
                found = or_(found, InquiryRow.id == int(number))
            query = query.where(found)
        with self._database.reading() as session:
            rows = list(session.scalars(query))
            asked = select(InquiryQuestionRow).where(
                InquiryQuestionRow.inquiry_id.in_([row.id for row in rows])
            )
            questions: dict[int, list[InquiryQuestionRow]] = {}
            for question in session.scalars(asked.order_by(InquiryQuestionRow.position)):
                questions.setdefault(question.inquiry_id, []).append(question)
            return [_of(row, questions.get(row.id, [])) for row in rows]

    def counts(self) -> Mapping[InquiryState, int]:
        """How many inquiries are in each state."""
        query = select(InquiryRow.state, func.count()).group_by(InquiryRow.state)
        with self._database.reading() as session:
            found = {InquiryState(state): number for state, number in session.execute(query)}
        return {state: found.get(state, 0) for state in InquiryState}

    def waiting(self) -> int:
        """How many wait for a second reader."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).where(InquiryRow.waits)) or 0

    def change(
        self,
        inquiry_id: int,
        version: int,
        act: Act,
        *,
        questions: Sequence[InquiryQuestion] = (),
        **values: object,
    ) -> Inquiry:
        """
        Set columns of an inquiry, and its `questions` by their positions, if it still has that version.

        Raises:
            UnknownInquiry: there is none with that id.
            StaleVersion: it was changed meanwhile.
        """
        with self._database.writing() as session:
            row = session.get(InquiryRow, inquiry_id, with_for_update=True)
            if row is None:
                raise UnknownInquiry(inquiry_id)
            if row.version != version:
                raise StaleVersion(_inquiry(session, row))
            for name, value in values.items():
                setattr(row, name, encodable(value) if isinstance(value, str) else value)
            row.version, row.updated_at = version + 1, self._clock.now()
            for asked in questions:
                _replace_question(session, inquiry_id, asked)
            session.flush()
            self._append(session, row, act)
            return _inquiry(session, row)

    def erase(self, inquiry_id: int, actor: str, reason: str) -> None:
        """
        Delete everything that people wrote: mail, reply, questions, answers, their conversation and audit texts.

        What can be counted stays, and so does the audit trail's chain.

        Raises:
            UnknownInquiry: there is none with that id.
        """
        with self._database.writing() as session:
            row = session.get(InquiryRow, inquiry_id, with_for_update=True)
            if row is None:
                raise UnknownInquiry(inquiry_id)
            if row.erased_at is None:
                self._erase(session, row, Act(actor, ERASED, inquiry_id, {"reason": reason}))

    def expire(self, before: datetime) -> int:
        """Erase the inquiries that were last changed before a moment, each once; returns how many."""
        query = select(InquiryRow).where(InquiryRow.updated_at < before, InquiryRow.erased_at.is_(None))
        with self._database.writing() as session:
            rows = list(session.scalars(query.order_by(InquiryRow.id).with_for_update()))
            for row in rows:
                self._erase(session, row, Act(SYSTEM, ERASED, row.id, {"reason": "retention"}))
            return len(rows)

    def _erase(self, session: Session, row: InquiryRow, act: Act) -> None:
        session.execute(delete(ConversationRow).where(ConversationRow.id == row.conversation))
        session.execute(delete(AskingRow).where(AskingRow.source.startswith(source_of(row.id))))
        row.sender = row.subject = row.mail = row.drafted = row.text = row.final = row.reference = ""
        row.erased_at, row.version, row.waits = self._clock.now(), row.version + 1, False
        for question in session.scalars(
            select(InquiryQuestionRow).where(InquiryQuestionRow.inquiry_id == row.id)
        ):
            question.question = question.hint = question.block = ""
            question.answer_json = {}
        self._audit.erase(session, row.id)
        self._audit.append(session, act)

    def _append(self, session: Session, row: InquiryRow, act: Act) -> None:
        facts = {**act.facts, "version": row.version, "state": row.state, "corpus": row.corpus_hash}
        self._audit.append(session, Act(act.actor, act.action, row.id, facts, act.texts))


def _replace_question(session: Session, inquiry_id: int, asked: InquiryQuestion) -> None:
    query = select(InquiryQuestionRow).where(
        InquiryQuestionRow.inquiry_id == inquiry_id, InquiryQuestionRow.position == asked.position
    )
    row = session.scalars(query).one()
    for name, value in _question_values(asked).items():
        setattr(row, name, value)


def _question_row(inquiry_id: int, asked: InquiryQuestion) -> InquiryQuestionRow:
    return InquiryQuestionRow(inquiry_id=inquiry_id, **_question_values(asked))


def _question_values(asked: InquiryQuestion) -> dict[str, object]:
    values = {f.name: getattr(asked, f.name) for f in fields(asked) if f.name != "answer"}
    values |= {"question": stored_text(asked.question), "hint": stored_text(asked.hint)}
    return {**values, "clauses": list(asked.clauses), "answer_json": dict(asked.answer)}


def _inquiry(session: Session, row: InquiryRow) -> Inquiry:
    query = select(InquiryQuestionRow).where(InquiryQuestionRow.inquiry_id == row.id)
    return _of(row, session.scalars(query.order_by(InquiryQuestionRow.position)))


def _of(row: InquiryRow, questions: Any) -> Inquiry:  # noqa: ANN401 - rows, in whatever iterable
    values = {f.name: getattr(row, f.name) for f in fields(Inquiry) if f.name != "questions"}
    asked = tuple(_asked(question) for question in questions)
    return Inquiry(**{**values, "state": InquiryState(row.state)}, questions=asked)


def _asked(row: InquiryQuestionRow) -> InquiryQuestion:
    values = {f.name: getattr(row, f.name) for f in fields(InquiryQuestion) if f.name != "answer"}
    return InquiryQuestion(**values, answer=row.answer_json)
