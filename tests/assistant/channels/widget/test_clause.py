"""A clause is opened in place, beside the answer that cites it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.assistant.channels.widget.conftest import CITED, Seen, Stage

pytestmark = pytest.mark.browser
QUESTION = "A類要幾家？"


def test_mark_opens_its_clause_in_place(seen: Seen, stage: Stage) -> None:
    """The button shows the entry with the quote marked, its edition and its page; again, it closes."""
    clause = stage.guideline.by_id[CITED]
    seen.ask(QUESTION)
    mark = seen.log.get_by_role("button", name=f"依據〔1〕：{clause.label}").first
    expect(mark).to_have_attribute("aria-expanded", "false")
    mark.click()

    card = seen.log.get_by_role("region", name=clause.label)
    expect(card.locator("mark")).to_have_text(clause.text)
    entry = stage.guideline.text[slice(*_span(stage))]
    assert card.get_by_role("region", name="條文原文").text_content() == entry
    expect(card).to_contain_text("版本 108")
    link = card.get_by_role("link", name="看條文頁")
    assert link.get_attribute("href") == f"{stage.api}/clauses/{CITED}"
    expect(mark).to_have_attribute("aria-expanded", "true")
    assert mark.get_attribute("aria-controls") == card.get_attribute("id")
    mark.click()
    expect(card).to_have_count(0)
    expect(mark).to_have_attribute("aria-expanded", "false")


def test_items_of_a_clause_have_lines(seen: Seen) -> None:
    """The entry's text is not one block: each labelled item begins a line."""
    seen.ask(QUESTION)
    seen.log.get_by_role("button", name=re.compile("依據〔1〕")).first.click()

    paragraphs = seen.log.get_by_role("region", name="條文原文").locator("p")
    expect(paragraphs.nth(5)).to_be_visible()
    lines = paragraphs.all_text_contents()
    assert any(line.startswith("3.三年內接受過") for line in lines)


def test_escape_closes_the_clause_first(seen: Seen) -> None:
    """From within a clause Escape closes it, and the focus returns to its mark; then the panel."""
    seen.ask(QUESTION)
    mark = seen.log.get_by_role("button", name=re.compile("依據〔1〕")).first
    mark.click()
    seen.log.get_by_role("link", name="看條文頁").focus()
    seen.page.keyboard.press("Escape")

    expect(seen.log.get_by_role("region")).to_have_count(0)
    expect(mark).to_be_focused()
    seen.page.keyboard.press("Escape")
    expect(seen.panel).to_be_hidden()
    expect(seen.launcher).to_be_focused()


def test_clause_that_cannot_be_fetched_is_quoted(seen: Seen, stage: Stage) -> None:
    """Without the server the words that came with the answer are shown."""
    seen.page.route("**/api/clauses/**", lambda route: route.abort())
    seen.ask(QUESTION)
    seen.log.get_by_role("button", name=re.compile("依據〔1〕")).first.click()

    expect(seen.log.locator("mark")).to_have_text(stage.guideline.by_id[CITED].text)
    expect(seen.log).to_contain_text("暫時讀不到整段原文")
    seen.complaints.clear()


def _span(stage: Stage) -> tuple[int, int]:
    root = stage.guideline.by_id["digital-cluster/7"]
    return root.start, root.end
