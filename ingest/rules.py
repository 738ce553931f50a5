"""
Rules held against the text: law 6, rules and text cannot drift.

A rule's clause exists, its quote is verbatim in that clause, and every number
of the rule, as a parameter or in its wording, stands in the quote; so does every number
that a fact, a conclusion or a question turned round carries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Final

from assistant.domain import Clause
from assistant.eligibility.condition import ComparingCondition
from assistant.eligibility.fact_kinds import FACTS_FILE
from assistant.eligibility.notation import ROC_OFFSET
from assistant.eligibility.rule_file import RULES, load_rules
from assistant.eligibility.rules import Rule, RuleBook
from assistant.eligibility.table import RulesError
from assistant.support import new_figures
from ingest.faults import CorpusFault

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_DIGITS: Final = re.compile(r"\d+")
# Words that settle the sign of a comparison; a rule cannot say the opposite. The longer ones first.
_SETTLED: Final[Mapping[str, str]] = {
    "不得超過": "<=",
    "不得高於": "<=",
    "不得逾": "<=",
    "不得低於": ">=",
    "不得少於": ">=",
    "不超過": "<=",
    "不低於": ">=",
    "不少於": ">=",
    "至少": ">=",
    "以上": ">=",
    "以下": "<=",
    "以內": "<=",
    "至多": "<=",
    "上限": "<=",
    "未滿": "<",
    "不到": "<",
    "低於": "<",
    "少於": "<",
    "超過": ">",
    "逾": ">",
}
_COMPUTED: Final = frozenset({"reading", "limit", "bound", "edge", "margin"})
_FIGURES: Final = frozenset({"most", "least", "more", "fewer", "total", "few"})


def check_rules(folder: Path, clauses: Mapping[str, Clause]) -> Iterator[CorpusFault]:
    """The faults of a folder's facts.toml and rules.toml; none if it has no rules."""
    if not (folder / RULES).exists():
        return
    try:
        book = load_rules(folder)
    except RulesError as error:
        for file, line, what in error.faults:
            yield CorpusFault(file, line, what, "see the head of the file for its keys")
        return
    except UnicodeDecodeError as error:
        yield CorpusFault(
            RULES, 0, f"not UTF-8 at byte {error.start}", "save the file as UTF-8 and build again"
        )
        return
    for rule in book.rules:
        yield from _check_rule(rule, clauses)
    yield from _check_assumptions(book, clauses)
    yield from _check_facts(book)
    yield from _check_questions(book)


def _check_rule(rule: Rule, clauses: Mapping[str, Clause]) -> Iterator[CorpusFault]:
    clause = clauses.get(rule.clause_id)
    if clause is None or not clause.is_leaf:
        yield _of(rule, f"no leaf clause {rule.clause_id}", "use an id of the tree")
        return
    if not rule.quote or rule.quote not in clause.text:
        yield _of(rule, f"the quote is not verbatim in {rule.clause_id}", f"quote from: {clause.text}")
    for parameter in rule.condition.parameters:
        if not parameter.stands_in(rule.quote):
            what = f'its number "{parameter.words}" is not in its quote'
            yield _of(rule, what, "write the number as the quote does, or quote the words that have it")
    for phrase in rule.condition.phrases:
        if phrase not in rule.quote:
            yield _of(rule, f'"{phrase}" is not in its quote', "use the clause's own words")
    if isinstance(rule.condition, ComparingCondition) and not _agrees(rule.condition):
        what = f'sign = "{rule.condition.sign}", but "{rule.condition.by}" says the opposite'
        yield _of(rule, what, "let the sign follow the clause")
    if rule.start is not None and rule.end is not None and rule.end < rule.start:
        yield _of(rule, "ends before it starts", "mend from or to")
    yield from _check_fixes(rule)
    for words in rule.words:
        yield from _check_words(rule, words)


def _of(rule: Rule, what: str, remedy: str) -> CorpusFault:
    return CorpusFault(RULES, rule.line, f"{rule.id}: {what}", remedy)


def _agrees(comparison: ComparingCondition) -> bool:
    """Whether the words that a rule names for its sign say that sign; unknown words say nothing against it."""
    said = next((sign for words, sign in _SETTLED.items() if words in comparison.by), comparison.sign)
    if "(含)" in comparison.by or "（含）" in comparison.by:
        return comparison.inclusive
    return said == comparison.sign


def _check_words(rule: Rule, words: str) -> Iterator[CorpusFault]:
    """Wording brings in no number of its own and asks for no figure that is not computed."""
    added = _added(words, rule.quote)
    if added:
        what = f"its wording brings in {added}, which its quote does not have"
        yield _of(rule, what, "leave the number to {bound} or {reading}")
    allowed = _FIGURES if words in rule.fixes.values() else _COMPUTED
    for name in _fields(words):
        if name not in allowed:
            yield _of(rule, f"nothing fills {{{name}}}", f"use one of {', '.join(sorted(allowed))}")


def _check_fixes(rule: Rule) -> Iterator[CorpusFault]:
    """A change is one that the condition can name, with the figures that it computes for it."""
    for name, words in rule.fixes.items():
        figures = rule.condition.figures.get(name)
        if figures is None:
            known = ", ".join(rule.condition.figures) or "none"
            yield _of(rule, f"its kind has no {name}", f"it has: {known}")
        elif not set(_fields(words)) & _FIGURES <= figures:
            yield _of(rule, f"{name} is filled with {', '.join(sorted(figures))} only", "use those")


def _fields(words: str) -> list[str]:
    """The names in braces; a stray brace is a name that nothing fills."""
    try:
        return [name for _, name, _, _ in Formatter().parse(words) if name is not None]
    except ValueError:
        return ["a stray brace"]


def _check_assumptions(book: RuleBook, clauses: Mapping[str, Clause]) -> Iterator[CorpusFault]:
    for item in book.assumptions:
        clause = clauses.get(item.clause_id)
        if item.clause_id and clause is None:
            yield CorpusFault(RULES, item.line, f"no leaf clause {item.clause_id}", "use an id of the tree")
            continue
        added = _added(item.text, clause.text if clause else "")
        if added and item.line:
            what = f"the assumption brings in {added}, which its clause does not have"
            yield CorpusFault(RULES, item.line, what, "name the clause that has it, or leave it out")


def _check_facts(book: RuleBook) -> Iterator[CorpusFault]:
    """A number that a fact carries, in its name or its wording, is one of a rule that reads it."""
    for kind in book.facts.values():
        rules = [rule for rule in book.rules if kind.name in rule.condition.reads]
        if not rules and kind.name != book.track_fact:
            yield CorpusFault(FACTS_FILE, kind.line, f"{kind.name}: no rule reads it", "take it out")
            continue
        quotes = " ".join(rule.quote for rule in rules)
        worded = (kind.label, kind.question, kind.yes, kind.no, kind.assumption, *kind.words)
        added = _added(" ".join(worded), quotes)
        if added:
            what = f"{kind.name}: its wording brings in {added}, which no quote of a rule that reads it has"
            yield CorpusFault(
                FACTS_FILE, kind.line, what, "leave the number out, or quote the words that have it"
            )
        known = {number.number for number in book.parameters(kind.name)}
        known |= {number - ROC_OFFSET for number in known}
        for digits in _DIGITS.findall(kind.name):
            if int(digits) not in known:
                what = f"{kind.name}: no rule that reads it has the number {digits}"
                yield CorpusFault(FACTS_FILE, kind.line, what, "a name carries no number of a clause")


def _check_questions(book: RuleBook) -> Iterator[CorpusFault]:
    """Conclusions and questions turned round bring in no number that their rules do not quote."""
    for subject in book.subjects.values():
        rules = [rule for rule in book.rules if rule.subject == subject.name]
        if not rules:
            yield CorpusFault(RULES, subject.line, f"{subject.name}: no rule is about it", "take it out")
        added = _added(" ".join(subject.conclusions.values()), " ".join(rule.quote for rule in rules))
        if added:
            what = f"{subject.name}: its conclusions bring in {added}, which no quote of its rules has"
            yield CorpusFault(RULES, subject.line, what, "leave the number out")
    for ask in book.asks.values():
        meant = [rule for rule in book.rules if rule.id == ask.rule or ask.unknown in rule.condition.reads]
        words = " ".join((ask.head, ask.zero, ask.none, ask.left, ask.since, ask.after, *ask.words))
        added = _added(words, " ".join(rule.quote for rule in meant))
        if added:
            what = f"{ask.name}: its wording brings in {added}, which no quote of its rules has"
            yield CorpusFault(RULES, ask.line, what, "leave the number out")
        unfilled = set(_fields(words)) - {"number", "most"}
        if unfilled:
            what = f"{ask.name}: nothing fills {{{unfilled.pop()}}}"
            yield CorpusFault(RULES, ask.line, what, "only {number} is computed")


def _added(words: str, quote: str) -> str:
    """The figures that some words have and a quote has not, listed; empty if there are none."""
    return "、".join(new_figures(_PLACEHOLDER.sub("", words), quote))
