"""A verdict is a table, and its clauses open below it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from assistant.answer.cite import marked, text_of
from assistant.domain import Answer
from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.payload import facts_from_json
from assistant.eligibility.render import render
from assistant.verdict import Check, Verdict
from tests.assistant.channels.widget.conftest import CITED, Seen, Stage
from tests.fakes import FixedClock, cited_answer

pytestmark = pytest.mark.browser
QUESTION = "A類要幾家？"


def ineligible(stage: Stage) -> Answer:
    """The real verdict on four coached firms of twelve, in an answer as the assistant writes it."""
    rules = stage.assistant.rules
    assert rules is not None
    facts = facts_from_json(rules, "A", {"members": 12, "coached_within_3y": 4})
    verdict = evaluate(rules, facts, FixedClock().today())
    cited = cited_answer(stage.guideline, *verdict.clause_ids)
    lines = marked(render(verdict))
    return replace(cited, text=text_of(lines), lines=lines, verdict=verdict)


def test_verdict_is_a_table(seen: Seen, stage: Stage) -> None:
    """Rule, figure, limit and result stand in a table, in words; nearest change and assumptions below."""
    stage.assistant.draft = ineligible(stage)
    verdict = stage.assistant.draft.verdict
    assert verdict is not None
    seen.ask(QUESTION)
    table = seen.log.get_by_role("table", name=re.compile("A類逐項檢核"))

    for check in verdict.checks:
        group = table.get_by_role("rowgroup").filter(has_text=check.title)
        result = {"met": "符合", "not_met": "不符合", "assumed": "以此為前提"}[check.result]
        expect(group.get_by_role("cell")).to_have_text([check.reading, check.limit, result])
        expect(group.get_by_role("button", name="依據")).to_have_count(1)
        expect(group.locator("svg")).to_have_count(1)
    for words in (*verdict.nearest, *verdict.assumptions):
        expect(seen.turns.last.get_by_text(words, exact=True)).to_have_count(1)
    text = seen.turns.last.text_content() or ""
    assert text.count("4 ÷ 12 = 33.3%") == 1
    assert "以您提供的資料計算，不符合A類的申請條件。" in text


def test_clause_opens_below_the_table(seen: Seen, stage: Stage) -> None:
    """From the table, too, a clause opens in place, outside of it."""
    stage.assistant.draft = ineligible(stage)
    seen.ask(QUESTION)
    seen.log.get_by_role("table").get_by_role("button", name=re.compile("依據〔3〕")).click()

    expect(seen.log.locator("mark")).to_have_text(stage.guideline.by_id[CITED].text)
    expect(seen.log.get_by_role("table").locator("mark")).to_have_count(0)


def test_verdict_without_titles(seen: Seen, stage: Stage) -> None:
    """A rule without a title is named by its id; a figure that nobody told is said to be missing."""
    check = Check("a-members", "unknown", "", "≥ 8 家", CITED)
    stage.assistant.draft = replace(stage.assistant.draft, verdict=Verdict("unknown", "A類", checks=(check,)))
    seen.ask(QUESTION)

    expect(seen.log.get_by_role("table")).to_contain_text("a-members")
    expect(seen.log.get_by_role("table")).to_contain_text("未提供")
