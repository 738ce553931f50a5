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
from itertools import groupby
from typing import Final

from assistant.answer.query import Query, Tools
from assistant.answer.split import NUMBERED
from assistant.domain import Answer, Guideline, Line, Outcome
from assistant.index.targets import TargetKind
from assistant.privacy import mask

# What is silent or stands alone was cut out of its surroundings and must be surer than a message.
_SURELY_SILENT: Final = 0.7
_SURE_ALONE: Final = 0.8
_ECHOED: Final = 40
_FOLLOWUPS: Final = 3
_ALSO: Final = re.compile(r"(?:另外|還有|順便(?:問)?|再來|以及|最後)[,、]?")
_MARKS: Final = re.compile(r"〔\d*〕")


def chosen(queries: tuple[Query, ...], whole: Callable[[], Query]) -> tuple[Query, ...]:
    """The questions whose answers are given, or the `whole` message as one that took the same steps."""
    first = queries[0]
    if first.case is not None:
        others = _distinct(queries[1:])
        return (first, *(other for other in others if not other.cited or not other.cited <= first.cited))
    apart = _distinct(queries)
    if len(apart) > 1 and any(query.evidence for query in apart):
        return apart
    one = whole()
    if one.evidence is None and len(apart) == 1 and apart[0].probability(TargetKind.CLAUSE) >= _SURE_ALONE:
        # A genuine question among small talk, abuse or orders.
        return apart
    if len(apart) > 1 and one.outcome is Outcome.NO_CLAUSE:
        lines = dict.fromkeys(line for query in apart for line in query.lines)
        one = replace(one, lines=tuple(lines))
    return (one,)


def join(said: tuple[Query, ...], tools: Tools) -> Answer:
    """One answer, without citations yet: what the rules computed, then each question with what answers it."""
    first, message = said[0], said[0].message
    answered = [query for query in said if query.evidence or query.case]
    cited = frozenset[str]().union(*(query.cited for query in answered))
    return Answer(
        id=message.answer_id,
        session_id=message.session_id,
        outcome=first.outcome if first.case or not answered else Outcome.ANSWERED,
        text="",
        verdict=first.verdict,
        reading=first.reading,
        confidence=min((query.confidence for query in answered), default=first.confidence),
        followups=suggestions(tools.guideline, cited) if answered else (),
        referral=None if answered else first.referral,
        lines=tuple(_lines(said, tools)),
        questions=max(1, len(message.questions)),
    )


def suggestions(guideline: Guideline, cited: frozenset[str]) -> tuple[str, ...]:
    """Questions of the outline near what was cited: its groups first, then the entries that follow."""
    entries = {guideline.by_id[clause_id].entry for clause_id in cited}
    groups = [g.question for g in guideline.groups if cited & set(g.clauses) and not set(g.clauses) <= cited]
    start = max(entries, default=0)
    ordered = sorted(guideline.entries, key=lambda e: (e.number <= start, e.number))
    others = [e.question for e in ordered if e.number not in entries]
    return tuple(dict.fromkeys([*groups, *others]))[:_FOLLOWUPS]


def _distinct(queries: tuple[Query, ...]) -> tuple[Query, ...]:
    """Those answered or surely silent; in a row those that are answered alike are one."""
    sure = [q for q in queries if q.evidence or q.probability(TargetKind.GAP) >= _SURELY_SILENT]
    alike = (list(some) for _, some in groupby(sure, key=lambda query: query.lines))
    return tuple(replace(some[0], text=" ".join(query.text for query in some)) for some in alike)


def _lines(said: tuple[Query, ...], tools: Tools) -> Iterator[Line]:
    """Each question, numbered unless it stands beside a verdict, and what answers it."""
    key = "also" if said[0].case else "part"
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
