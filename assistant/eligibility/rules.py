"""The nouns of a rule book: rules, what they are about, the questions that can be turned round, assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from assistant.eligibility.condition import Condition
from assistant.eligibility.facts import FactKinds
from assistant.eligibility.quoted import Quoted

Find = Literal["most", "least", "more", "fewer", "swap", "join", "until", "who"]


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One condition of the guideline and its wording.

    `quote` is verbatim in the clause `clause_id`; `start` and `end` are the
    dates in force, None where open; `fixes` are templates by name; `line` is
    where the rule stands in its file.
    """

    id: str
    subject: str
    joins: tuple[str, ...]
    clause_id: str
    quote: str
    start: date | None
    end: date | None
    title: str
    met: str
    not_met: str
    unknown: str
    fixes: Mapping[str, str]
    condition: Condition
    line: int

    def in_force(self, today: date) -> bool:
        """True from the first to the last day in force, both included."""
        return (self.start is None or self.start <= today) and (self.end is None or today <= self.end)

    @property
    def words(self) -> tuple[str, ...]:
        """All of the rule's own wording, for the check that it brings in no number."""
        return (self.title, self.met, self.not_met, self.unknown, *self.fixes.values())


@dataclass(frozen=True, slots=True)
class Subject:
    """
    What rules are about.

    A `track` is what one applies for; the others are only asked about. `conclusions` says
    each decision, and `tentative` an eligible that rests on premises; a subject without any is never judged by itself. `aliases` are other
    names, `compared` marks tracks that are held beside each other when people ask which.
    """

    name: str
    track: bool
    aliases: tuple[str, ...]
    conclusions: Mapping[str, str]
    compared: bool
    line: int


@dataclass(frozen=True, slots=True)
class TurnedQuestion:
    """
    A question turned round: not whether the facts pass, but which value would.

    `find` the most or the least of the fact `unknown` that passes, how many `more` are
    needed; of a part how many `fewer` it must be, the whole shrinking with it, how many to
    `swap` for others, how many more may `join`, the whole growing with them; `until` when, by
    `rule`; `who`, by the rule whose choice was told. `rule` pins the one that is meant, else
    all rules of the track bind. `head` says the {number}, `zero` that it is none, `none` that
    there is no such number; `left` says what is left of the most where some are told already.
    `since` and `after` go around the end of a period, `after` also says what is so once
    {number} have gone or come. `words` are how people ask.
    """

    name: str
    find: Find
    unknown: str
    rule: str
    head: str
    zero: str
    none: str
    left: str
    since: str
    after: str
    words: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a verdict takes for granted and says so; see rules.toml for when."""

    text: str
    clause_id: str
    subjects: tuple[str, ...]
    unstated: tuple[str, ...]
    affirmed: tuple[str, ...]
    decisions: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class RuleBook:
    """A programme's facts and rules in the order of its files; `track_fact` names the track, if there are several."""

    programme: str
    facts: FactKinds
    rules: tuple[Rule, ...]
    assumptions: tuple[Assumption, ...] = ()
    subjects: Mapping[str, Subject] = field(default_factory=dict[str, Subject])
    asks: Mapping[str, TurnedQuestion] = field(default_factory=dict[str, TurnedQuestion])
    track_fact: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """Every rule by its id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def tracks(self) -> tuple[str, ...]:
        """What one can apply for, in the order of the file."""
        return tuple(subject.name for subject in self.subjects.values() if subject.track)

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """The tracks that are held beside each other when people ask which."""
        return tuple(subject.name for subject in self.subjects.values() if subject.compared)

    def reading(self, fact: str) -> tuple[str, ...]:
        """The ids of the rules that read a fact."""
        return tuple(rule.id for rule in self.rules if fact in rule.condition.reads)

    def on_clause(self, clause_id: str) -> tuple[Rule, ...]:
        """The rules that stand on a clause."""
        return tuple(rule for rule in self.rules if rule.clause_id == clause_id)

    def parameters(self, fact: str) -> tuple[Quoted, ...]:
        """The numbers, in their clauses' words, of the rules that read a fact."""
        return tuple(
            number
            for rule in self.rules
            if fact in rule.condition.reads
            for number in rule.condition.parameters
        )

    def on(self, today: date) -> RuleBook:
        """The book with the rules that are in force on a day."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.in_force(today)))
