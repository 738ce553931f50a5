"""
The last step: an answer that breaks a law is not given.

Composition keeps the laws by construction; this is the proof on the answer at hand,
and what a language model's rewording will have to pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import structlog

from assistant.answer.message import Message
from assistant.answer.query import Tools
from assistant.domain import Answer, Guideline, Line, Outcome, Referral
from assistant.figures import numbers_of
from assistant.privacy import mask

_MARK: Final = re.compile(r"〔(\d+)〕")
_log = structlog.get_logger(__name__)


def guard(answer: Answer, message: Message, tools: Tools) -> Answer:
    """Refuse an answer whose quotes are not verbatim, whose marks or figures have no source."""
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
    # Other kinds repeat a question, say nothing of the guideline, or are computed: the engine's own tests trace them.
    for line in (line for line in answer.lines if line.kind == "said"):
        clauses = "".join(guideline.by_id[clause_id].text for clause_id in line.clause_ids)
        for number in sorted(numbers_of(line.text) - numbers_of(clauses)):
            yield f"{number} stands in no clause of its line"
        if not line.clause_ids:
            yield "a line without a clause"
