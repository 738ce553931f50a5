"""What is the answer made of: the clauses that carry it, or the outcome without one."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.context import Context, Stop, Tools
from assistant.domain import Outcome, Referral
from assistant.index.targets import TargetKind
from assistant.privacy import mask
from assistant.rank import Guess, Ranking

_DECLINED = {
    TargetKind.OFFTOPIC: (Outcome.OUT_OF_SCOPE, "offtopic"),
    TargetKind.SMALLTALK: (Outcome.OUT_OF_SCOPE, "smalltalk"),
    TargetKind.ATTACK: (Outcome.REFUSED, "attack"),
    TargetKind.NOISE: (Outcome.REFUSED, "noise"),
}


def decide(context: Context, tools: Tools) -> Context | Stop:
    """Answer if the rules computed it or the ranker is sure enough; say what is the matter otherwise."""
    if context.judged is not None:
        by_id = tools.retriever.guideline.by_id
        ids = dict.fromkeys(i for line in context.judged.lines for i in line.clause_ids)
        clauses = tuple(by_id[clause_id] for clause_id in ids)
        return replace(context, clauses=clauses, outcome=context.judged.outcome, confidence=1.0)
    ranking = context.ranking
    assert ranking is not None  # the step before
    best = ranking.best(TargetKind.CLAUSE)
    if best is not None and ranking.answerable >= ranking.threshold:
        by_id = tools.retriever.guideline.by_id
        limits = frozenset(best.target.limits) - frozenset(best.target.clauses)
        ids = dict.fromkeys((*best.target.clauses, *best.target.limits))
        clauses = tuple(by_id[clause_id] for clause_id in ids)
        return replace(context, clauses=clauses, limits=limits, confidence=best.probability)
    return _declined(context, tools, ranking)


def _declined(context: Context, tools: Tools, ranking: Ranking) -> Stop:
    others: dict[TargetKind, float] = {
        kind: p for kind, p in ranking.kinds.items() if kind is not TargetKind.CLAUSE
    }
    kind = max(others, key=lambda k: others[k], default=TargetKind.GAP)
    if kind in _DECLINED:
        outcome, key = _DECLINED[kind]
        text = tools.wording.say(outcome, key, title=tools.retriever.guideline.source.title)
        return Stop(outcome, text, others[kind], context.text, context.understood)
    return _no_clause(context, tools, ranking, ranking.best(TargetKind.GAP))


def _no_clause(context: Context, tools: Tools, ranking: Ranking, gap: Guess | None) -> Stop:
    """The guideline is silent: name the topic only where the ranker is sure which one it is."""
    guideline = tools.retriever.guideline
    silent = 1 - ranking.answerable
    if gap is not None and gap.target.topic and gap.probability >= silent / 2:
        contact, looked_for = gap.target.referral, gap.target.topic
        text = tools.wording.say(Outcome.NO_CLAUSE, "topic", topic=looked_for, referral=contact)
        nearby = gap.target.nearby
    else:
        contact, looked_for = guideline.source.referral, mask(context.understood)
        text = tools.wording.say(Outcome.NO_CLAUSE, "unknown", referral=contact)
        nearby = ()
    return Stop(
        Outcome.NO_CLAUSE,
        text,
        silent,
        context.text,
        context.understood,
        referral=Referral(contact, looked_for, nearby),
    )
