"""A lead says yes or no only where a norm of a cited clause speaks of the act that is asked about."""

from __future__ import annotations

from typing import Final

import pytest

from assistant.domain import Clause
from assistant.leads.lead import lead
from assistant.leads.norms import Norm, Norms, Short, derived_norms

TEXTS: Final = {
    "dog": "入園不得攜帶犬隻。",
    "guide": "導盲犬不得攜帶飼料,但展期三年內不在此限。",
    "leash": "犬隻應繫繩。",
    "child": "得攜帶兒童。",
    "fine": "違者本所得處三年停權。",
    "group": "團體至少8人。",
}
CLAUSES: Final = {key: Clause(key, 1, key, text, 0, len(text), 1) for key, text in TEXTS.items()}
NORMS: Final = Norms(
    (
        Norm(("dog",), "forbid", ("狗", "犬"), says="入園不得攜帶犬隻"),
        Norm(("guide",), "permit", ("導盲犬",), yes="導盲犬不在此限", rank=1),
        Norm(("guide",), "forbid", ("飼料",), says="導盲犬不得攜帶飼料，展期三年內不在此限"),
        Norm(("fine",), "depends", ("下雨",), says="晴天才會", rank=1),
        Norm(("leash",), "oblige", ("繫繩", "牽繩"), ("放養",), says="犬隻應繫繩"),
        Norm(("child",), "permit", ("帶?小孩", "兒童"), says="得攜帶兒童"),
        Norm(("fine",), "discretion", ("停權", "罰"), says="本所得處三年停權"),
        Norm(("group",), "oblige", ("人",), says="至少8人", figure="8", unit="人", sign=">="),
    ),
    (Short(("group",), {"many": "8人以上。"}), Short(("fine",), {"long": "三年。"}, "停權")),
)


def said(question: str, *ids: str) -> str:
    """The text of the lead for a question whose answer stands in the clauses, "" for none."""
    line = lead(question, [CLAUSES[i] for i in ids], NORMS)
    return line.text if line else ""


@pytest.mark.parametrize(
    ("question", "clause", "opening"),
    [
        ("可以帶狗嗎?", "dog", "不可以"),
        ("不能帶狗嗎?", "dog", "對，不可以"),
        ("是不是能帶狗", "dog", "不是，不可以"),
        ("導盲犬可以進去嗎?", "guide", "可以"),
        ("要牽繩嗎?", "leash", "要"),
        ("不牽繩可以嗎?", "leash", "不可以"),
        ("可以放養嗎?", "leash", "不可以"),
        ("不用牽繩吧?", "leash", "要"),
        ("放養過了還要不要牽繩?", "leash", "要"),
        ("可以帶小孩嗎?", "child", "可以"),
        ("一定要帶小孩嗎?", "child", "不一定"),
        ("會被停權嗎?", "fine", "有可能"),
        ("一定會被停權嗎?", "fine", "不一定"),
        ("會停權五年嗎?", "fine", "有可能"),
        ("5人可以嗎?", "group", "不可以"),
        ("8人可以嗎?", "group", "至少8人"),
        ("是不是要12人?", "group", "不是12人"),
        ("要12人嗎?", "group", "不用12人"),
        ("狗可以不繫繩嗎?", "leash", "不可以"),
        ("飼料一律不能帶嗎?", "guide", "不一定"),
        ("帶狗會fail嗎?", "dog", "不可以"),
        ("飼主會放養嗎?", "leash", "不可以"),
        ("有沒有要求繫繩?", "leash", "要"),
        ("養沒多久的導盲犬可以嗎?", "guide", "可以"),
        ("不帶小孩可以嗎?", "child", "不一定要"),
        ("停權躲得掉嗎?", "fine", "本所得處三年停權"),
        ("帶狗會怎樣?", "dog", "下列條文沒有寫會怎樣。"),
        ("為什麼不能帶狗?", "dog", "下列條文沒有寫原因。"),
        ("如果下雨會怎樣?", "fine", "不一定，晴天才會"),
    ],
)
def test_the_first_words_answer_by_what_the_clause_does(question: str, clause: str, opening: str) -> None:
    """What is asked, how it is denied, and what the clause does about it settle the yes or no."""
    assert said(question, clause).startswith(opening)


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("可以帶貓嗎?", "dog"),  # no norm speaks of it
        ("可以牽繩進去嗎?", "leash"),  # who must may, but not by this clause alone
        ("沒登記的小孩可以嗎?", "child"),  # it is not the act that is to be left
        ("誰要帶小孩?", "child"),  # who is not answered by what
        ("不帶狗可以嗎?", "dog"),  # nothing follows from what is forbidden
        ("帶狗來。", "dog"),  # asks nothing
        ("可以帶狗嗎?", "child"),  # the norm's clause is not cited
    ],
)
def test_no_lead_rather_than_a_wrong_one(question: str, clause: str) -> None:
    """Where the verdict does not follow, nothing is said before the clause."""
    assert said(question, clause) == ""


def test_a_permission_gives_way_to_a_condition() -> None:
    """Of two norms that speak as clearly, the one that refuses is said: a wrong 「可以」 is the worst fault."""
    assert said("小孩可以帶狗嗎?", "dog", "child").startswith("不可以")


def test_nothing_is_permitted_from_a_clause_that_may_be_the_wrong_one() -> None:
    """Where it is not sure that the clause is the one asked for, a refusal is said and a permission is not."""
    asked = [("可以帶小孩嗎?", "child"), ("可以帶狗嗎?", "dog")]
    found = [lead(question, [CLAUSES[clause]], NORMS, sure=False) for question, clause in asked]

    assert [line and line.text[:3] for line in found] == [None, "不可以"]


def test_a_figure_that_is_not_the_clauses_own_is_not_confirmed() -> None:
    """Three years do not confirm five, and one year is put right."""
    norms = Norms((Norm(("fine",), "state", ("停權",), says="停權三年"),))
    assert lead("停權是五年對嗎?", [CLAUSES["fine"]], norms).text == "不是五年，停權三年。"  # type: ignore[union-attr]
    assert lead("停權是三年對嗎?", [CLAUSES["fine"]], norms).text == "對，停權三年。"  # type: ignore[union-attr]


def test_a_short_answer_says_what_is_asked_for() -> None:
    """How many and how long have sentences of their own, given only for what they are about."""
    assert said("最少要幾人?", "group") == "8人以上。"
    assert said("停權多久?", "fine") == "三年。"
    assert said("公告多久?", "fine") == ""


def test_a_lead_names_the_clauses_on_which_it_stands() -> None:
    """So that it is cited like any other line."""
    line = lead("可以帶狗嗎?", [CLAUSES["leash"], CLAUSES["dog"]], NORMS)
    assert line is not None
    assert (line.kind, line.clause_ids) == ("lead", ("dog",))


def test_a_list_has_no_lead_of_one_of_its_points() -> None:
    """What is one of many points answers nothing by itself."""
    assert lead("可以帶狗嗎?", list(CLAUSES.values()), NORMS) is None


@pytest.mark.parametrize(
    ("question", "clause", "opening"),
    [
        ("可以攜帶犬隻入園嗎?", "dog", "不可以"),
        ("可以攜帶飼料嗎?", "guide", ""),
        ("可以攜帶兒童嗎?", "child", ""),
        ("要繫繩嗎?", "leash", ""),
    ],
)
def test_without_norms_the_clauses_own_words_refuse_and_permit_nothing(
    question: str, clause: str, opening: str
) -> None:
    """不得 by itself is enough for a refusal; a permission is never derived."""
    line = lead(question, [CLAUSES[clause]], derived_norms(CLAUSES.values()))
    assert (line.text if line else "").startswith(opening)
    assert line is None or opening
