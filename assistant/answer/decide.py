"""What is the answer made of: the clauses that carry it, or the outcome without one."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from assistant.answer.evidence import Evidence, evidence
from assistant.answer.query import Query, Tools
from assistant.answer.understand import kinds_named
from assistant.domain import Guideline, Line, Outcome, Referral
from assistant.index.targets import Target, TargetKind
from assistant.privacy import mask
from assistant.rank import Guess, Ranking

_OUTCOMES = {
    TargetKind.OFFTOPIC: Outcome.OUT_OF_SCOPE,
    TargetKind.SMALLTALK: Outcome.OUT_OF_SCOPE,
    TargetKind.ATTACK: Outcome.REFUSED,
    TargetKind.NOISE: Outcome.REFUSED,
}
# No answer is given that is less sure: on the own sets and dev none of three was right, of the next (to 0.4) half were.
_LEAST = 0.2
# Among so many of the ranker's thoughts a clause near a gap touches what was asked.
_THOUGHT_OF = 5


def decide(query: Query, tools: Tools) -> Query:
    """Fill in the evidence if the ranker is sure enough that there is some; say what is the matter otherwise."""
    ranking = query.ranking
    if ranking is None:
        return query
    answered = ranking.familiar and ranking.answerable >= ranking.threshold
    if ranking.best(TargetKind.CLAUSE) is None or not answered:
        return _declined(query, ranking, tools)
    first = ranking.guesses[0]
    if first.target.opens:
        found = Evidence(first.target.clauses, first.target.limits, first.probability / ranking.answerable)
    else:
        texts = (query.ways[0].text, query.message.text, query.understood)
        named = (kinds_named(text, tools.contrasts) for text in texts)
        kinds = next((kinds for kinds in named if kinds), frozenset[str]())
        found = evidence([_narrowed(guess) for guess in ranking.guesses], tools.guideline, kinds)
        if all(_of_another_kind(clause_id, kinds, tools.guideline) for clause_id in found.clauses):
            return _declined(query, ranking, tools)
    confidence = found.probability * ranking.answerable
    if confidence < _LEAST:
        return _declined(query, ranking, tools)
    return replace(query, evidence=found, confidence=confidence)


def _of_another_kind(clause_id: str, kinds: frozenset[str], guideline: Guideline) -> bool:
    """Whether a clause stands in an entry on one kind of application while the question names only the other."""
    track = guideline.entry(guideline.by_id[clause_id].entry).track
    sides = (pair for parallel in guideline.parallels for pair in permutations(parallel.kinds))
    return any(track in one and kinds.isdisjoint(one) and not kinds.isdisjoint(other) for one, other in sides)


def _narrowed(guess: Guess) -> Guess:
    """What newcomers ask speaks for its first clause where it is not what was asked."""
    target = guess.target
    return replace(guess, target=replace(target, clauses=target.clauses[:1])) if target.opens else guess


def _declined(query: Query, ranking: Ranking, tools: Tools) -> Query:
    """What it is if not a question for a clause: a known gap, another matter, or nothing that was found."""
    others = dict(ranking.kinds)
    others.pop(TargetKind.CLAUSE, None)
    kind = max(others, key=lambda k: others[k], default=TargetKind.GAP)
    best, silent = ranking.best(kind), 1 - ranking.answerable
    if kind is not TargetKind.GAP:
        return _outside(query, _OUTCOMES[kind], kind, best.target if best else None, silent, tools)
    if ranking.familiar and best and best.target.topic and best.probability >= silent / 2:
        return _silent(query, best.target, ranking, tools)
    if not ranking.ours:
        return _outside(query, Outcome.OUT_OF_SCOPE, TargetKind.OFFTOPIC, None, silent, tools)
    contact = tools.guideline.source.referral
    text = tools.wording.say(Outcome.NO_CLAUSE, "unknown", referral=contact)
    return replace(
        query,
        outcome=Outcome.NO_CLAUSE,
        lines=(Line("silence", text),),
        confidence=silent,
        referral=Referral(contact, mask(query.understood)),
    )


def _outside(
    query: Query, outcome: Outcome, kind: TargetKind, block: Target | None, sure: float, tools: Tools
) -> Query:
    """No question for this programme; a block of outside.toml may have words of its own."""
    source, named = tools.guideline.source, block.key.removeprefix("outside:") if block else ""
    key = named if tools.wording.has(outcome, named) else kind.value
    text = tools.wording.say(outcome, key, title=source.title, referral=source.referral)
    return replace(query, outcome=outcome, lines=(Line("lead", text),), confidence=sure)


def _silent(query: Query, gap: Target, ranking: Ranking, tools: Tools) -> Query:
    """The text does not say what is asked; the nearest that it does say is said in words, and not cited."""
    texts = [tools.wording.say(Outcome.NO_CLAUSE, "topic", topic=gap.topic)]
    thought_of = [guess.target for guess in ranking.guesses if guess.target.clauses][:_THOUGHT_OF]
    near = [clause_id for target in thought_of for clause_id in target.clauses if clause_id in gap.nearby]
    for clause_id in near[:1]:
        clause = tools.guideline.by_id[clause_id]
        texts.append(tools.wording.say(Outcome.NO_CLAUSE, "nearby", plain=clause.plain or clause.text))
    texts.append(tools.wording.say(Outcome.NO_CLAUSE, "contact", referral=gap.referral))
    return replace(
        query,
        outcome=Outcome.NO_CLAUSE,
        lines=tuple(Line("silence", text) for text in texts),
        confidence=1 - ranking.answerable,
        referral=Referral(gap.referral, gap.topic, gap.nearby),
    )
