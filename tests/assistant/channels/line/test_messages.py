"""An Answer becomes messages that LINE takes: text first, clauses verbatim, nothing that comes later."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.line import wording
from assistant.channels.line.messages import messages_of, notice
from assistant.domain import Answer, Citation, Guideline, Line, Outcome
from assistant.verdict import Check, Verdict
from tests.assistant.channels.line.answers import CLAUSES, faults, silent, verdict
from tests.assistant.channels.line.line_limits import units
from tests.fakes import cited_answer

PUBLIC = "https://bot.example.gov.tw/faq"


def words_of(part: object) -> list[str]:
    """Every text component of a Flex message, in order."""
    if isinstance(part, dict):
        own = [part["text"]] if part.get("type") == "text" else []
        return own + [text for value in part.values() for text in words_of(value)]
    return [text for value in part for text in words_of(value)] if isinstance(part, list) else []


def test_text_first_then_the_clauses(answer: Answer) -> None:
    """The text has the marks but not the quotes; each clause has a bubble with label, quote, edition and link."""
    text, flex = messages_of(answer, PUBLIC, in_chat=True)

    assert faults([text, flex]) == []
    assert "依據" not in text["text"]
    assert all(f"〔{citation.n}〕" in text["text"] for citation in answer.citations)
    bubbles = flex["contents"]["contents"]
    for bubble, citation in zip(bubbles, answer.citations, strict=True):
        assert words_of(bubble) == [
            f"〔{citation.n}〕{citation.label}",
            f"「{citation.quote}」",
            f"條文原文，版本 {citation.edition}",
        ]
    assert (
        bubbles[2]["body"]["contents"][-1]["action"]["uri"] == f"{PUBLIC}/clauses/digital-cluster/2/%E8%A8%BB"
    )


def test_one_clause_is_one_bubble(guideline: Guideline) -> None:
    """A single clause needs no carousel."""
    flex = messages_of(cited_answer(guideline, CLAUSES[0]), None, in_chat=True)[-1]

    assert flex["contents"]["type"] == "bubble"


def test_without_an_address_there_are_no_links(answer: Answer) -> None:
    """Where nobody said how people reach the server, no link is made up."""
    assert '"uri"' not in json.dumps(messages_of(answer, None, in_chat=True))


def test_a_verdict_is_rows(guideline: Guideline) -> None:
    """Each check is a row with its result in words, its reading and its clause's mark, before the clauses."""
    answer = replace(cited_answer(guideline, *CLAUSES[:2]), verdict=verdict())
    _, flex = messages_of(answer, PUBLIC, in_chat=True)
    rows = words_of(flex["contents"]["contents"][0])

    assert faults([flex]) == []
    assert rows == [
        "A類：不符合申請條件",
        "不符合",
        "三年內受輔導的比例〔1〕",
        "4 ÷ 12 = 33.3%，不得超過 30%",
        "待確認",
        "成員家數〔2〕",
        "至少要 8 家",
        "還缺：群聚全部有幾家企業？",
    ]
    assert flex["altText"].startswith("A類：不符合申請條件。依據條文：〔1〕")


def test_an_answer_without_clauses_is_text_only() -> None:
    """What cites nothing has no bubble; a way on hangs on the text."""
    (message,) = messages_of(silent(), PUBLIC, in_chat=True)

    assert faults([message]) == []
    assert message["text"] == silent().text
    assert [item["action"]["text"] for item in message["quickReply"]["items"]] == [wording.HELP]


def test_several_parts_keep_their_lines(answer: Answer) -> None:
    """An answer to several questions keeps its numbered parts, a gap between them."""
    lines = (
        Line("heading", "1. 案子可以轉包嗎？"),
        Line("said", "不行。", CLAUSES[:1], (1,)),
        Line("heading", "2. 要幾家？"),
        Line("said", "八家。", CLAUSES[1:2], (2,)),
    )
    message = messages_of(replace(answer, lines=lines), None, in_chat=True)[0]

    assert message["text"] == "1. 案子可以轉包嗎？\n・不行。〔1〕\n\n2. 要幾家？\n・八家。〔2〕"


def test_a_long_text_is_cut_and_says_so(answer: Answer) -> None:
    """A text beyond 5,000 UTF-16 units ends behind a sentence with a word on it."""
    (text, *_) = messages_of(
        replace(answer, lines=(Line("said", "這是一句話，而且有點長😀。" * 800),)), None, in_chat=True
    )

    assert units(text["text"]) <= 5000
    assert text["text"].endswith("。" + wording.TEXT_CUT)


@pytest.mark.parametrize("number", [12, 13, 30, 100, 400])
def test_any_number_of_clauses_fits(guideline: Guideline, number: int) -> None:
    """More clauses than bubbles share bubbles; what fits nowhere is counted, never silently left out."""
    one = cited_answer(guideline, CLAUSES[0]).citations[0]
    citations = tuple(replace(one, n=n) for n in range(1, number + 1))
    messages = messages_of(replace(silent(), citations=citations, verdict=verdict()), PUBLIC, in_chat=True)
    shown = json.dumps(messages[-1], ensure_ascii=False)

    assert faults(messages) == []
    assert all(f"〔{n}〕" in shown for n in range(1, number + 1)) or "條依據沒有列出" in shown
    assert ("條依據沒有列出" in shown) is (number >= 100)


def test_a_very_long_clause_is_cut_visibly(answer: Answer) -> None:
    """A quote that no bubble holds is cut behind a sentence, and says that it is cut."""
    long = replace(answer.citations[0], quote="條文的一句話。" * 3000)
    messages = messages_of(replace(answer, citations=(long, *answer.citations[1:])), PUBLIC, in_chat=True)

    assert faults(messages) == []
    assert f"條文的一句話。{wording.QUOTE_CUT}」" in words_of(messages[-1])[1]


@given(st.data())
def test_any_answer_is_taken(data: st.DataObject) -> None:
    """Whatever an answer's texts hold, LINE's schema and limits are kept."""
    words = st.text(min_size=1, max_size=300).filter(str.strip)
    citations = st.builds(
        Citation, n=st.integers(1, 99), clause_id=words, label=words, quote=words, start=st.just(0), end=st.just(1),
        source=words, edition=words, url=words.map("/clauses/{}".format),
    )  # fmt: skip
    checks = st.builds(
        Check, rule=words, result=st.sampled_from(["met", "not_met", "unknown", "assumed"]), reading=words, limit=st.text(),
        clause_id=words, title=st.text(), words=st.text(),
    )  # fmt: skip
    verdicts = st.builds(
        Verdict, decision=st.sampled_from(["eligible", "ineligible", "unknown"]), subject=st.text(),
        checks=st.lists(checks, max_size=8).map(tuple),
    )  # fmt: skip
    answer = Answer(
        "", "", data.draw(st.sampled_from(Outcome)), "",
        lines=(Line("said", data.draw(words) * data.draw(st.sampled_from([1, 200]))),),
        citations=tuple(data.draw(st.lists(citations, max_size=15))), verdict=data.draw(st.none() | verdicts),
        followups=tuple(data.draw(st.lists(words, max_size=15))),
    )  # fmt: skip

    assert faults(messages_of(answer, PUBLIC, in_chat=True)) == []


@pytest.mark.parametrize(
    "name", [n for n in dir(wording) if n.isupper() and isinstance(getattr(wording, n), str)]
)
def test_the_bots_own_words_are_plain(name: str) -> None:
    """The bot's own words are plain text in full-width punctuation, without Markdown, and LINE takes them."""
    words = str(getattr(wording, name))

    assert not set("*_`#<>") & set(words)
    assert not [mark for mark in ",?!:;()" if mark in words]
    assert faults(notice(words or "x", ["例如"])) == []
