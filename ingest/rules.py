"""
Rules held against the text: law 6, rules and text cannot drift.

A rule's clause exists, its quote is verbatim in that clause, and every number
of the rule, as a parameter or in its wording, stands in the quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from assistant.domain import Clause
from assistant.eligibility.quoted import NUMERALS
from assistant.eligibility.rules import RULES, Rule, RuleBook, RulesError, load_rules
from assistant.figures import numbers_of
from ingest.faults import Fault

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
# Words that settle whether exactly the limit passes; a rule cannot say the opposite.
_SETTLED: Final = {
    "(含)": True,
    "至少": True,
    "不得超過": True,
    "以上": True,
    "以下": True,
    "未滿": False,
    "不到": False,
}
_COMPUTED: Final = frozenset({"reading", "limit", "bound", "edge", "margin"})
_FIGURES: Final = frozenset({"most", "more", "total", "few"})


def check_rules(folder: Path, clauses: Mapping[str, Clause]) -> Iterator[Fault]:
    """The faults of a folder's rules.toml in the order of the file; none if it has no such file."""
    if not (folder / RULES).exists():
        return
    try:
        book = load_rules(folder)
    except RulesError as error:
        for line, what in error.faults:
            yield Fault(RULES, line, what, "see the head of the file for its keys")
        return
    except UnicodeDecodeError as error:
        yield Fault(RULES, 0, f"not UTF-8 at byte {error.start}", "save the file as UTF-8 and build again")
        return
    for rule in book.rules:
        yield from _check_rule(rule, clauses)
    yield from _check_assumptions(book, clauses)


def _check_rule(rule: Rule, clauses: Mapping[str, Clause]) -> Iterator[Fault]:
    clause = clauses.get(rule.clause_id)
    if clause is None or not clause.is_leaf:
        yield Fault(RULES, rule.line, f"{rule.id}: no leaf clause {rule.clause_id}", "use an id of the tree")
        return
    if not rule.quote or rule.quote not in clause.text:
        what = f"{rule.id}: the quote is not verbatim in {rule.clause_id}"
        yield Fault(RULES, rule.line, what, f"quote from: {clause.text}")
    for parameter in rule.condition.parameters:
        if not parameter.stands_in(rule.quote):
            what = f'{rule.id}: its number "{parameter.words}" is not in its quote'
            yield Fault(
                RULES, rule.line, what, "write the number as the quote does, or quote the words that have it"
            )
    for phrase in rule.condition.phrases:
        if phrase not in rule.quote:
            what = f'{rule.id}: "{phrase}" is not in its quote'
            yield Fault(RULES, rule.line, what, "use the clause's own words")
    inclusive, by = getattr(rule.condition, "inclusive", None), getattr(rule.condition, "inclusive_by", "")
    if inclusive is not None and _SETTLED.get(by, inclusive) is not inclusive:
        what = f'{rule.id}: inclusive = {str(inclusive).lower()}, but "{by}" says the opposite'
        yield Fault(RULES, rule.line, what, "let inclusive follow the clause")
    if rule.start is not None and rule.end is not None and rule.end < rule.start:
        yield Fault(RULES, rule.line, f"{rule.id}: ends before it starts", "mend from or to")
    for words in rule.words:
        yield from _check_words(rule, words)


def _check_words(rule: Rule, words: str) -> Iterator[Fault]:
    """Wording brings in no number of its own and asks for no figure that is not computed."""
    added = sorted(
        number for number in numbers_of(_PLACEHOLDER.sub("", words)) if not _stands_in(number, rule.quote)
    )
    if added:
        what = f"{rule.id}: its wording brings in {'、'.join(added)}, which its quote does not have"
        yield Fault(RULES, rule.line, what, "leave the number to {bound} or {reading}")
    allowed = _FIGURES if words in rule.fixes.values() else _COMPUTED
    for name in _PLACEHOLDER.findall(words):
        if name not in allowed:
            what = f"{rule.id}: nothing fills {{{name}}}"
            yield Fault(RULES, rule.line, what, f"use one of {', '.join(sorted(allowed))}")


def _check_assumptions(book: RuleBook, clauses: Mapping[str, Clause]) -> Iterator[Fault]:
    for item in book.assumptions:
        clause = clauses.get(item.clause_id)
        if item.clause_id and clause is None:
            yield Fault(RULES, item.line, f"no leaf clause {item.clause_id}", "use an id of the tree")
            continue
        text = clause.text if clause else ""
        added = sorted(number for number in numbers_of(item.text) if not _stands_in(number, text))
        if added:
            what = f"the assumption brings in {'、'.join(added)}, which its clause does not have"
            yield Fault(RULES, item.line, what, "name the clause that has it, or leave it out")


def _stands_in(number: str, text: str) -> bool:
    """True if the text has the number, and not as a part of a longer one."""
    return re.search(rf"(?<![{NUMERALS}.]){re.escape(number)}(?![{NUMERALS}.])", text) is not None
