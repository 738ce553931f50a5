"""
Rules and facts -> a verdict; pure.

Ineligible as soon as one check is not met, else unknown while one is unknown,
else eligible. Contradictory facts are not judged at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from assistant.eligibility.condition import Change, Judgement
from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.facts import AMOUNTS, FactKinds, Facts
from assistant.eligibility.notation import bare
from assistant.eligibility.rules import Assumption, Rule, RuleBook
from assistant.eligibility.stated import Stated, with_counts
from assistant.eligibility.verdict import decide
from assistant.verdict import Check, Decision, Missing, Result, Verdict

_PASSES: Final = "即符合"
_YES_NO: Final = ("是", "不是")
_NONE: Final = ("都沒有",)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule and what its condition says of the facts, given `premises` that nobody stated."""

    rule: Rule
    judgement: Judgement
    premises: tuple[str, ...] = ()


def evaluate(book: RuleBook, facts: Facts, today: date, subject: str | None = None) -> Verdict:
    """
    Judge the facts for a subject; without one, for the track they name.

    With no track but the facts of another subject, that one alone is judged; with neither,
    the verdict is unknown and asks for the track.
    """
    subject = subject or subject_of(book, facts)
    wrong = contradictions(book, facts, today)
    if subject is None:
        missing = () if wrong or not book.track_fact else (ask_for(book, book.track_fact),)
        conclusion = "" if wrong else "要先知道您申請的類別，才能判斷。"
        return Verdict("unknown", "", missing=missing, contradictions=wrong, conclusion=conclusion)
    # Impossible facts are not even handed to the conditions: a day in the year 9999 has no anniversary.
    if wrong:
        return Verdict("unknown", subject, contradictions=wrong)
    judged = judge(book, subject, facts, today)
    decision = decide(_results(judged))
    told = Stated(facts, book.facts)
    rests = any(item.unstated and _holds(item, subject, told, decision) for item in book.assumptions)
    tentative = decision == "eligible" and (rests or any(item.premises for item in judged))
    return Verdict(
        decision=decision,
        subject=subject,
        checks=tuple(_check(item, book.facts) for item in judged),
        missing=_missing(book, judged),
        assumptions=assumptions_of(book, subject, facts, decision),
        nearest=_nearest(book, subject, facts, today),
        conclusion=book.subjects[subject].conclusions.get("tentative" if tentative else decision, ""),
        tentative=tentative,
    )


def subject_of(book: RuleBook, facts: Facts) -> str | None:
    """The track that the facts name; another subject if only that was told; the only track; None if it is open."""
    track = Stated(facts, book.facts).choice(book.track_fact)
    if track in book.tracks:
        return track
    asked = {rule.subject for rule in book.rules if any(name in facts for name in rule.condition.reads)}
    if asked.isdisjoint(book.tracks):
        alone = next((one for one in book.subjects.values() if one.name in asked and one.conclusions), None)
        if alone is not None:
            return alone.name
    return book.tracks[0] if len(book.tracks) == 1 else None


def judge(book: RuleBook, subject: str, facts: Facts, today: date) -> tuple[Finding, ...]:
    """The rules of a subject, and those that join it because one of their facts is stated or a last day has passed, each judged."""
    stated = Stated(facts, book.facts)
    return tuple(
        _finding(book, subject, rule, stated, today)
        for rule in book.rules
        if rule.in_force(today)
        and (
            rule.subject == subject
            or (subject in rule.joins and (stated.any(rule.condition.reads) or rule.condition.presses(today)))
        )
    )


def _finding(book: RuleBook, subject: str, rule: Rule, stated: Stated, today: date) -> Finding:
    """What a rule says, without the changes that it has no words for: they make no sense for it."""
    found, reads = rule.condition.judge(stated, today), rule.condition.reads
    premises = _premises_of(stated, reads)
    if found.result == "assumed":
        premises += tuple(
            item.text
            for item in book.assumptions
            if set(item.unstated) & set(reads) and _holds(item, subject, stated, "eligible")
        )
    result = "assumed" if premises and found.result == "met" else found.result
    changes = tuple(change for change in found.changes if change.template in rule.fixes)
    return Finding(rule, replace(found, result=result, changes=changes), premises)


def _premises_of(stated: Stated, names: Iterable[str]) -> tuple[str, ...]:
    """What the reading took for granted to state some facts."""
    told = (stated.facts[name].premises for name in names if stated.has(name))
    return tuple(dict.fromkeys(words for premises in told for words in premises))


def assumptions_of(book: RuleBook, subject: str, facts: Facts, decision: Decision) -> tuple[str, ...]:
    """What is taken for granted for a subject, given what was stated and what was decided, and by the reading."""
    stated = Stated(facts, book.facts)
    held = (item.text for item in book.assumptions if _holds(item, subject, stated, decision))
    return (*held, *_premises_of(stated, book.facts))


def _check(item: Finding, kinds: FactKinds) -> Check:
    rule, judgement = item.rule, item.judgement
    return Check(
        rule=rule.id,
        result=judgement.result,
        reading=judgement.reading,
        limit=rule.condition.shown.limit,
        clause_id=rule.clause_id,
        margin=judgement.margin,
        fix="；或".join(_said(rule, change, kinds) for change in judgement.changes),
        title=rule.title,
        words=words_of(rule, judgement),
        premises=item.premises,
    )


def words_of(rule: Rule, judgement: Judgement) -> str:
    """The rule's wording for a judgement, its figures filled in."""
    template = {"not_met": rule.not_met, "unknown": rule.unknown}.get(judgement.result, rule.met)
    reading = judgement.reading
    told = f"{reading}，" if reading and judgement.result == "unknown" else reading
    limit = rule.condition.shown._asdict()
    return template.format(reading=told, margin=judgement.margin, **limit).lstrip("，")


def _said(rule: Rule, change: Change, kinds: FactKinds) -> str:
    """The words of a change; money is written with its unit, other numbers have theirs in the template."""
    unit = kinds[next(iter(change.counts))].unit
    figures = {name: bare(number, unit) for name, number in change.figures.items()}
    return rule.fixes[change.template].format_map(figures)


def _missing(book: RuleBook, judged: tuple[Finding, ...]) -> tuple[Missing, ...]:
    """What the unknown checks lack: first what most of them lack, then in the order of the rules."""
    lacked = Counter(name for item in judged for name in item.judgement.missing)
    return tuple(ask_for(book, name) for name, _ in lacked.most_common())


def ask_for(book: RuleBook, name: str) -> Missing:
    """A fact that would help, with its question; a number is for the person to type, but for none."""
    kind = book.facts[name]
    if kind.type == "choice":
        return Missing(name, kind.question, tuple(kind.choices))
    if kind.type == "yes_no":
        return Missing(name, kind.question, _YES_NO)
    return Missing(name, kind.question, _NONE if kind.type in AMOUNTS and kind.part_of else ())


def _holds(item: Assumption, subject: str, stated: Stated, decision: Decision) -> bool:
    return (
        (not item.subjects or subject in item.subjects)
        and not stated.any(item.unstated)
        and all(stated.yes(name) is True for name in item.affirmed)
        and (not item.decisions or decision in item.decisions)
    )


def _nearest(book: RuleBook, subject: str, facts: Facts, today: date) -> tuple[str, ...]:
    """
    Changes that leave no check unmet, each tried on the rules before it is named.

    One change if it is enough; else one and then another, of another fact and
    of a later rule.
    """
    found: dict[str, None] = {}
    order = {rule.id: at for at, rule in enumerate(book.rules)}
    for first, rule in _changes(judge(book, subject, facts, today)):
        after = with_counts(facts, dict(first.counts), book.facts)
        judged = judge(book, subject, after, today)
        if "not_met" not in _results(judged):
            found[_ending(_said(rule, first, book.facts), judged)] = None
            continue
        for second, later in _changes(judged):
            if order[later.id] <= order[rule.id] or second.counts.keys() & first.counts.keys():
                continue
            both = judge(book, subject, with_counts(after, dict(second.counts), book.facts), today)
            if "not_met" not in _results(both):
                said = f"{_said(rule, first, book.facts).removesuffix(_PASSES)}，並{_said(later, second, book.facts)}"
                found[_ending(said, both)] = None
    return tuple(found)


def _changes(judged: tuple[Finding, ...]) -> list[tuple[Change, Rule]]:
    return [(change, item.rule) for item in judged for change in item.judgement.changes]


def _results(judged: tuple[Finding, ...]) -> tuple[Result, ...]:
    return tuple(item.judgement.result for item in judged)


def _ending(said: str, judged: tuple[Finding, ...]) -> str:
    """The words of a change; 即符合 only if nothing is unknown once it is made."""
    return said.removesuffix(_PASSES) if "unknown" in _results(judged) else said
