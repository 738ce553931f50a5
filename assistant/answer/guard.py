"""
The last step: an answer that breaks a law is not given.

Composition keeps the laws by construction; this is the proof on the answer at hand,
and what a language model's rewording will have to pass.
"""

from __future__ import annotations

import re
from typing import Final

import structlog

from assistant.answer.context import Context, Stop, Tools
from assistant.domain import Line, Outcome, Referral
from assistant.figures import numbers_of
from assistant.privacy import mask

_MARK: Final = re.compile(r"〔(\d+)〕")
_log = structlog.get_logger(__name__)


def guard(context: Context, tools: Tools) -> Context | Stop:
    """Refuse a body whose quotes are not verbatim, whose marks or figures have no source."""
    broken = list(_broken(context, tools))
    if not broken:
        return context
    _log.error("answer refused by the guard", laws=broken, clauses=[c.clause_id for c in context.citations])
    referral = tools.retriever.guideline.source.referral
    text = tools.wording.say(Outcome.NO_CLAUSE, "unknown", referral=referral)
    return Stop(
        Outcome.NO_CLAUSE,
        (Line("silence", text),),
        0.0,
        context.text,
        context.understood,
        context.questions,
        Referral(referral, mask(context.understood)),
    )


def _broken(context: Context, tools: Tools) -> list[str]:
    source = tools.retriever.guideline.text
    by_id = tools.retriever.guideline.by_id
    broken = []
    if context.outcome is Outcome.ANSWERED and not context.citations:
        broken.append("no citation")
    broken += [
        f"quote of {c.clause_id} is not verbatim"
        for c in context.citations
        if source[c.start : c.end] != c.quote
    ]
    issued = {c.n for c in context.citations}
    broken += [f"mark {n} was never issued" for n in {int(n) for n in _MARK.findall(context.body)} - issued]
    # Other kinds repeat a question, say nothing of the guideline, or are computed: the engine's own tests trace them.
    for line in (line for line in context.lines if line.kind == "said"):
        clauses = "".join(by_id[clause_id].text for clause_id in line.clause_ids)
        stray = numbers_of(line.text) - numbers_of(clauses)
        broken += [f"{number} stands in no clause of its line" for number in sorted(stray)]
        if not line.clause_ids:
            broken.append("a line without a clause")
    return broken
