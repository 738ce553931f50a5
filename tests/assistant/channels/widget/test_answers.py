"""Answers that people can check: whom to ask, parts, words as they are, copying."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from assistant.domain import Answer, Line, Outcome, Referral
from tests.assistant.channels.widget.conftest import CITED, Seen, Stage, Visit

pytestmark = pytest.mark.browser
QUESTION = "A類要幾家？"


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
