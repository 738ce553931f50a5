"""What is the answer made of: the clauses that carry it, or the outcome without one."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.evidence import evidence
from assistant.answer.query import Query, Tools
from assistant.answer.understand import kinds_named
from assistant.domain import Line, Outcome, Referral
from assistant.index.targets import TargetKind
from assistant.privacy import mask
from assistant.rank import Ranking

_DECLINED = {
    TargetKind.OFFTOPIC: (Outcome.OUT_OF_SCOPE, "offtopic"),
    TargetKind.SMALLTALK: (Outcome.OUT_OF_SCOPE, "smalltalk"),
    TargetKind.ATTACK: (Outcome.REFUSED, "attack"),
    TargetKind.NOISE: (Outcome.REFUSED, "noise"),
}


def decide(query: Query, tools: Tools) -> Query:
    """Fill in the evidence if the ranker is sure enough that there is some; say what is the matter otherwise."""
    ranking = query.ranking
    if ranking is None:
        return query
    if ranking.best(TargetKind.CLAUSE) is None or ranking.answerable < ranking.threshold:
        return _declined(query, ranking, tools)
    texts = (query.text, query.message.text, query.understood)
    named = (kinds_named(text, tools.contrasts) for text in texts)
    kinds = next((kinds for kinds in named if kinds), frozenset[str]())
    found = evidence(ranking.guesses, tools.guideline, kinds)
    return replace(query, evidence=found, confidence=found.probability * ranking.answerable)


def _declined(query: Query, ranking: Ranking, tools: Tools) -> Query:
    others: dict[TargetKind, float] = {
        kind: p for kind, p in ranking.kinds.items() if kind is not TargetKind.CLAUSE
    }
    kind = max(others, key=lambda k: others[k], default=TargetKind.GAP)
    if kind not in _DECLINED:
        return _silent(query, ranking, tools)
    outcome, key = _DECLINED[kind]
    text = tools.wording.say(outcome, key, title=tools.guideline.source.title)
    return replace(query, outcome=outcome, lines=(Line("lead", text),), confidence=others[kind])


def _silent(query: Query, ranking: Ranking, tools: Tools) -> Query:
    """The guideline is silent: name the topic only where the ranker is sure which one it is."""
    gap, silent = ranking.best(TargetKind.GAP), 1 - ranking.answerable
    if gap is not None and gap.target.topic and gap.probability >= silent / 2:
        topic, contact = gap.target.topic, gap.target.referral
        text = tools.wording.say(Outcome.NO_CLAUSE, "topic", topic=topic, referral=contact)
        referral = Referral(contact, topic, gap.target.nearby)
    else:
        contact = tools.guideline.source.referral
        text = tools.wording.say(Outcome.NO_CLAUSE, "unknown", referral=contact)
        referral = Referral(contact, mask(query.understood))
    lines = (Line("silence", text),)
    return replace(query, outcome=Outcome.NO_CLAUSE, lines=lines, confidence=silent, referral=referral)
