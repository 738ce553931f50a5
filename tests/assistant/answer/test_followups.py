"""What may be asked next is short, near to what was said, and answered."""

from __future__ import annotations

import pytest

from assistant.answer.assistant import Assistant
from assistant.domain import Outcome
from tests.assistant.answer.conftest import Ask

QUESTIONS = ["輔導案可以轉包嗎", "追蹤資料要交幾年", "領導企業由誰推選", "平台型的評選看什麼", "補助多少錢"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_three_short_ones(ask: Ask, question: str) -> None:
    """Three different questions of at most twenty characters."""
    found = ask(question).followups

    assert len(set(found)) == 3
    assert max(map(len, found)) <= 20


def test_they_are_about_what_was_said(ask: Ask) -> None:
    """Different answers are followed by different questions."""
    found = [frozenset(ask(question).followups) for question in QUESTIONS]

    assert len(set(found)) == len(found)


def test_what_was_answered_is_not_proposed(assistant: Assistant, ask: Ask) -> None:
    """The question of a cited clause is not asked again."""
    answer = ask("輔導案可以轉包嗎")

    assert {assistant.guideline.short[c.clause_id] for c in answer.citations}.isdisjoint(answer.followups)


def test_none_while_something_is_asked_back(ask: Ask) -> None:
    """Beside a question of the rules there is none to go on with."""
    assert ask("我們12家要申請A類,可以嗎").followups == ()


def test_another_matter_is_led_back(assistant: Assistant, ask: Ask) -> None:
    """Beside small talk and other matters stand the suggestions of the programme."""
    assert ask("明天台南會下雨嗎").followups == assistant.guideline.suggestions[:3]


def test_each_short_question_is_answered(assistant: Assistant, ask: Ask) -> None:
    """Whoever taps one gets an answer that cites the clause that it stands for, or another with the same question."""
    wrong = {}
    short = assistant.guideline.short
    for question in dict.fromkeys([*short.values(), *assistant.guideline.suggestions]):
        answer = ask(question)
        wanted = {clause_id for clause_id, words in short.items() if words == question}
        cited = {citation.clause_id for citation in answer.citations}
        if answer.outcome not in {Outcome.ANSWERED, Outcome.NEEDS_INFO} or (wanted and not wanted & cited):
            wrong[question] = sorted(cited)

    assert wrong == {}
