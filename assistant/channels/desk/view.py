"""An inquiry -> everything that its page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from assistant.channels.desk.confidence import Trust, trust_in
from assistant.channels.desk.context import ClauseContext, passages
from assistant.channels.desk.desk import Desk
from assistant.channels.desk.reply import DEFAULT_SIGNATURE, SIGNATURE_TITLE, filled, final_text
from assistant.channels.desk.second_reader import demanded, needs_other
from assistant.channels.desk.support import CheckedSentence, checked, ground_of
from assistant.domain import Guideline
from assistant.records.inquiry import OPEN, Inquiry, InquiryQuestion, InquiryState
from assistant.records.staff import Staff


@dataclass(frozen=True, slots=True)
class Panel:
    """A question beside the draft: how far to trust its answer, and its clauses in context."""

    asked: InquiryQuestion
    trust: Trust
    passages: list[ClauseContext]
    in_text: bool


def sheet_of(desk: Desk, inquiry: Inquiry, staff: Staff) -> dict[str, Any]:
    """What the page of an inquiry shows to one member of staff."""
    assistant = desk.service.assistant(inquiry.programme)
    guideline = assistant.guideline
    values = values_of(desk, inquiry, staff)
    texts = {c.title: filled(c.body, values) for c in desk.canned.all() if c.title != SIGNATURE_TITLE}
    return {
        "inquiry": inquiry,
        "panels": [_panel(asked, inquiry, guideline) for asked in inquiry.questions if asked.answer],
        "sentences": sentences_of(desk, inquiry, inquiry.text, staff),
        "final": inquiry.final or final_of(desk, inquiry, staff),
        "stale": inquiry.corpus_hash != assistant.corpus and inquiry.state is not InquiryState.SENT,
        "is_open": inquiry.state in OPEN and inquiry.erased_at is None,
        "mine": inquiry.owner_id in {None, staff.id},
        "needs_other": needs_other(desk, inquiry, staff),
        "second_reader": demanded(desk, inquiry),
        "seal": seal_of(desk, inquiry, staff),
        "canned": texts,
        "edition": guideline.source.edition,
    }


def values_of(desk: Desk, inquiry: Inquiry, staff: Staff) -> Mapping[str, str]:
    """What the variables of canned texts stand for in this inquiry."""
    today, source = desk.clock.today(), desk.service.assistant(inquiry.programme).guideline.source
    return {
        "稱謂": inquiry.sender or "您",
        "案號": inquiry.reference or "（無案號）",
        "承辦人": staff.shown,
        "今天": f"{today.year - 1911} 年 {today.month} 月 {today.day} 日",
        "計畫": source.title,
        "年度": source.edition,
    }


def final_of(desk: Desk, inquiry: Inquiry, staff: Staff) -> str:
    """What would be sent now: the text, its clauses, the signature of this member of staff."""
    guideline = desk.service.assistant(inquiry.programme).guideline
    return final_text(inquiry.text, inquiry.citations, guideline, signature_of(desk, inquiry, staff))


def signature_of(desk: Desk, inquiry: Inquiry, staff: Staff) -> str:
    """The canned text called 署名, or the one that comes with the console, filled in."""
    own = next((text.body for text in desk.canned.all() if text.title == SIGNATURE_TITLE), DEFAULT_SIGNATURE)
    return filled(own, values_of(desk, inquiry, staff))


def seal_of(desk: Desk, inquiry: Inquiry, staff: Staff) -> str:
    """What is sent besides the text, in short: the form of an approval brings back what its page showed."""
    return sha256(signature_of(desk, inquiry, staff).encode()).hexdigest()


def sentences_of(desk: Desk, inquiry: Inquiry, text: str, staff: Staff) -> list[CheckedSentence]:
    """The sentences of a text, held against the clauses that the reply cites."""
    values = values_of(desk, inquiry, staff)
    fixed = [filled(canned.body, values) for canned in desk.canned.all()]
    assistant = desk.service.assistant(inquiry.programme)
    return checked(text, ground_of(inquiry, fixed, assistant.unsupported))


def _panel(asked: InquiryQuestion, inquiry: Inquiry, guideline: Guideline) -> Panel:
    numbers: dict[str, int | None] = {}
    for citation in asked.answer["citations"]:
        numbers[citation["clause_id"]] = asked.answer["numbers"].get(str(citation["n"]))
    if not numbers:
        nearby = (asked.answer.get("referral") or {}).get("nearby") or ()
        numbers = dict.fromkeys(nearby)
    in_text = bool(asked.block) and asked.block in inquiry.text
    return Panel(asked, trust_in(asked, guideline), passages(guideline, numbers), in_text)
