"""Inquiries: a mail with its questions and drafts in, changes that name the version they change, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.ports import Clock
from assistant.records.asking import Asking
from assistant.records.audit import ERASED, SYSTEM, Act, AuditTrail
from assistant.records.database import Database
from assistant.records.inquiry import (
    Arrival,
    HandedIn,
    Inquiry,
    InquiryQuestion,
    InquiryState,
    StaleVersion,
    UnknownInquiry,
    source_of,
)
from assistant.records.stored_text import encodable, stored_text
from assistant.records.tables import ConversationRow

_LISTED = 200
_ERASED_AT_ONCE = 50
_MASKED = ("reference", "sender", "subject", "mail")


class Inquiries:
    """The store of inquiries; each change is written together with the act that tells of it."""

    def __init__(self, database: Database, clock: Clock, audit: AuditTrail) -> None:
        self._database, self._clock, self._audit = database, clock, audit

    def add(self, arrival: Arrival, act: Act) -> Inquiry:
        """
        Keep a new inquiry, personal data in what the applicant wrote masked; `act` gets its id.

        Raises:
            HandedIn: it was handed in by the same key meanwhile.
        """
        values = {field.name: getattr(arrival, field.name) for field in fields(arrival)}
        values |= {name: stored_text(values[name]) for name in _MASKED}
        values |= {
            "text": encodable(arrival.text),
            "questions": [_masked(asked) for asked in arrival.questions],
        }
        now = self._clock.now()
        row = Inquiry(
            **values,
            version=1,
            state=InquiryState.DRAFT,
            drafted=encodable(arrival.text),
            final="",
            waits=False,
            second_reader=False,
            writers=[] if arrival.owner_id is None else [arrival.owner_id],
            created_at=now,
            updated_at=now,
        )
        try:
            with self._database.writing() as session:
                session.add(row)
                session.flush()
                self._append(session, row, act)
                session.refresh(row)
                return row
        except IntegrityError:
            if arrival.handed_key is not None and (known := self.by_key(arrival.handed_key)) is not None:
                raise HandedIn(known) from None
            raise

    def by_key(self, handed_key: str) -> Inquiry | None:
        """The inquiry that a ticket system handed in by a key, given its SHA-256."""
        with self._database.reading() as session:
            return session.scalar(select(Inquiry).where(Inquiry.handed_key == handed_key))

    def get(self, inquiry_id: int) -> Inquiry:
        """
        An inquiry with its questions.

        Raises:
            UnknownInquiry: there is none with that id.
        """
        with self._database.reading() as session:
            row = session.get(Inquiry, inquiry_id)
            if row is None:
                raise UnknownInquiry(inquiry_id)
            return row

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
        query = select(Inquiry).order_by(Inquiry.updated_at.desc(), Inquiry.id.desc()).limit(_LISTED)
        if states:
            query = query.where(Inquiry.state.in_(states))
        if owner is not None:
            query = query.where(Inquiry.owner_id == owner)
        if waits is not None:
            query = query.where(Inquiry.waits.is_(waits))
        if words:
            places = (Inquiry.subject, Inquiry.sender, Inquiry.reference, Inquiry.mail)
            found = or_(*(place.icontains(words, autoescape=True) for place in places))
            number = words.removeprefix("#")
            # No database counts further than this.
            if number.isascii() and number.isdigit() and len(number) < 10:  # noqa: PLR2004
                found = or_(found, Inquiry.id == int(number))
            query = query.where(found)
        with self._database.reading() as session:
            return list(session.scalars(query))

    def counts(self) -> Mapping[InquiryState, int]:
        """How many inquiries are in each state."""
        query = select(Inquiry.state, func.count()).group_by(Inquiry.state)
        with self._database.reading() as session:
            found = dict(session.execute(query).all())
        return {state: found.get(state, 0) for state in InquiryState}

    def waiting(self) -> int:
        """How many wait for a second reader."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).where(Inquiry.waits)) or 0

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
            row = session.get(Inquiry, inquiry_id, with_for_update=True)
            if row is None:
                raise UnknownInquiry(inquiry_id)
            if row.version != version:
                session.expunge_all()
                raise StaleVersion(row)
            for name, value in values.items():
                setattr(row, name, encodable(value) if isinstance(value, str) else value)
            row.version, row.updated_at = version + 1, self._clock.now()
            for asked in questions:
                _replace(next(old for old in row.questions if old.position == asked.position), _masked(asked))
            session.flush()
            self._append(session, row, act)
            return row

    def erase(self, inquiry_id: int, actor: str, reason: str) -> None:
        """
        Delete everything that people wrote: mail, reply, questions, answers, their conversation and audit texts.

        What can be counted stays, and so does the audit trail's chain.

        Raises:
            UnknownInquiry: there is none with that id.
        """
        with self._database.writing() as session:
            row = session.get(Inquiry, inquiry_id, with_for_update=True)
            if row is None:
                raise UnknownInquiry(inquiry_id)
            if row.erased_at is None:
                self._erase(session, row, Act(actor, ERASED, inquiry_id, {"reason": reason}))

    def expire(self, before: datetime) -> int:
        """Erase inquiries that were last changed before a moment, each once, 50 at most; returns how many."""
        query = select(Inquiry).where(Inquiry.updated_at < before, Inquiry.erased_at.is_(None))
        with self._database.writing() as session:
            rows = list(session.scalars(query.order_by(Inquiry.id).limit(_ERASED_AT_ONCE).with_for_update()))
            for row in rows:
                self._erase(session, row, Act(SYSTEM, ERASED, row.id, {"reason": "retention"}))
            return len(rows)

    def _erase(self, session: Session, row: Inquiry, act: Act) -> None:
        session.execute(delete(ConversationRow).where(ConversationRow.id == row.conversation))
        session.execute(delete(Asking).where(Asking.source.startswith(source_of(row.id))))
        row.sender = row.subject = row.mail = row.drafted = row.text = row.final = row.reference = ""
        row.erased_at, row.version, row.waits = self._clock.now(), row.version + 1, False
        for asked in row.questions:
            asked.question = asked.hint = asked.block = ""
            asked.answer = {}
        self._audit.erase(session, row.id)
        self._audit.append(session, act)

    def _append(self, session: Session, row: Inquiry, act: Act) -> None:
        facts = {**act.facts, "version": row.version, "state": row.state, "corpus": row.corpus_hash}
        self._audit.append(session, Act(act.actor, act.action, row.id, facts, act.texts))


def _masked(asked: InquiryQuestion) -> InquiryQuestion:
    asked.question, asked.hint = stored_text(asked.question), stored_text(asked.hint)
    return asked


def _replace(old: InquiryQuestion, new: InquiryQuestion) -> None:
    for name in set(old.__mapper__.column_attrs.keys()) - {"id", "inquiry_id"}:
        setattr(old, name, getattr(new, name))
