"""Answers become a letter, its clauses at the end, its marks numbered through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.channels.desk.citations import numbered, renumbered, used_in
from assistant.channels.desk.confidence import trust_in
from assistant.channels.desk.difference import changes, diff_lines, share_changed, share_lost
from assistant.channels.desk.reply import block, body_of, draft, filled, final_text, unknown_variables
from assistant.domain import Answer, Guideline, Line, Outcome, Referral
from assistant.records.inquiry import InquiryQuestion
from tests.work import exponent, lines_run

ONE = {"n": 1, "clause_id": "a/1", "quote": "至少8家", "label": "家數"}
TWO = {"n": 2, "clause_id": "a/2", "quote": "不得超過30%", "label": "比例"}


def asked(
    outcome: str = "answered", confidence: int = 95, question: str = "要幾家？", **answer: object
) -> InquiryQuestion:
    """A question with an answer."""
    told = {"outcome": outcome, "citations": [], "text": "", **answer}
    return InquiryQuestion(
        position=1,
        question=question,
        hint="",
        answer_id="id",
        outcome=outcome,
        confidence=confidence,
        clauses=[],
        answer=told,
        block="",
        corpus_hash="hash",
    )


def test_a_clause_keeps_its_number() -> None:
    """Clauses of later answers get the next numbers, the same clause the one that it has."""
    known, first = numbered([], [ONE, TWO])
    again, second = numbered(
        known, [{**TWO, "n": 1}, {"n": 2, "clause_id": "a/3", "quote": "x", "label": "y"}]
    )
    assert [citation["n"] for citation in again] == [1, 2, 3]
    assert (first, second) == ({1: 1, 2: 2}, {1: 2, 2: 3})
    assert renumbered("甲〔1〕乙〔2〕丙〔9〕", second) == "甲〔2〕乙〔3〕丙〔9〕"
    assert used_in("〔2〕", again) == [again[1]]


def test_the_body_of_an_answer() -> None:
    """What an answer says with its marks, without the clauses; silence with whom to ask; else a place to fill in."""
    said = Answer("", "", Outcome.ANSWERED, "", lines=(Line("said", "至少8家。", ("a/1",), (1,)),))
    silent = Answer("", "", Outcome.NO_CLAUSE, "x", referral=Referral("請洽計畫辦公室", "經費"))

    assert body_of(said) == "至少8家。〔1〕"
    assert body_of(silent) == "這一點，指引條文沒有規定。請洽計畫辦公室。"
    assert body_of(replace(silent, referral=None)) == "這一點，指引條文沒有規定。"
    assert body_of(Answer("", "", Outcome.REFUSED, "x")).startswith("【待填")


def test_the_letter(guideline: Guideline) -> None:
    """Salutation, a part for each question, closing; then the clauses that are cited, verbatim, and the signature."""
    text = draft(
        "王小姐",
        [block(1, 2, "要幾家？", "至少8家。〔1〕"), block(2, 2, "比例？", "三成。")],
        guideline.source,
    )
    assert text.startswith("王小姐您好：")
    assert draft("", ["x"], guideline.source).startswith("您好：")
    assert "一、您問：「要幾家？」\n至少8家。〔1〕" in text
    assert "二、您問：「比例？」" in text
    assert block(1, 1, "要幾家？", "至少8家。") == "至少8家。"
    assert block(12, 20, "x", "y").startswith("十二、")
    assert block(20, 20, "x", "y").startswith("二十、")
    final = final_text(text, [ONE, TWO], guideline, "署名")
    assert final.endswith("署名")
    assert "〔1〕家數：「至少8家」" in final
    assert "〔2〕" not in final


def test_variables() -> None:
    """Known variables are filled in once; unknown ones are named and stay."""
    values = {"稱謂": "{承辦人}", "案號": "A-1", "承辦人": "Amy"}
    assert filled("{稱謂}、{案號}、{承辦人}、{沒有}", values) == "{承辦人}、A-1、Amy、{沒有}"
    assert unknown_variables("{稱謂}{沒有}{沒有}") == ["沒有"]


@pytest.mark.parametrize(
    ("one", "level", "words"),
    [
        (asked(), "sure", ""),
        (asked(confidence=80), "check", "問法和條文相近"),
        (asked(confidence=50), "weak", "問法和條文相近"),
        (
            asked("no_clause", referral={"nearby": ["digital-cluster/7/A/3"]}),
            "weak",
            "最接近的是「曾受輔導群聚再申請",
        ),
        (asked("no_clause", referral=None), "weak", "沒有相近的條文"),
        (asked("out_of_scope"), "weak", "不是指引談的事"),
        (asked("refused"), "weak", "讀不懂"),
        (asked("needs_info", verdict={"missing": [{"question": "全部幾家？"}]}), "check", "全部幾家？"),
        (asked(verdict={"contradictions": ["4 家多於 3 家"]}), "check", "互相矛盾：4 家多於 3 家"),
        (asked(verdict={"unread": ["5家"]}), "check", "沒讀懂的地方，所以沒有判斷：5家"),
        (asked(verdict={"assumptions": ["皆依法登記"]}), "check", "皆依法登記"),
        (asked(question="113年度要幾家？"), "check", "問的是 113 年度，引用的是 108 年度"),
        (asked(question="2024年度要幾家？"), "check", "問的是 113 年度"),
        (asked(question="108年度要幾家？"), "sure", ""),
        (asked(question="〔手機〕可以嗎？"), "check", "手機"),
    ],
)
def test_why_an_answer_is_weak(guideline: Guideline, one: InquiryQuestion, level: str, words: str) -> None:
    """Each weakness has its reason in words; without one an answer is sure."""
    trust = trust_in(one, guideline)
    assert trust.level == level
    assert words in "".join(trust.reasons)
    assert bool(trust.reasons) is bool(words)


def test_differences() -> None:
    """What went out and came in is told in order, and how much it is; the same text differs by nothing."""
    pieces = changes("甲，乙。丙", "甲，丁。丙")
    assert [(change.kind, change.text) for change in pieces] == [
        ("same", "甲，"), ("out", "乙。"), ("in", "丁。"), ("same", "丙")
    ]  # fmt: skip
    assert share_changed("甲，乙。", "甲，乙。") == 0
    assert share_changed("", "") == 0
    assert share_changed("甲", "乙") == 100
    assert (share_lost("甲，乙。", "甲，丙"), share_lost("甲，乙。", "甲，乙。丙")) == (50, 0)
    assert diff_lines("甲\n乙", "甲\n丙").endswith("-乙\n+丙")


def test_texts_of_one_phrase_are_compared_in_linear_time() -> None:
    """Comparing two texts that repeat a phrase takes as many times the work as they are longer."""

    def work(times: int) -> int:
        return lines_run(lambda: share_changed("家，" * times, "廠，" + "家，" * times))

    assert exponent(work, 250) < 1.2
