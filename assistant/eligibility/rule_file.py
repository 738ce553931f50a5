"""
A programme's facts.toml and rules.toml -> a book of rules; typos are refused with their line.

The text of a rule is held against the guideline by ingest.rules, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from assistant.eligibility.condition import ComparingCondition, Condition
from assistant.eligibility.deadline import LastsUntil, NotAfter
from assistant.eligibility.equals import OneOf
from assistant.eligibility.fact_kinds import FACTS_FILE, parse_facts
from assistant.eligibility.facts import FactKinds
from assistant.eligibility.kinds import read_condition
from assistant.eligibility.moves import MOVES
from assistant.eligibility.period import Within
from assistant.eligibility.rules import Assumption, Find, Rule, RuleBook, Subject, TurnedQuestion
from assistant.eligibility.share import Share
from assistant.eligibility.table import RulesError, Table, TableError, TableFile
from assistant.eligibility.threshold import Threshold
from assistant.verdict import Decision

RULES: Final = "rules.toml"
_DECISIONS: Final[tuple[Decision, ...]] = ("eligible", "ineligible", "unknown")
# Which kinds of condition can answer each.
_ABLE: Final[Mapping[Find, tuple[type[Condition], ...]]] = {
    "most": (Threshold, Share),
    "least": (Threshold, Share),
    "more": (Threshold, Share),
    "fewer": (Share,),
    "swap": (Share,),
    "join": (Share,),
    "until": (Within, LastsUntil, NotAfter),
    "who": (OneOf,),
}


def load_rules(folder: Path) -> RuleBook:
    """
    Read the facts and rules of a programme's folder, whose name is the programme's.

    Raises:
        RulesError: not TOML, or a table lacks or misspells a key.
        OSError: there is no such file.
    """
    if not (folder / FACTS_FILE).exists():
        raise RulesError(((FACTS_FILE, 0, f"missing; {RULES} needs the facts that its rules read"),))
    facts = (folder / FACTS_FILE).read_text(encoding="utf8")
    return parse_rules((folder / RULES).read_text(encoding="utf8"), facts, folder.resolve().name)


def parse_rules(text: str, facts: str, programme: str) -> RuleBook:
    """
    Read the texts of a rules.toml and of the facts.toml beside it.

    Raises:
        RulesError: every table that cannot be read, with the line of its fault.
    """
    return _BookParser(TableFile(RULES, text), parse_facts(facts), programme).book()


class _BookParser:
    """Reads the tables one by one; what they name of each other is checked behind them."""

    def __init__(self, file: TableFile, kinds: FactKinds, programme: str) -> None:
        self.file, self.kinds, self.programme = file, kinds, programme
        self.earlier: dict[str, Condition] = {}

    def book(self) -> RuleBook:
        subjects = {one.name: one for one in self.file.each("subject", self.kinds, self._subject)}
        track_fact = self._track_fact(subjects)
        rules = tuple(self.file.each("rule", self.kinds, self._rule))
        assumptions = self.file.each("assumption", self.kinds, self._assumption)
        asks = self.file.each("ask", self.kinds, self._ask)
        for rule in rules:
            for name in (rule.subject, *rule.joins):
                if name not in subjects:
                    self._fault(rule.line, f'subject: no [[subject]] is called "{name}"')
        for ask in asks:
            self._check_ask(ask, rules)
        self.file.close()
        taken = [
            Assumption(kind.assumption, "", about, (kind.name,), (), (), 0)
            for kind in self.kinds.values()
            if kind.assumption
            and (about := tuple(rule.subject for rule in rules if kind.name in rule.condition.reads))
        ]
        return RuleBook(
            self.programme,
            self.kinds,
            rules,
            (*taken, *assumptions),
            subjects,
            {ask.name: ask for ask in asks},
            track_fact,
        )

    def _track_fact(self, subjects: Mapping[str, Subject]) -> str:
        """The choice without choices of its own: it is between the tracks."""
        free = [kind for kind in self.kinds.values() if kind.type == "choice" and not kind.choices]
        tracks = [subject for subject in subjects.values() if subject.track]
        if len(free) > 1 or (len(tracks) > 1 and not free):
            self._fault(0, "several tracks need one fact of type choice without choices: it names the track")
        if not free:
            return ""
        choices = {track.name: track.aliases for track in tracks}
        self.kinds = {**self.kinds, free[0].name: replace(free[0], choices=choices)}
        return free[0].name

    def _subject(self, table: Table, line: int) -> Subject:
        name, track = table.text("name"), table.flag("track", default=False)
        said: dict[str, str] = {decision: table.text(decision, "") for decision in _DECISIONS}
        if any(said.values()) != all(said.values()) or (track and not all(said.values())):
            raise TableError("eligible", "a subject that is judged says all three decisions")
        tentative = table.text("tentative", f"初步判斷：{said['eligible']}")
        conclusions = {**said, "tentative": tentative} if all(said.values()) else {}
        compared = table.flag("compared", default=False)
        return Subject(name, track, table.texts("aliases"), conclusions, compared, line)

    def _rule(self, table: Table, line: int) -> Rule:
        rule = Rule(
            id=table.text("id"),
            subject=table.text("subject"),
            joins=table.texts("joins"),
            clause_id=f"{self.programme}/{table.text('clause')}",
            quote=table.text("quote"),
            start=table.optional("from", date),
            end=table.optional("to", date),
            title=table.text("title"),
            met=table.text("met"),
            not_met=table.text("not_met"),
            unknown=table.text("unknown"),
            fixes=table.rest("fix_"),
            condition=read_condition(table.sub("condition"), self.earlier),
            line=line,
        )
        if rule.id in self.earlier:
            raise TableError("id", f'"{rule.id}" is taken')
        self.earlier[rule.id] = rule.condition
        return rule

    def _assumption(self, table: Table, line: int) -> Assumption:
        clause = table.text("clause", "")
        assumption = Assumption(
            text=table.text("text"),
            clause_id=f"{self.programme}/{clause}" if clause else "",
            subjects=table.texts("subjects"),
            unstated=table.facts("unstated"),
            affirmed=table.facts("affirmed"),
            decisions=table.texts("decisions"),
            line=line,
        )
        if not set(_DECISIONS).issuperset(assumption.decisions):
            raise TableError("decisions", f"only {', '.join(sorted(_DECISIONS))}")
        return assumption

    def _ask(self, table: Table, line: int) -> TurnedQuestion:
        find = table.one_of("find", _ABLE)
        return TurnedQuestion(
            name=table.text("name"),
            find=find,
            unknown=table.fact("unknown", default="" if find == "until" else None),
            rule=table.text("rule", ""),
            head=table.text("head", "" if find in {"until", "who"} else None),
            zero=table.text("zero", ""),
            none=table.text("none", None if find in {"fewer", "swap"} else ""),
            left=table.text("left", ""),
            since=table.text("since", ""),
            after=table.text("after", None if find in MOVES else ""),
            words=table.texts("words"),
            line=line,
        )

    def _check_ask(self, ask: TurnedQuestion, rules: tuple[Rule, ...]) -> None:
        named = [rule for rule in rules if rule.id == ask.rule] if ask.rule else list(rules)
        able = [rule for rule in named if isinstance(rule.condition, _ABLE[ask.find])]
        if not able or (not ask.rule and ask.find in {"until", *MOVES}):
            self._fault(ask.line, f'rule: "{ask.rule}" is no rule that can say {ask.find}')
        elif ask.unknown and not any(_bounds(rule.condition, ask) for rule in able):
            self._fault(ask.line, f'unknown: no rule that can say {ask.find} reads "{ask.unknown}"')

    def _fault(self, line: int, what: str) -> None:
        self.file.faults.append((RULES, line, what))


def _bounds(condition: Condition, ask: TurnedQuestion) -> bool:
    """Whether a condition sets the bound on the unknown that a question looks for: a minimum has no most."""
    if ask.find in MOVES:
        return isinstance(condition, Share) and not condition.is_floor and ask.unknown == condition.part
    if isinstance(condition, ComparingCondition):
        return condition.bounds(ask.unknown, floor=ask.find != "most")
    return ask.unknown in condition.reads
