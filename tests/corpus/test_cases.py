"""Every worked case of every programme comes out as its file says."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.payload import facts_from_json
from assistant.eligibility.render import render, render_solution
from assistant.eligibility.rule_file import load_rules
from assistant.eligibility.rules import RuleBook
from assistant.eligibility.solve import solve
from assistant.verdict import Verdict

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("corpus/*/cases.toml"), *ROOT.glob("tests/programmes/*/cases.toml")])
KEYS = {"name", "facts", "decision", "clauses", "reading", "missing", "nearest", "conflict", "asks", "answer"}


def _read(path: Path) -> tuple[date, list[dict[str, Any]]]:
    data = tomllib.loads(path.read_text(encoding="utf8"))
    return data["today"], data["case"]


CASES = [
    pytest.param(load_rules(path.parent), _read(path)[0], case, id=f"{path.parent.name}-{n}")
    for path in FILES
    for n, case in enumerate(_read(path)[1], 1)
]


@pytest.mark.parametrize(("book", "today", "case"), CASES)
def test_case(book: RuleBook, today: date, case: dict[str, Any]) -> None:
    """A case's facts give its verdict, or its answer, on its clauses."""
    assert case.keys() <= KEYS, case["name"]
    facts = facts_from_json(book, None, case["facts"])
    if "asks" in case:
        solution = solve(book, case["asks"], facts, today)

        assert case.get("answer") == (solution.day or solution.number), case["name"]
        assert solution.clause_ids == tuple(f"{book.programme}/{clause}" for clause in case["clauses"])
        assert set(solution.clause_ids) == {i for line in render_solution(solution) for i in line.clause_ids}
        return
    verdict = evaluate(book, facts, today)

    assert case["decision"] == verdict.decision, case["name"]
    assert [f"{book.programme}/{clause}" for clause in case["clauses"]] == _clauses(verdict), case["name"]
    assert bool(verdict.contradictions) is case.get("conflict", False)
    assert render(verdict)
    if "reading" in case:
        on_clause = [
            c.reading for c in _decisive(verdict) if c.clause_id == f"{book.programme}/{case['clauses'][0]}"
        ]
        assert case["reading"] == on_clause[0]
    if "nearest" in case:
        assert tuple(case["nearest"]) == verdict.nearest
    if "missing" in case:
        assert case["missing"] == verdict.missing[0].fact


def _decisive(verdict: Verdict) -> list[Any]:
    decisive = {"eligible": {"met", "assumed"}, "ineligible": {"not_met"}, "unknown": {"unknown"}}
    return [check for check in verdict.checks if check.result in decisive[verdict.decision]]


def _clauses(verdict: Verdict) -> list[str]:
    return list(dict.fromkeys(check.clause_id for check in _decisive(verdict)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_names_are_unique(path: Path) -> None:
    """No two cases of a file have the same name or the same question."""
    cases = _read(path)[1]
    assert len({case["name"] for case in cases}) == len(cases)
    assert len({(str(case["facts"]), case.get("asks")) for case in cases}) == len(cases)


def test_every_rule_has_a_case() -> None:
    """Each clause that a shipped rule stands on is in some case, and there are at least 60 cases."""
    folder = ROOT / "corpus" / "digital-cluster"
    cases = _read(folder / "cases.toml")[1]
    cited = {f"{folder.name}/{clause}" for case in cases for clause in case["clauses"]}

    assert {rule.clause_id for rule in load_rules(folder).rules} <= cited
    assert len(cases) >= 60
