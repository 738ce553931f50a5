"""
rules.toml -> a book of rules; typos are refused with their line.

The text of a rule is held against the guideline by ingest.rules, not here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from assistant.eligibility.condition import Condition
from assistant.eligibility.kinds import read_condition
from assistant.eligibility.table import Table, TableError

RULES: Final = "rules.toml"
_DECISIONS: Final = frozenset({"eligible", "ineligible", "unknown"})


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
    """A programme's rules in the order of its file."""

    programme: str
    rules: tuple[Rule, ...]
    assumptions: tuple[Assumption, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """Every rule by its id."""
        return {rule.id: rule for rule in self.rules}

    @property
    def subjects(self) -> tuple[str, ...]:
        """What there are rules about, in the order of the file."""
        return tuple(dict.fromkeys(rule.subject for rule in self.rules))

    def reading(self, fact: str) -> tuple[str, ...]:
        """The ids of the rules that read a fact."""
        return tuple(rule.id for rule in self.rules if fact in rule.condition.reads)

    def on_clause(self, clause_id: str) -> tuple[Rule, ...]:
        """The rules that stand on a clause."""
        return tuple(rule for rule in self.rules if rule.clause_id == clause_id)


class RulesError(ValueError):
    """rules.toml cannot be read; `faults` are (line, what), `file` is its name."""

    def __init__(self, faults: tuple[tuple[int, str], ...]) -> None:
        self.file, self.faults = RULES, faults
        super().__init__("\n".join(f"{RULES}:{line}: {what}" for line, what in faults))


def load_rules(folder: Path) -> RuleBook:
    """
    Read the rules of a programme's folder, whose name is the programme's.

    Raises:
        RulesError: not TOML, or a table lacks or misspells a key.
        OSError: there is no such file.
    """
    return parse_rules((folder / RULES).read_text(encoding="utf8"), folder.resolve().name)


def parse_rules(text: str, programme: str) -> RuleBook:
    """
    Read the text of a rules.toml.

    Raises:
        RulesError: every table that cannot be read, with the line of its fault.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        raise RulesError(((int(at[1]) if at else 0, f"not valid TOML: {error}"),)) from error
    return _Reader(text, programme).book(data)


class _Reader:
    """Reads the tables one by one and collects what is wrong."""

    def __init__(self, text: str, programme: str) -> None:
        self.lines = text.splitlines()
        self.programme = programme
        self.faults: list[tuple[int, str]] = []

    def book(self, data: Mapping[str, Any]) -> RuleBook:
        rules: dict[str, Rule] = {}
        earlier: dict[str, Condition] = {}
        for key in data.keys() - {"rule", "assumption"}:
            self.faults.append((0, f"{key}: unknown key"))
        for at, item in self._tables(data, "rule"):
            try:
                rule = self._rule(Table(item), earlier, at)
            except TableError as error:
                self.faults.append((self._line_of(at, error.key), str(error)))
                continue
            if rule.id in rules:
                self.faults.append((self._line_of(at, "id"), f'id: "{rule.id}" is taken'))
            rules[rule.id], earlier[rule.id] = rule, rule.condition
        assumptions = []
        for at, item in self._tables(data, "assumption"):
            try:
                assumptions.append(self._assumption(Table(item), at))
            except TableError as error:
                self.faults.append((self._line_of(at, error.key), str(error)))
        if self.faults:
            raise RulesError(tuple(sorted(self.faults)))
        return RuleBook(self.programme, tuple(rules.values()), tuple(assumptions))

    def _rule(self, table: Table, earlier: Mapping[str, Condition], line: int) -> Rule:
        rule = Rule(
            id=table.text("id"),
            subject=table.text("subject"),
            joins=table.texts("joins"),
            clause_id=f"{self.programme}/{table.text('clause')}",
            quote=table.text("quote"),
            start=table.day("from"),
            end=table.day("to"),
            title=table.text("title"),
            met=table.text("met"),
            not_met=table.text("not_met"),
            unknown=table.text("unknown"),
            fixes=table.rest("fix_"),
            condition=read_condition(table.sub("condition"), earlier),
            line=line,
        )
        table.close()
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
        table.close()
        if not _DECISIONS.issuperset(assumption.decisions):
            raise TableError("decisions", f"only {', '.join(sorted(_DECISIONS))}")
        return assumption

    def _tables(self, data: Mapping[str, Any], name: str) -> list[tuple[int, Mapping[str, Any]]]:
        headers = [n for n, line in enumerate(self.lines, 1) if line.strip() == f"[[{name}]]"]
        return list(zip(headers, data.get(name, []), strict=True))

    def _line_of(self, header: int, key: str) -> int:
        """The line of a key below a table's header; the header's own if the key is absent."""
        for n, line in enumerate(self.lines[header:], header + 1):
            if line.strip().startswith("[["):
                break
            if re.match(rf"\s*{re.escape(key)}\s*=", line):
                return n
        return header
