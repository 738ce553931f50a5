"""
A message in the user's own words -> Reading.

fold -> mentions -> groups -> facts and edits -> what is asked; then what
cannot be true is pointed out. Every span is one of the user's text.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from assistant.eligibility.contradiction import contradictions
from assistant.readers.digital_cluster import intent
from assistant.readers.digital_cluster.conversation import apply
from assistant.readers.digital_cluster.draft import Draft
from assistant.readers.digital_cluster.history import read_history
from assistant.readers.digital_cluster.lexer import mentions
from assistant.readers.digital_cluster.reply import read_reply
from assistant.readers.digital_cluster.scenario import read_groups
from assistant.reading.clauses import groups
from assistant.reading.reading import Ask, Reading
from assistant.reading.script import fold

_PRESENTERS: Final = ("數位擴散輔導", "數位群聚輔導")


def read(text: str, today: date, asked: str | None = None) -> Reading:
    """
    Read one message.

    Args:
        text: as the user wrote it, NFKC-folded; simplified or traditional script.
        today: the date in Taiwan.
        asked: name of the fact that the assistant has just asked for, so that a bare 「4家」 is its answer.
    """
    folded = fold(text)
    found = mentions(folded, today)
    grouped = groups(folded, found)
    draft = Draft(text, folded, today)
    if track := intent.track(folded):
        draft.put("track", *track)
        draft.track_b = track[0] == "B類"
    if asked is not None:
        read_reply(draft, found, asked)
    answered = asked is not None and asked in draft.facts
    if not answered or asked == "track":
        read_history(draft, found)
    counted = any(group.number is not None and group.number.kind == "asked" for group in grouped)
    eager = counted or intent.asks(folded, grouped, coached=False, gave_up=False, changes=False) is not None
    if not answered:
        read_groups(draft, grouped, bare=eager, corrected=any(mention.kind == "correct" for mention in found))
    asks = intent.asks(
        folded,
        grouped,
        coached=bool({"coached_within_3y", "coached_share"} & set(draft.facts)),
        gave_up="gave_up_or_unfinished" in draft.facts,
        changes=bool(draft.edits or draft.facts),
    )
    quoted = any(group.has("rule", "guard") for group in grouped)
    if asks is Ask.VERDICT and quoted and not set(draft.facts) - {"track"}:
        # 「聽說要10家才能報B類」 asks of the rule.
        asks = None
    if asks is Ask.PRESENTER:
        _presenter(draft)
    reading = Reading(
        facts=draft.facts,
        edits=tuple(draft.edits),
        asks=asks,
        vague=tuple(draft.vague),
        assumptions=tuple(dict.fromkeys(draft.assumptions)),
        other_question=intent.asks_something_else(folded, asks, numbers=bool(draft.unassigned)),
    )
    told = (*draft.contradictions, *contradictions(apply({}, reading), today))
    return replace(reading, contradictions=tuple(dict.fromkeys(told)))


def _presenter(draft: Draft) -> None:
    for name in _PRESENTERS:
        place = draft.folded.find(name[:4])
        if place >= 0:
            draft.put("presenter_type", name, place, place + 4)
            return
