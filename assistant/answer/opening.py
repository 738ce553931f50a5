"""What newcomers ask goes on: what the text leaves open is named, and the check of the rules begins."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.query import Query, Tools
from assistant.domain import Line, Outcome
from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.render import render


def go_on(query: Query, tools: Tools) -> Query:
    """Add to an answer what its target goes on with; the check asks for one fact at a time."""
    target = query.opens
    if target is None:
        return query
    if target.silent:
        topics = "、".join(f"「{topic}」" for topic in target.silent)
        contact = tools.guideline.source.referral
        text = tools.wording.say(Outcome.ANSWERED, "silent", topics=topics, referral=contact)
        query = replace(query, lines=(*query.lines, Line("silence", text)))
    if not target.check or tools.rules is None:
        return query
    verdict = evaluate(tools.rules, {}, query.message.today)
    asked = tuple(line for line in render(verdict) if line.kind == "question")
    return replace(query, lines=(*query.lines, *asked), verdict=verdict, outcome=Outcome.NEEDS_INFO)
