"""Law 6: rules and text cannot drift apart."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.domain import Clause
from ingest.guideline import load_guideline
from ingest.rules import check_rules

CORPUS = Path(__file__).parents[2] / "corpus" / "digital-cluster"
RULES = (CORPUS / "rules.toml").read_text(encoding="utf8")
FACTS = (CORPUS / "facts.toml").read_text(encoding="utf8")


@pytest.fixture(scope="module")
def clauses() -> Mapping[str, Clause]:
    """The clause tree of digital-cluster."""
    return load_guideline(CORPUS).by_id


def _faults(
    tmp_path: Path, text: str, clauses: Mapping[str, Clause], facts: str = FACTS
) -> list[tuple[int, str]]:
    folder = tmp_path / "digital-cluster"
    folder.mkdir()
    (folder / "rules.toml").write_text(text, encoding="utf8")
    (folder / "facts.toml").write_text(facts, encoding="utf8")
    return [(fault.line, fault.what) for fault in check_rules(folder, clauses)]


def _line(words: str) -> int:
    return next(n for n, line in enumerate(RULES.splitlines(), 1) if words in line)


def test_the_rules_hold(clauses: Mapping[str, Clause]) -> None:
    """The rules of digital-cluster stand in its text."""
    assert list(check_rules(CORPUS, clauses)) == []


def test_a_programme_without_rules(tmp_path: Path) -> None:
    """A folder need not have rules."""
    assert list(check_rules(tmp_path, {})) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('clause = "7/A/3"', 'clause = "7/A/9"', "a-coached-share: no leaf clause digital-cluster/7/A/9"),
        ('clause = "7/A/3"', 'clause = "7/A"', "a-coached-share: no leaf clause digital-cluster/7/A"),
        ("不得超過群聚企業總數30%", "不能超過群聚企業總數30%", "a-coached-share: the quote is not verbatim"),
        (
            'quote = "至少(含)10家中小企業"',
            'quote = "至少(含)9家中小企業"',
            "b-members: the quote is not verbatim",
        ),
        ('limit = "10家"', 'limit = "9家"', 'b-members: its number "9家" is not in its quote'),
        ('limit = "30%"', 'limit = "31%"', 'a-coached-share: its number "31%" is not in its quote'),
        ('limit = "30%"', 'limit = "0%"', 'a-coached-share: its number "0%" is not in its quote'),
        ('windows = ["三年內"]', 'windows = ["五年內"]', 'a-coached-share: its number "五年內" is not'),
        ('year = "108年度"', 'year = "109年度"', 'b-first-year: its number "109年度" is not in its quote'),
        ('period = "一年之內"', 'period = "二年之內"', 'ban: its number "二年之內" is not in its quote'),
        ('windows = ["3年內", "5年內"]', 'windows = ["3年內", "6年內"]', 'b-newcomers: its number "6年內"'),
        ('by = "不得超過"', 'by = "未滿"', 'a-coached-share: "未滿" is not in its quote'),
        ('sign = ">="', 'sign = ">"', 'cluster-members: sign = ">", but "至少(含)" says'),
        ('sign = "<="', 'sign = "<"', 'a-coached-share: sign = "<", but "不得超過" says'),
        ("fix_whole =", "fix_more =", "a-coached-share: its kind has no fix_more"),
        (
            "改為至多 {most} 家曾受輔導",
            "改為至多 {few} 家曾受輔導",
            "a-coached-share: fix_part is filled with most",
        ),
        (
            "改為至多 {most} 家曾受輔導",
            "改為至多 {most 家曾受輔導",
            "a-coached-share: nothing fills {a stray",
        ),
        ("改為至多 {most} 家曾受輔導", "改為至多 {} 家曾受輔導", "a-coached-share: nothing fills {}"),
        ('"計畫主持人", "其他', '"主持人們", "其他', 'presenter-diffusion: "主持人們" is not in its quote'),
        ('title = "成員家數"', 'title = "12家"', "cluster-members: its wording brings in 12"),
        ("還在一年之內", "還在兩年之內", "ban: its wording brings in 兩"),
        ("{most} 家曾受輔導", "3 家曾受輔導", "a-coached-share: its wording brings in 3"),
        ("{most} 家曾受輔導", "{max} 家曾受輔導", "a-coached-share: nothing fills {max}"),
    ],
)
def test_drift(tmp_path: Path, clauses: Mapping[str, Clause], old: str, new: str, what: str) -> None:
    """One word changed, and the build fails with the rule's line."""
    changed = RULES.replace(old, new, 1)
    assert changed != RULES
    line, found = _faults(tmp_path, changed, clauses)[0]

    assert found.startswith(what)
    rule = what.split(":", maxsplit=1)[0]
    assert line == _line(f'id = "{rule}"') - 1


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("最多可以更換 {number} 家", "最多可以更換 3 家", "max_replaced: its wording brings in 3"),
        ("不受一年之內不得", "不受兩年之內不得", "停權: its conclusions bring in 兩"),
        ("最多可以更換 {number}", "最多可以更換 {least}", "max_replaced: nothing fills {least}"),
    ],
)
def test_drift_of_conclusions_and_questions(
    tmp_path: Path, clauses: Mapping[str, Clause], old: str, new: str, what: str
) -> None:
    """A conclusion or a question turned round brings in no number and asks for no figure."""
    faults = _faults(tmp_path, RULES.replace(old, new, 1), clauses)

    assert any(what in found for _, found in faults)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("其中幾家三年內接受過", "其中幾家五年內接受過", "coached_within_3y: its wording brings in 五"),
        ("三年內受輔導的家數", "四年內受輔導的家數", "coached_within_3y: its wording brings in 四"),
        (
            "coached_within_3y",
            "coached_within_5y",
            "coached_within_5y: no rule that reads it has the number 5",
        ),
        ('yes = "108年度', 'yes = "107年度', "first_joined_that_year: its wording brings in 107"),
    ],
)
def test_drift_of_facts(tmp_path: Path, clauses: Mapping[str, Clause], old: str, new: str, what: str) -> None:
    """A number that a fact carries, in its name or its wording, is one of a rule that reads it."""
    rules = RULES.replace(old, new) if old in RULES and "_" in old else RULES
    faults = _faults(tmp_path, rules, clauses, FACTS.replace(old, new))

    assert any(found.startswith(what) for _, found in faults)


def test_a_fact_that_nothing_reads(tmp_path: Path, clauses: Mapping[str, Clause]) -> None:
    """What decides nothing is not asked for."""
    idle = '\n[[fact]]\nname = "idle"\nlabel = "閒"\ntype = "yes_no"\nquestion = "閒嗎？"\n'

    assert [what for _, what in _faults(tmp_path, RULES, clauses, FACTS + idle)] == ["idle: no rule reads it"]


def test_the_text_changes(tmp_path: Path) -> None:
    """A new edition of the text with another number fails the same rules."""
    from dataclasses import replace

    tree = load_guideline(CORPUS).by_id
    third = "digital-cluster/7/A/3"
    newer = {**tree, third: replace(tree[third], text=tree[third].text.replace("30%", "40%"))}

    assert [what for _, what in _faults(tmp_path, RULES, newer)] == [
        f"a-coached-share: the quote is not verbatim in {third}"
    ]


def test_assumptions(tmp_path: Path, clauses: Mapping[str, Clause]) -> None:
    """A number in an assumption stands in the clause that it names."""
    bare = _faults(tmp_path, '[[assumption]]\ntext = "8家以上"\n', clauses)

    assert bare[0] == (1, "the assumption brings in 8家, which its clause does not have")


def test_unreadable(tmp_path: Path, clauses: Mapping[str, Clause]) -> None:
    """What the reader refuses becomes a fault with its line; so does a file that is not UTF-8."""
    assert _faults(tmp_path, "[[rule]]\n", clauses)[0] == (1, "id: missing")
    (tmp_path / "digital-cluster" / "rules.toml").write_bytes(b"\xff")
    assert "not UTF-8" in next(check_rules(tmp_path / "digital-cluster", clauses)).what
