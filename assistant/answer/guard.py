"""
The last step: an answer that breaks a law is not given, and a sentence that its clauses do not carry is not said.

A clause's plain words were checked when it was built. Whatever else is said of clauses passes here,
and what a language model rewords will have to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import structlog

from assistant.answer.message import Message
from assistant.answer.query import Tools
from assistant.domain import Answer, Guideline, Line, Outcome, Referral
from assistant.leads import reason_of
from assistant.privacy import mask
from assistant.support import Objection, unsupported

_MARK: Final = re.compile(r"〔(\d+)〕")
_log = structlog.get_logger(__name__)


def supported(answer: Answer, tools: Tools) -> Answer:
    """
    The answer with the clauses' own words in place of a line that says more than they do.

    A lead that does is left out if the lines below it stand on its clauses.
    """
    text = "\n".join(line.text for line in answer.lines)
    lines = (_carried(line, answer.lines, text, tools) for line in answer.lines)
    return replace(answer, lines=tuple(line for line in lines if line is not None))


def _carried(line: Line, lines: Sequence[Line], text: str, tools: Tools) -> Line | None:
    # Other kinds repeat a question, say nothing of the guideline, or are computed: the engine's own tests trace them.
    clauses = [tools.guideline.by_id[clause_id] for clause_id in line.clause_ids]
    plain = any(clause.plain in line.text for clause in clauses if clause.plain)
    if line.kind not in {"lead", "said"} or not clauses or plain:
        return line
    reasons = objections(line, tools, beside=text)
    if not reasons:
        return line
    _log.warning(
        "sentence refused by the guard", reasons=[str(one) for one in reasons], clauses=line.clause_ids
    )
    below = {clause_id for other in lines if other.kind == "said" for clause_id in other.clause_ids}
    if line.kind == "lead" and below.issuperset(line.clause_ids):
        return None
    return replace(line, kind="said", text="".join(clause.text for clause in clauses))


def objections(line: Line, tools: Tools, *, beside: str = "") -> tuple[Objection, ...]:
    """Why a line may not be said on its clauses, with the text that stands beside it."""
    clauses = [tools.guideline.by_id[clause_id] for clause_id in line.clause_ids]
    said = {line.text, reason_of(line.text)} if line.kind == "lead" else {line.text}
    return min((unsupported(one, clauses, tools.checks, beside=beside) for one in said), key=len)


def guard(answer: Answer, message: Message, tools: Tools) -> Answer:
    """Refuse an answer whose quotes are not verbatim, whose marks or lines have no clause."""
    broken = list(_broken(answer, tools.guideline))
    if not broken:
        return answer
    _log.error("answer refused by the guard", laws=broken, clauses=[c.clause_id for c in answer.citations])
    contact = tools.guideline.source.referral
    text = tools.wording.say(Outcome.NO_CLAUSE, "unknown", referral=contact)
    return Answer(
        answer.id,
        answer.session_id,
        Outcome.NO_CLAUSE,
        text,
        referral=Referral(contact, mask(message.text)),
        lines=(Line("silence", text),),
        questions=answer.questions,
    )


def _broken(answer: Answer, guideline: Guideline) -> Iterator[str]:
    if answer.outcome is Outcome.ANSWERED and not answer.citations:
        yield "no citation"
    for citation in answer.citations:
        if guideline.text[citation.start : citation.end] != citation.quote:
            yield f"quote of {citation.clause_id} is not verbatim"
    issued = {citation.n for citation in answer.citations}
    for n in {int(n) for n in _MARK.findall(answer.text)} - issued:
        yield f"mark {n} was never issued"
    if any(line.kind == "said" and not line.clause_ids for line in answer.lines):
        yield "a line without a clause"
