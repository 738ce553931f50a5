"""Answers that people can check: clauses in place, verdicts, whom to ask, copying, feedback."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from assistant.answer.cite import marked, text_of
from assistant.domain import Answer, Line, Outcome, Referral
from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.payload import facts_from_json
from assistant.eligibility.render import render
from assistant.records.tables import FeedbackRow
from assistant.verdict import Check, Verdict
from tests.assistant.channels.widget.conftest import CITED, Seen, Stage, Visit
from tests.fakes import FixedClock, cited_answer

pytestmark = pytest.mark.browser

QUESTION = "A類要幾家？"


@pytest.fixture
def seen(visit: Visit) -> Seen:
    """The panel, open."""
    seen = visit()
    seen.open()
    return seen


def ineligible(stage: Stage) -> Answer:
    """The real verdict on four coached firms of twelve, in an answer as the assistant writes it."""
    rules = stage.assistant.rules
    assert rules is not None
    facts = facts_from_json(rules, "A", {"members": 12, "coached_within_3y": 4})
    verdict = evaluate(rules, facts, FixedClock().today())
    cited = cited_answer(stage.guideline, *verdict.clause_ids)
    lines = marked(render(verdict))
    return replace(cited, text=text_of(lines), lines=lines, verdict=verdict)


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


def test_verdict_is_a_table(seen: Seen, stage: Stage) -> None:
    """Rule, figure, limit and result stand in a table, in words; nearest change and assumptions below."""
    stage.assistant.draft = ineligible(stage)
    verdict = stage.assistant.draft.verdict
    assert verdict is not None
    seen.ask(QUESTION)
    table = seen.log.get_by_role("table", name=re.compile("A類逐項檢核"))

    for check in verdict.checks:
        group = table.get_by_role("rowgroup").filter(has_text=check.title)
        result = {"met": "符合", "not_met": "不符合"}[check.result]
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


def test_silence_says_whom_to_ask(seen: Seen, stage: Stage) -> None:
    """On no_clause: that the guideline is silent, whom to ask, once, and the clauses nearby by name."""
    referral = Referral("請洽計畫辦公室", "補助金額", (CITED, "digital-cluster/2/註"))
    silence = Line("silence", "指引沒有說明「補助金額」，我不能替您猜。請洽計畫辦公室。")
    stage.assistant.draft = Answer(
        "", "", Outcome.NO_CLAUSE, silence.text, referral=referral, lines=(silence,)
    )
    seen.ask("補助多少？")

    turn = seen.turns.last
    expect(turn).to_contain_text("條文沒有規定")
    expect(turn.get_by_text("請洽計畫辦公室。", exact=True)).to_have_count(1)
    for clause in referral.nearby:
        link = turn.get_by_role("link", name=re.compile(f"^{stage.guideline.by_id[clause].label}"))
        assert (link.get_attribute("href") or "").startswith(f"{stage.api}/clauses/digital-cluster/")


def test_contact_link_of_the_page(visit: Visit, stage: Stage) -> None:
    """The page can name its help desk; an address that is not http(s) is left out."""
    draft = Answer("", "", Outcome.NO_CLAUSE, "沒有說明。", referral=Referral("請洽計畫辦公室", ""))
    stage.assistant.draft = draft
    for url, links in (("https://help.example.tw/", 1), ("javascript:alert(1)", 0)):
        stage.site.embed = (
            f'<script src="{{api}}/widget.js" defer data-programme="" data-contact-url="{url}"></script>'
        )
        seen = visit()
        seen.open()
        seen.ask("補助多少？")
        expect(seen.turns.last).to_contain_text("請洽計畫辦公室")
        expect(seen.turns.last.get_by_role("link", name="聯絡窗口")).to_have_count(links)


def test_several_questions_are_answered_in_parts(seen: Seen, stage: Stage) -> None:
    """Each question opens a part of its own on the screen; what cites clauses is a list, silence a paragraph."""
    lines = (
        Line("heading", "1. 可以轉包嗎？"),
        Line("silence", "指引沒有說明。"),
        Line("heading", "2. 誰簡報？"),
        Line("said", "提案單位", marks=(1,)),
        Line("said", "領導企業", marks=(1,)),
    )
    stage.assistant.draft = replace(stage.assistant.draft, lines=lines)
    seen.ask(QUESTION)

    blocks = seen.turns.last.locator(".block.part")
    expect(blocks).to_have_count(2)
    expect(blocks.nth(0).locator("p")).to_have_text(["1. 可以轉包嗎？", "指引沒有說明。"])
    expect(blocks.nth(1).get_by_role("listitem")).to_have_count(2)


def test_text_is_text(seen: Seen, stage: Stage) -> None:
    """Markup in an answer, a question or a citation is shown, never run; strange links are left out."""
    attack = '<img src=x onerror="document.title=1"><b>粗</b>〔1〕〔9〕'
    citation = replace(
        stage.assistant.draft.citations[0], label=attack, quote=attack, url="javascript:alert(1)"
    )
    stage.assistant.draft = replace(
        stage.assistant.draft,
        lines=(Line("said", attack, marks=(1, 9)),),
        citations=(citation,),
        followups=(attack,),
    )
    seen.ask(attack)
    expect(seen.turns.last).to_contain_text("依據的條文")
    seen.turns.last.locator(".mark").first.click()
    expect(seen.log.locator("section")).to_contain_text("<b>粗</b>")

    assert seen.log.locator("img, b:has-text('粗')").count() == 0
    assert seen.page.title() == "某縣的計畫網頁"
    assert seen.log.locator("a[href^='javascript']").count() == 0
    assert seen.turns.last.locator(".block .mark").count() == 1


def test_disclosure_is_made_once(seen: Seen) -> None:
    """That this is an automated assistant is said at the beginning, and not again."""
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("依據的條文")
    seen.ask("第二題")
    expect(seen.turns).to_have_count(2)

    assert (seen.panel.text_content() or "").count("自動回答的程式") == 1


def test_copy_takes_the_sources_along(seen: Seen, stage: Stage) -> None:
    """What is copied is the answer, and each source with its words, edition and address."""
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.ask(QUESTION)
    seen.log.get_by_role("button", name="複製回答與出處").click()
    expect(seen.log.get_by_role("button", name="已複製")).to_be_visible()

    text = seen.page.evaluate("navigator.clipboard.readText()")
    clause = stage.guideline.by_id[CITED]
    assert text.startswith(f"・{clause.plain}〔1〕")
    assert f"〔1〕{clause.label}（版本 108）：「{clause.text}」\n{stage.api}/clauses/{CITED}" in text


def test_copying_without_a_clipboard(visit: Visit) -> None:
    """On a page without TLS, which has no clipboard, it is copied by a selection; the focus stays."""
    seen = visit(before=lambda page: page.add_init_script("delete Navigator.prototype.clipboard"))
    seen.open()
    seen.ask(QUESTION)
    copy = seen.log.get_by_role("button", name="複製回答與出處")
    copy.click()

    expect(seen.log.get_by_role("button", name="已複製")).to_be_focused()
    assert seen.page.locator("body > textarea").count() == 0


def test_helpful(seen: Seen, stage: Stage) -> None:
    """One press is kept on the server, and is seen to be pressed, after a reload as well."""
    seen.ask(QUESTION)
    helpful = seen.log.get_by_role("button", name="有幫助", exact=True)
    helpful.click()

    expect(seen.log).to_contain_text("謝謝您的回饋")
    expect(helpful).to_have_attribute("aria-pressed", "true")
    assert told(stage) == [(True, None, None)]
    seen.page.reload()
    expect(helpful).to_have_attribute("aria-pressed", "true")


def test_unhelpful_with_a_reason(seen: Seen, stage: Stage) -> None:
    """沒有幫助 is kept at once; the reason and the comment follow."""
    seen.ask(QUESTION)
    seen.log.get_by_role("button", name="沒有幫助").click()
    expect(seen.log.get_by_role("radio").first).to_be_focused()
    assert told(stage) == [(False, None, None)]
    seen.log.get_by_label("條文引用不對").check()
    seen.log.get_by_label(re.compile("補充說明")).fill("應該是第3點")
    seen.log.get_by_role("button", name="送出回饋").click()

    expect(seen.log).to_contain_text("謝謝您的回饋")
    assert told(stage) == [(False, "條文引用不對", "應該是第3點")]


def test_feedback_that_fails_says_so(seen: Seen, stage: Stage) -> None:
    """An answer that the server no longer has: its words are shown, nothing looks pressed."""
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("依據的條文")
    stage.service.conversations.forget(seen.asked[0]["session_id"])
    helpful = seen.log.get_by_role("button", name="有幫助", exact=True)
    helpful.click()

    expect(seen.log).to_contain_text("找不到這則回答")
    expect(helpful).to_have_attribute("aria-pressed", "false")
    seen.complaints.clear()


def told(stage: Stage) -> list[tuple[object, ...]]:
    """What the records hold of feedback."""
    with stage.service.database.reading() as session:
        rows = session.execute(select(FeedbackRow.helpful, FeedbackRow.reason, FeedbackRow.comment)).all()
        return [tuple(row) for row in rows]


def _span(stage: Stage) -> tuple[int, int]:
    root = stage.guideline.by_id["digital-cluster/7"]
    return root.start, root.end
