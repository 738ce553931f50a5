"""An answer says the conclusion first, cites each check, and brings in no number of its own."""

from __future__ import annotations

import re
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Line
from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import Value
from assistant.eligibility.notation import percent
from assistant.eligibility.render import render, render_solution
from assistant.eligibility.rule_file import load_rules
from assistant.eligibility.solve import solve
from tests.assistant.eligibility.conftest import FOLDER, TODAY, facts_of

BOOK = load_rules(FOLDER)
# 「一家都不能」 is none of them.
NUMBER = re.compile(r"\d+(?:\.\d+)?|(?!一家都不)[一二兩三四五六七八九十]+(?=[家年個次])")
SIXTY = st.integers(0, 60)


def numbers_of(text: str) -> set[str]:
    """Every number of a text."""
    return set(NUMBER.findall(text))


def _text(lines: tuple[Line, ...]) -> str:
    """What the lines say, one below the other."""
    return "\n".join(line.text for line in lines)


def _quoted(subjects: set[str]) -> set[str]:
    """The numbers of the clauses' quotes, with 0 for "none"."""
    return {"0"}.union(*(numbers_of(rule.quote) for rule in BOOK.rules if rule.subject in subjects))


def _figures(*counts: int) -> set[str]:
    return {str(count) for count in counts}


def _share(part: int, whole: int) -> set[str]:
    return numbers_of(percent(Fraction(part, whole))) if whole else set()


@given(SIXTY, SIXTY, st.integers(0, 12))
@settings(max_examples=300, deadline=None)
def test_every_number_of_a_verdict_has_a_source(members: int, coached: int, out: int) -> None:
    """Each number in the text is a stated fact, stands in a quote, or is recomputed here from them."""
    facts = facts_of(members=members, coached_within_3y=coached, unqualified_members=out)
    text = _text(render(evaluate(BOOK, facts, TODAY, "A類")))
    stated = _figures(members, coached, out)
    counted = max(0, members - out)
    enough, needed = max(0, 8 - counted), -(-coached * 10 // 3)
    computed = _figures(
        counted, counted - 8, enough, members + enough, members * 3 // 10, needed, needed - members
    )
    computed |= _figures((members + enough) * 3 // 10) | _share(coached, members)
    # Without those who do not count, of whom any may be among the coached.
    ends, least = (max(0, coached - out), min(coached, counted)), needed + out
    computed |= _figures(
        *ends, counted * 3 // 10, least, least - members, max(0, members + enough - out) * 3 // 10
    )
    computed |= _figures(least - enough, least - enough - members)
    computed = computed.union(*(_share(end, counted) for end in ends))

    assert numbers_of(text) <= stated | _quoted({"A類", "停權"}) | computed


@given(SIXTY, SIXTY)
@settings(max_examples=200, deadline=None)
def test_every_number_of_a_solution_has_a_source(members: int, coached: int) -> None:
    """So it is with the working of a question turned round."""
    facts = facts_of(members=members, coached_within_3y=coached)
    most, needed = members * 3 // 10, -(-coached * 10 // 3)
    least = max(8, needed)
    pairs = [(most, members), (most + 1, members), (coached, needed), (coached, needed - 1)]
    known = _figures(
        members, coached, most, most + 1, needed, needed - 1, least, max(0, least - members), 8 - members
    )
    known = known.union(_quoted({"A類"}), *(_share(*pair) for pair in pairs if pair[1] > 0))

    for asks in ("max_coached", "min_members", "newcomers_needed"):
        assert numbers_of(_text(render_solution(solve(BOOK, asks, facts, TODAY)))) <= known, asks


def _lines(**values: Value) -> tuple[Line, ...]:
    return render(evaluate(BOOK, facts_of(**values), TODAY))


def test_conclusion_first_then_checks_then_changes() -> None:
    """The whole of an answer, word for word, each check with the clause that it stands on."""
    assert _lines(track="A類", members=12, coached_within_3y=4) == (
        Line("lead", "以您提供的資料計算，不符合A類的申請條件。"),
        Line("check", "成員家數：符合。12 家，至少要 8 家（剛好 8 家可以）。", ("digital-cluster/7/A/1",)),
        Line("check", "登記與中小企業：以此為前提。各成員都符合。", ("digital-cluster/7/A/2",)),
        Line(
            "check",
            "三年內曾受數位群聚輔導的比例：不符合。4 ÷ 12 = 33.3%，不得超過 30%（剛好 30% 可以）。",
            ("digital-cluster/7/A/3",),
        ),
        Line(
            "nearest",
            "最接近的做法：改為至多 3 家曾受輔導；或再加入 2 家未受輔導的企業（共 14 家）即符合。",
        ),
        Line("assumption", "這個結果的前提，請逐項確認："),
        Line("assumption", "☐ 各成員皆依法登記並符合中小企業認定標準"),
    )


def test_one_question() -> None:
    """An unknown verdict ends with exactly one question; a certain one has none."""
    asked = _lines(track="B類", members=12)
    certain = _lines(track="A類", members=5)

    assert asked[-1] == Line("question", "請問：群聚第一次參與數位群聚輔導是哪一年度？")
    assert [line.kind for line in asked].count("question") == 1
    assert "question" not in {line.kind for line in certain}


def test_contradictions_are_pointed_out() -> None:
    """Impossible facts get no judgement and no citation, only the request to look at them again."""
    (found,) = _lines(track="A類", members=8, coached_within_3y=9)

    assert found.kind == "question"
    assert found.text.startswith("這些資料彼此不合")
    assert "符合A類" not in found.text
    assert found.clause_ids == ()


def test_without_a_track() -> None:
    """With no track there is no judgement, only the question for it."""
    assert _lines(members=8)[-1] == Line("question", "請問：您要申請的是第一次組成群聚、A類，還是B類？")


def test_ban_conclusions() -> None:
    """A verdict on the ban speaks of applying again, not of a track."""
    banned = _lines(gave_up_or_unfinished=True, months_since_breach=5, force_majeure=False)
    over = _lines(gave_up_or_unfinished=True, months_since_breach=20)
    unsure = _lines(gave_up_or_unfinished=True, months_since_breach=12)

    assert banned[0] == Line("lead", "以您提供的資料看，目前還不得再申請。")
    assert over[0].text.startswith("以您提供的資料看，不受")
    assert unsure[0].text.startswith("目前還無法判斷")


def test_solutions_say_their_number_first() -> None:
    """The number, then the working with its clause; a question when a fact lacks."""
    assert render_solution(solve(BOOK, "max_coached", facts_of(members=12), TODAY)) == (
        Line("lead", "最多可以有 3 家三年內受過數位群聚輔導。"),
        Line(
            "check",
            "3 家時 3 ÷ 12 = 25%，沒有超過 30%；4 家時 4 ÷ 12 = 33.3%，超過 30%。",
            ("digital-cluster/7/A/3",),
        ),
    )
    asked = render_solution(solve(BOOK, "max_coached", {}, TODAY))
    assert asked == (Line("question", "請問：群聚全部有幾家企業？"),)
    assert all(render_solution(solve(BOOK, asks, {}, TODAY)) for asks in BOOK.asks)
