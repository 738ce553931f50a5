"""Four eyes: which replies somebody has to read who had no hand in them, and who that may be."""

from __future__ import annotations

import re
from typing import Final

from assistant.channels.desk.citations import used_in
from assistant.channels.desk.desk import Desk
from assistant.domain import Guideline
from assistant.records.inquiry import Inquiry
from assistant.records.staff import Role, Staff
from assistant.support import JUDGED

# Whatever judges the applicant's case counts as this topic, besides that of its clauses.
VERDICT_TOPIC: Final = "資格判定"
_SENTENCE: Final = re.compile(r"[^。！？!?\n]+")


def demanded(desk: Desk, inquiry: Inquiry) -> bool:
    """Whether a second person has to approve: somebody asked for it, or a topic of the reply is one of those."""
    guideline = desk.service.assistant(inquiry.programme).guideline
    return inquiry.second_reader or bool(topics_of(inquiry, guideline) & set(desk.options.second_reader))


def needs_other(desk: Desk, inquiry: Inquiry, staff: Staff) -> bool:
    """
    Whether somebody else has to approve.

    Of four eyes two are its writer's: who pasted, edited, hinted, cited, took over or handed on
    cannot be the reader, and what nobody has taken in hand yet has no reader either.
    """
    if not demanded(desk, inquiry):
        return False
    return staff.role < Role.APPROVER or not inquiry.writers or staff.id in inquiry.writers


def topics_of(inquiry: Inquiry, guideline: Guideline) -> set[str]:
    """The topics of the clauses that answers and reply cite, and 資格判定 if either judges a case."""
    cited = {str(citation["clause_id"]) for citation in used_in(inquiry.text, inquiry.citations)}
    answered = {clause for asked in inquiry.questions for clause in asked.clauses}
    topics = {
        guideline.entry(guideline.by_id[clause].entry).topic
        for clause in cited | answered
        if clause in guideline.by_id
    }
    own = (found[0] for found in _SENTENCE.finditer(inquiry.text) if found[0] not in inquiry.drafted)
    if any(asked.answer.get("verdict") for asked in inquiry.questions) or any(map(JUDGED.search, own)):
        topics.add(VERDICT_TOPIC)
    return topics
