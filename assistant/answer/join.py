"""
The answers to the questions of a message, joined to one.

They are given apart only where that says more than one answer to the whole message: two
questions at least whose answers differ, each of them sure. What is neither answered
nor surely silent (small talk, an afterthought) is left to the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Final

from assistant.answer.followups import followups
from assistant.answer.query import Query, Tools
from assistant.answer.split import NUMBERED, is_marked
from assistant.domain import Answer, Line, Outcome
from assistant.index.targets import TargetKind
from assistant.privacy import mask

# What is silent or stands alone was cut out of its surroundings and must be surer than a message.
_SURELY_SILENT: Final = 0.7
_SURE_ALONE: Final = 0.8
# A question of so many characters says by itself what it is about.
_BRIEF: Final = 30
_ECHOED: Final = 40
_SMALL_TALK: Final = 0.5
_ALSO: Final = re.compile(r"(?:另外|還有|順便(?:問)?|再來|以及|最後)[,、]?")
_MARKS: Final = re.compile(r"〔\d*〕")


def chosen(queries: tuple[Query, ...], read: Callable[[str], Query]) -> tuple[Query, ...]:
    """The questions whose answers are given, or the whole message `read` as one that took the same steps."""
    first = queries[0]
    if first.case is not None:
        others = _distinct(queries[1:])
        return (first, *(other for other in others if not other.cited or not other.cited <= first.cited))
    apart, one = _distinct(tuple(_in_company(queries, read))), read(first.message.text)
    if one.strange:
        # Of other matters, as a whole: what is surely ours in it is answered alone.
        return tuple(filter(_surely_ours, apart)) or (one,)
    return _weighed(apart, one) if apart else (one,)


def _weighed(apart: tuple[Query, ...], one: Query) -> tuple[Query, ...]:
    """The questions of a message that is of ours, or the message as `one`."""
    if len(apart) > 1 and any(query.evidence for query in apart):
        return apart
    if one.evidence:
        return (one,)
    refused = one.outcome is Outcome.REFUSED
    if len(apart) > 1 or not apart[0].evidence:
        return (one,) if refused else apart
    # A genuine question among praise, abuse or orders; what newcomers ask is no question then.
    unsure = refused or one.probability(TargetKind.GAP) >= _SURELY_SILENT
    alone = apart[0].probability(TargetKind.CLAUSE) >= (_SURE_ALONE if unsure else 0)
    return apart if alone and not (refused and apart[0].opens) else (one,)


def _in_company(queries: tuple[Query, ...], read: Callable[[str], Query]) -> Iterator[Query]:
    """
    The questions of a message; behind another matter each is read with the one before it.

    「有哪些注意事項?」 is of ours by itself, and not where it goes on with a question about something else.
    """
    yield queries[0]
    foreign = False
    for before, query in pairwise(queries):
        foreign = foreign or _of_another_matter(before)
        alone = len(query.text) > _BRIEF
        together = (
            read(f"{before.text} {query.story} {query.text}")
            if foreign and query.evidence and not alone
            else None
        )
        if together is None or _surely_ours(together):
            yield query
        elif together.evidence is None:
            yield replace(together, text=query.text)


def _of_another_matter(query: Query) -> bool:
    small_talk = query.probability(TargetKind.SMALLTALK) >= _SMALL_TALK
    return query.outcome is Outcome.OUT_OF_SCOPE and not small_talk


def _surely_ours(query: Query) -> bool:
    return query.evidence is not None and query.probability(TargetKind.CLAUSE) >= _SURE_ALONE


def join(said: tuple[Query, ...], tools: Tools) -> Answer:
    """One answer, without citations yet: what the rules computed, then each question with what answers it."""
    first, message = said[0], said[0].message
    answered = [query for query in said if query.evidence or query.case]
    asks_back = any(query.outcome is Outcome.NEEDS_INFO for query in answered)
    outcome = Outcome.NEEDS_INFO if asks_back else Outcome.ANSWERED
    return Answer(
        id=message.answer_id,
        session_id=message.session_id,
        outcome=first.outcome if first.case else outcome if answered else _why(said),
        text="",
        verdict=next((query.verdict for query in said if query.verdict), None),
        reading=first.reading,
        confidence=min((query.confidence for query in answered), default=first.confidence),
        followups=followups(said, tools.guideline),
        referral=None if answered else first.referral,
        lines=tuple(_lines(said, tools)),
        questions=sum(query.asked for query in said),
    )


def _why(said: tuple[Query, ...]) -> Outcome:
    """Why nothing is answered: the text is silent if it is on one of the questions."""
    outcomes = [query.outcome for query in said]
    return Outcome.NO_CLAUSE if Outcome.NO_CLAUSE in outcomes else outcomes[0]


def _distinct(queries: tuple[Query, ...]) -> tuple[Query, ...]:
    """Those answered or declined as questions; in a row those that are answered alike are one."""
    heard = [query for query in queries if query.evidence or _declined(query)]
    alike = (tuple(some) for _, some in groupby(heard, key=lambda query: query.lines))
    return tuple(
        replace(some[0], text=" ".join(query.text for query in some), asked=len(some)) for some in alike
    )


def _declined(query: Query) -> bool:
    """Whether it is to be said that nothing answers it; small talk, orders and an unmarked aside are passed over."""
    if query.outcome is Outcome.REFUSED or query.probability(TargetKind.SMALLTALK) >= _SMALL_TALK:
        return False
    return is_marked(query.text) or query.probability(TargetKind.GAP) >= _SURELY_SILENT


def _lines(said: tuple[Query, ...], tools: Tools) -> Iterator[Line]:
    """Each question, numbered unless it stands beside a verdict, and what answers it."""
    key = "also" if said[0].case else "part"
    if len(said) > 1 and not said[0].case:
        count = str(sum(query.asked for query in said))
        yield Line("heading", tools.wording.say(Outcome.ANSWERED, "count", n=count))
    for n, query in enumerate(said, 1):
        if len(said) > 1 and query.case is None:
            yield _heading(key, n, query.text, tools)
        yield from query.lines
    if said[0].message.unread:
        told = "」「".join(_brief(line) for line in said[0].message.unread)
        yield Line("silence", tools.wording.say(Outcome.ANSWERED, "unread", lines=told))


def _brief(line: str) -> str:
    """A line of a message as it may stand in an answer: masked, short, no mark that would look like a citation."""
    return _MARKS.sub("", mask(" ".join(line.split())))[:_ECHOED]


def _heading(key: str, n: int, text: str, tools: Tools) -> Line:
    """The question in short, without its own number and without marks that would look like citations."""
    words = _MARKS.sub("", NUMBERED.sub("", mask(" ".join(text.split())))).strip()
    also = _ALSO.match(words)
    words = words[also.end() :] if also else words
    brief = words if len(words) <= _ECHOED else f"…{words[-_ECHOED:]}"
    return Line("heading", tools.wording.say(Outcome.ANSWERED, key, n=str(n), question=brief))
