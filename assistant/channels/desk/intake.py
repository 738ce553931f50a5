"""A mail -> an inquiry: personal data masked, its questions found and answered, the reply drafted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import uuid4

from assistant.answer.assistant import Assistant
from assistant.answer.clean import MAX_CHARACTERS, MessageRejected, clean_message
from assistant.answer.split import SubQuestion, asked_in
from assistant.answer.wire import to_json
from assistant.channels.desk.citations import numbered, renumbered
from assistant.channels.desk.desk import Desk
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.reply import block, body_of, draft, unread_line
from assistant.domain import Answer, Outcome, Question
from assistant.mail import Letter, unwrap
from assistant.privacy import masked_kinds
from assistant.records.audit import Act
from assistant.records.inquiry import Arrival, Inquiry, InquiryQuestion, with_writer
from assistant.records.staff import Staff
from assistant.records.stored_text import stored_text

LONGEST: Final = 8000
# With its markup and the thread that it quotes a mail may be longer.
_WRAPPED: Final = 2 * LONGEST
_QUESTIONS: Final = 12
_LIST_NUMBER: Final = re.compile(r"^\s*(?:\(?\d{1,2}[.、)](?!\d)|\(?[一二三四五六七八九十]{1,3}[、)])\s*")
_PHRASE: Final = re.compile(r"[^。!?;,\n]+[。!?;,\n]*|[。!?;,\n]+")
# Cleaning made them half width; a thousand's comma has no Chinese beside it.
_STOP: Final = re.compile(r"(?<=[\u3400-\u9fff〕」])[,?!:;]|[,?!:;](?=[\u3400-\u9fff])")
_FULL_WIDTH: Final = str.maketrans(",?!:;", "，？！：；")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it came, with what is known of it."""

    text: str
    sender: str = ""
    subject: str = ""
    reference: str = ""
    handed_key: str | None = None

    @property
    def kept(self) -> str:
        """Its text as it is stored."""
        return stored_text(self.text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def receive(
    desk: Desk, mail: Mail, programme: str | None, origin: str, actor: str, owner: int | None
) -> Inquiry:
    """
    Keep and draft a mail.

    Raises:
        Refusal: 422, the mail is empty, or says more than 8,000 characters.
        UnknownProgramme: there is no such programme.
        RecordsUnavailable: the records cannot be written.
        HandedIn: the same mail was handed in by the same key before.
    """
    assistant = desk.service.assistant(programme)
    guideline = assistant.guideline
    text = mail.kept
    if not text:
        raise Refusal(422, "沒有可以讀的內容，請貼上來信的文字。")
    letter = unwrap(mail.text, mail.subject) if len(text) <= _WRAPPED else Letter(text)
    if len(letter.text) > LONGEST:
        raise Refusal(
            422, f"來信有 {len(letter.text):,} 個字，最多 {LONGEST:,} 個字，請刪去與問題無關的段落。"
        )
    sender, subject = _line(mail.sender), _line(letter.subject)
    cleaned = _cleaned(stored_text(letter.text).strip() or text)
    found = [_to_the_point(told) for told in asked_in(cleaned) or (SubQuestion(cleaned),)][:_QUESTIONS]
    conversation, asked = uuid4().hex, []
    citations: list[dict[str, Any]] = []
    for position, told in enumerate(found, 1):
        one, citations = answered(assistant, told, "", position, len(found), conversation, citations)
        asked.append(one)
    blocks = [*map(unread_line, map(stored_text, letter.unread)), *(one.block for one in asked)]
    written = draft(sender, blocks, guideline.source)
    arrival = Arrival(
        programme=guideline.source.programme,
        origin=origin,
        reference=_line(mail.reference),
        sender=sender,
        subject=subject or asked[0].question[:60],
        mail=text,
        conversation=conversation,
        text=written,
        citations=citations,
        corpus_hash=assistant.corpus,
        owner_id=owner,
        questions=asked,
        handed_key=mail.handed_key,
    )
    return desk.inquiries.add(arrival, _act(actor, arrival))


def answered(
    assistant: Assistant,
    asked: SubQuestion,
    hint: str,
    position: int,
    count: int,
    conversation: str,
    known: list[dict[str, Any]],
) -> tuple[InquiryQuestion, list[dict[str, Any]]]:
    """
    One question of `count` answered in the inquiry's conversation, and the reply's clauses with its own among them.

    What the mail tells for it is told along with the question, and so is a hint of staff.
    """
    programme = assistant.guideline.source.programme
    question = _readable(asked.question)
    message = f"{asked.text}\n{hint}" if hint else asked.text
    try:
        answer = assistant.answer(Question(message[:MAX_CHARACTERS], programme, conversation))
    except MessageRejected as rejected:
        answer = Answer(uuid4().hex, conversation, Outcome.REFUSED, str(rejected))
    told = to_json(answer)
    citations, numbers = numbered(known, [dict(c) for c in told["citations"]])  # type: ignore[attr-defined]
    body = renumbered(body_of(answer), numbers)
    one = InquiryQuestion(
        position=position,
        question=question,
        hint=hint,
        answer_id=answer.id,
        outcome=answer.outcome,
        confidence=int(answer.confidence * 100),
        clauses=[citation.clause_id for citation in answer.citations],
        answer={**told, "numbers": {str(old): new for old, new in numbers.items()}, "story": asked.story},
        block=block(position, count, question, body),
        corpus_hash=assistant.corpus,
    )
    return one, citations


def with_hint(desk: Desk, inquiry: Inquiry, position: int, hint: str, staff: Staff) -> tuple[Inquiry, bool]:
    """
    A question answered anew, with a hint; whether its part of the reply was replaced.

    A part that staff have changed is left as it is: the new answer stands beside it, to be taken over.

    Raises:
        Refusal: 404, the inquiry has no such question.
        StaleVersion, UnknownInquiry: it was changed or deleted meanwhile.
    """
    old = next((asked for asked in inquiry.questions if asked.position == position), None)
    if old is None:
        raise Refusal(404, "這封信沒有這一題，請重新整理後再試。")
    assistant = desk.service.assistant(inquiry.programme)
    known = [dict(citation) for citation in inquiry.citations]
    count = len(inquiry.questions)
    told = SubQuestion(old.question, str(old.answer.get("story", "")))
    new, citations = answered(assistant, told, hint, position, count, inquiry.conversation, known)
    replaced = bool(old.block) and inquiry.text.count(old.block) == 1
    text = inquiry.text.replace(old.block, new.block) if replaced else inquiry.text
    drafted = (
        inquiry.drafted.replace(old.block, new.block) if old.block in inquiry.drafted else inquiry.drafted
    )
    questions = [new if asked.position == position else asked for asked in inquiry.questions]
    current = all(asked.corpus_hash == assistant.corpus for asked in questions)
    act = Act(
        staff.name,
        "regenerated",
        facts={
            "question": position,
            "answer": new.answer_id,
            "clauses": list(new.clauses),
            "replaced": replaced,
        },
        texts={"hint": hint, "question": old.question, "draft": new.block},
    )
    changed = desk.inquiries.change(
        inquiry.id,
        inquiry.version,
        act,
        questions=[new],
        text=text,
        drafted=drafted,
        citations=citations,
        corpus_hash=assistant.corpus if current else inquiry.corpus_hash,
        writers=with_writer(inquiry.writers, staff.id),
        waits=False,
    )
    return changed, replaced


def _act(actor: str, arrival: Arrival) -> Act:
    questions = {f"question {asked.position}": asked.question for asked in arrival.questions}
    asked = [
        {
            "answer": one.answer_id,
            "outcome": one.outcome,
            "confidence": one.confidence,
            "clauses": list(one.clauses),
        }
        for one in arrival.questions
    ]
    facts = {"origin": arrival.origin, "programme": arrival.programme, "questions": asked}
    return Act(actor, "received", None, facts, {"mail": arrival.mail, "draft": arrival.text, **questions})


def _line(text: str) -> str:
    return stored_text(" ".join(text.split()))[:200]


def _readable(question: str) -> str:
    """A question as it is shown and quoted: its list number taken off, its stops those of Chinese text again."""
    bare = _LIST_NUMBER.sub("", question, count=1).strip() or question
    return _STOP.sub(lambda found: found[0].translate(_FULL_WIDTH), bare)


def _to_the_point(told: SubQuestion) -> SubQuestion:
    """Without the phrases of its story that give an address or a number of a person: they lead astray."""
    story = "".join(phrase for phrase in _PHRASE.findall(told.story) if not masked_kinds(phrase))
    return replace(told, story=story.strip())


def _cleaned(text: str) -> str:
    """
    Cleaned as messages are, paragraph by paragraph: a mail may be longer than a message.

    Cut after NFKC, which makes up to eighteen characters of one.
    """
    half, lines = MAX_CHARACTERS // 2, unicodedata.normalize("NFKC", text).splitlines()
    pieces = [line[at : at + half] for line in lines for at in range(0, len(line), half)]
    return "\n".join(clean_message(piece) for piece in pieces if piece.strip())
