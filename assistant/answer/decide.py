"""What is the answer made of: the clauses that carry it, or the outcome without one."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.context import Context, Part, Stop, Tools, ranked
from assistant.answer.evidence import evidence
from assistant.answer.parts import alone, parts_beside, parts_of, with_parts
from assistant.answer.understand import kinds_named
from assistant.domain import Line, Outcome, Referral
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
    by_id = tools.retriever.guideline.by_id
    if context.judged is not None:
        ids = dict.fromkeys(i for line in context.judged.lines for i in line.clause_ids)
        context = replace(context, outcome=context.judged.outcome, confidence=1.0)
        return with_parts(context, parts_beside(context, tools, frozenset(ids)), tuple(by_id[i] for i in ids))
    parts = parts_of(context, tools)
    if len(parts) > 1 and any(part.clauses for part in parts):
        return with_parts(context, parts)
    ranking = ranked(context, tools).ranking
    assert ranking is not None  # as ranked promises
    if ranking.best(TargetKind.CLAUSE) is None or ranking.answerable < ranking.threshold:
        genuine = alone(parts)
        if genuine is not None:
            return replace(with_parts(context, (genuine,)), parts=())
        return _declined(context, tools, ranking, parts)
    kinds = kinds_named(context.text, tools.contrasts) or kinds_named(context.understood, tools.contrasts)
    found = evidence(ranking.guesses, tools.retriever.guideline, kinds)
    return replace(
        context,
        clauses=tuple(by_id[i] for i in (*found.clauses, *found.limits)),
        limits=frozenset(found.limits),
        confidence=found.probability * ranking.answerable,
    )


def _declined(context: Context, tools: Tools, ranking: Ranking, parts: tuple[Part, ...]) -> Stop:
    others: dict[TargetKind, float] = {
        kind: p for kind, p in ranking.kinds.items() if kind is not TargetKind.CLAUSE
    }
    kind = max(others, key=lambda k: others[k], default=TargetKind.GAP)
    if kind in _DECLINED:
        outcome, key = _DECLINED[kind]
        text = tools.wording.say(outcome, key, title=tools.retriever.guideline.source.title)
        lines = (Line("lead", text),)
        return Stop(outcome, lines, others[kind], context.text, context.understood, context.questions)
    stop = _no_clause(context, tools, ranking, ranking.best(TargetKind.GAP))
    silences = tuple(Line("silence", silence) for silence in dict.fromkeys(part.silence for part in parts))
    return replace(stop, lines=silences) if len(silences) > 1 else stop


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
        (Line("silence", text),),
        silent,
        context.text,
        context.understood,
        context.questions,
        referral=Referral(contact, looked_for, nearby),
    )
