"""
Several questions in one message, answered one by one.

A message is taken apart only where that says more than one answer to the whole: two
questions at least whose answers differ, each of them sure. What is neither answered
nor surely silent (small talk, an afterthought) is left to the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.answer.context import Context, Part, Tools
from assistant.answer.evidence import evidence
from assistant.answer.split import NUMBERED, SubQuestion
from assistant.answer.understand import kinds_named
from assistant.domain import Clause, Line, Outcome
from assistant.index.targets import TargetKind
from assistant.privacy import mask
from assistant.rank import Ranking

# A part that is silent or stands alone was cut out of its surroundings and must be surer than a message.
_SURELY_SILENT: Final = 0.7
_SURE_ALONE: Final = 0.8
_ECHOED: Final = 40
_ALSO: Final = re.compile(r"(?:另外|還有|順便(?:問)?|再來|以及|最後)[,、]?")
_MARKS: Final = re.compile(r"〔\d*〕")


def parts_of(context: Context, tools: Tools) -> tuple[Part, ...]:
    """The questions of a message that can be answered apart, by clauses or by saying that there are none."""
    return tuple(_merged(_parts(context.asked, context, tools)))


def alone(parts: tuple[Part, ...]) -> Part | None:
    """The one part that clauses surely answer: a genuine question among small talk, abuse or orders."""
    return parts[0] if len(parts) == 1 and parts[0].sure >= _SURE_ALONE else None


def parts_beside(context: Context, tools: Tools, judged: frozenset[str]) -> tuple[Part, ...]:
    """The parts of a message whose figures the rules judged, that the verdict does not answer."""
    answered = context.judged.answers if context.judged is not None else ()
    others = tuple(one for one in context.asked if one not in answered)
    if not answered:
        return ()
    parts = _merged(_parts(others, context, tools))
    return tuple(
        part for part in parts if part.silence or not {clause.id for clause in part.clauses} <= judged
    )


def with_parts(context: Context, parts: tuple[Part, ...], first: tuple[Clause, ...] = ()) -> Context:
    """The context with its parts, and with their clauses after the `first` ones, each once."""
    clauses = dict.fromkeys((*first, *(clause for part in parts for clause in part.clauses)))
    return replace(
        context,
        parts=parts,
        clauses=tuple(clauses),
        limits=frozenset().union(*(part.limits for part in parts)),
        confidence=min((part.confidence for part in parts if part.clauses), default=context.confidence),
    )


def lines_of(parts: tuple[Part, ...], tools: Tools, *, beside: bool) -> tuple[Line, ...]:
    """Each part's question, numbered unless it stands `beside` a verdict; then what answers it."""
    return tuple(
        line
        for n, part in enumerate(parts, 1)
        for line in (
            _heading("also" if beside else "part", n, part, tools),
            *(said(part.clauses, part.limits, tools) or (Line("silence", part.silence),)),
        )
    )


def said(clauses: tuple[Clause, ...], limits: frozenset[str], tools: Tools) -> tuple[Line, ...]:
    """One line for each clause in plain words; what only qualifies the others is a reminder."""
    lines = []
    for clause in clauses:
        text = clause.plain or clause.text
        if clause.id in limits:
            text = tools.wording.say(Outcome.ANSWERED, "limits", plain=text)
        lines.append(Line("said", text, (clause.id,)))
    return tuple(lines)


def _parts(questions: tuple[SubQuestion, ...], context: Context, tools: Tools) -> Iterator[Part]:
    whole = kinds_named(context.text, tools.contrasts)
    guideline = tools.retriever.guideline
    rankings = dict(zip(context.asked, context.rankings, strict=True))
    for asked in questions:
        ranking = rankings[asked]
        if ranking.answerable >= ranking.threshold:
            kinds = kinds_named(asked.question, tools.contrasts) or whole
            found = evidence(ranking.guesses, guideline, kinds)
            yield Part(
                asked.question,
                tuple(guideline.by_id[i] for i in (*found.clauses, *found.limits)),
                frozenset(found.limits),
                confidence=found.probability * ranking.answerable,
                sure=ranking.answerable,
            )
        elif ranking.kinds.get(TargetKind.GAP, 0.0) >= _SURELY_SILENT:
            yield Part(asked.question, silence=_silence(ranking, tools))


def _merged(parts: Iterator[Part]) -> Iterator[Part]:
    """Questions in a row that the same clauses answer, or about which the guideline is silent alike, are one."""
    last: Part | None = None
    for part in parts:
        if last is not None and (last.clauses, last.silence) == (part.clauses, part.silence):
            last = replace(last, question=f"{last.question} {part.question}")
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


def _silence(ranking: Ranking, tools: Tools) -> str:
    gap = ranking.best(TargetKind.GAP)
    if gap is not None and gap.target.topic and gap.probability >= ranking.kinds[TargetKind.GAP] / 2:
        return tools.wording.say(
            Outcome.NO_CLAUSE, "topic", topic=gap.target.topic, referral=gap.target.referral
        )
    referral = tools.retriever.guideline.source.referral
    return tools.wording.say(Outcome.NO_CLAUSE, "unknown", referral=referral)


def _heading(key: str, n: int, part: Part, tools: Tools) -> Line:
    """The question in short, without its own number and without marks that would look like citations."""
    words = _MARKS.sub("", NUMBERED.sub("", mask(" ".join(part.question.split())))).strip()
    also = _ALSO.match(words)
    words = words[also.end() :] if also else words
    brief = words if len(words) <= _ECHOED else f"…{words[-_ECHOED:]}"
    return Line("heading", tools.wording.say(Outcome.ANSWERED, key, n=str(n), question=brief))
