"""The form of a question: what verb would answer it, whether it is denied or only to be confirmed, or what is asked for."""

from __future__ import annotations

import pytest

from assistant.leads.forms import form_of


@pytest.mark.parametrize(
    ("question", "verb", "denied", "claim"),
    [
        ("可以帶狗進去嗎?", "may", False, False),
        ("狗狗能不能進去", "may", False, False),
        ("不牽繩行不行?", "may", False, False),
        ("不能帶狗嗎?", "may", True, False),
        ("是不是不能帶狗", "may", True, True),
        ("我不能去,可以請朋友去嗎?", "may", False, False),
        ("要先登記嗎?", "must", False, False),
        ("一定要牽繩才可以進去嗎?", "must", False, False),
        ("不用登記對吧?", "must", True, True),
        ("非戴口罩不可嗎?", "must", False, False),
        ("聽說會罰錢,是真的嗎?", "will", False, True),
        ("小狗算不算寵物?", "count", False, False),
        ("三個人夠嗎?", "enough", False, False),
        ("兩邊的規定一樣嗎?", "same", False, False),
        ("這裡有停車場嗎?", "have", False, False),
        ("負責人是村長嗎?", "is", False, False),
        ("誰都可以來嗎?", "may", False, False),
        ("要自己帶碗嗎,還是現場有得買?", "must", False, False),
    ],
)
def test_a_yes_or_no_question_has_the_verb_that_answers_it(
    question: str, verb: str, denied: bool, claim: bool
) -> None:
    """Verb, denial and claim are told apart; what only sets a condition is not what is asked."""
    form = form_of(question)
    assert form is not None
    assert (form.verb, form.denied, form.claim) == (verb, denied, claim)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("誰要去開會?", "who"),
        ("最少幾家", "many"),
        ("要等多久?", "long"),
        ("什麼時候開始算?", "when"),
        ("沒去會怎樣?", "then"),
        ("為什麼要交?", "why"),
        ("兩種差在哪?", "differ"),
        ("有什麼條件嗎?", "what"),
        ("您知道是誰去嗎?", "who"),
    ],
)
def test_a_wh_question_says_what_is_asked_for(question: str, asked: str) -> None:
    """No verb answers it; 嗎 behind 有什麼 or 您知道 makes it no question of yes or no."""
    form = form_of(question)
    assert form is not None
    assert not form.verb
    assert asked in form.wh


@pytest.mark.parametrize("told", ["我們已經登記了。", "想辦活動", "謝謝"])
def test_what_asks_nothing_has_no_form(told: str) -> None:
    """A statement gets no lead."""
    assert form_of(told) is None
