"""Which answers are given apart, told on answers made by hand: sure ones that differ, and every sure silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer.evidence import Evidence
from assistant.answer.join import chosen
from assistant.answer.message import Message
from assistant.answer.query import Case, Query
from assistant.domain import Line, Outcome
from assistant.index.targets import TargetKind
from assistant.rank import Ranking
from assistant.reading import Reading

MESSAGE = Message("甲?乙?", (), date(2026, 11, 22))


def query(said: str, *clauses: str, outcome: Outcome = Outcome.ANSWERED, **sure: float) -> Query:
    """A question answered by these clauses, or not; how sure the ranker is that it is a gap, or a clause."""
    kinds = {TargetKind(kind): probability for kind, probability in sure.items()}
    return Query(
        MESSAGE,
        said,
        ranking=Ranking((), kinds, threshold=0.5),
        evidence=Evidence(clauses, (), 1.0) if clauses else None,
        outcome=outcome,
        lines=(Line("said" if clauses else "silence", said, clauses),),
    )


def silent(said: str, gap: float = 0.9) -> Query:
    """A question about which the guideline is silent."""
    return query(said, outcome=Outcome.NO_CLAUSE, gap=gap)


DECLINED = query("問候", outcome=Outcome.OUT_OF_SCOPE, smalltalk=0.9)


@pytest.mark.parametrize(("sure", "alone"), [(0.8, True), (0.79, False)])
def test_one_answer_among_noise_must_be_sure(sure: float, alone: bool) -> None:
    """Where the whole message is declined, its one answered question is given if that is surely ours."""
    one, whole = query("不可以", "p/1", clause=sure), query("拒絕", outcome=Outcome.REFUSED, attack=0.9)

    assert chosen((one, DECLINED), lambda _: whole) == ((one,) if alone else (whole,))


@pytest.mark.parametrize(("sure", "alone"), [(0.8, True), (0.79, False)])
def test_what_is_ours_in_a_message_of_other_matters(sure: float, alone: bool) -> None:
    """A message that is strange as a whole gets the answer to what is surely ours in it, and else none."""
    one = query("不可以", "p/1", clause=sure)
    far = query("別的事", outcome=Outcome.OUT_OF_SCOPE, offtopic=0.9)
    assert far.ranking is not None
    whole = replace(far, ranking=replace(far.ranking, familiar=False))

    assert chosen((silent("沒有寫"), one), lambda _: whole) == ((one,) if alone else (whole,))


@pytest.mark.parametrize(("sure", "ours"), [(0.8, True), (0.79, False)])
def test_a_question_goes_on_with_another_matter(sure: float, ours: bool) -> None:
    """Behind a question about something else one is answered only if it is surely ours together with that."""
    zoo = query("動物園幾點開門?", outcome=Outcome.OUT_OF_SCOPE, offtopic=0.9)
    generic, other = query("有哪些規定?", "p/1", clause=1), query("名單?", "p/2", clause=1)
    told = replace(generic, story="我帶了小孩。")
    read = {
        "動物園幾點開門? 我帶了小孩。 有哪些規定?": query("兩題", "p/3", clause=sure),
        MESSAGE.text: query("全部", outcome=Outcome.OUT_OF_SCOPE),
    }

    assert chosen((zoo, told), read.__getitem__) == ((zoo, told) if ours else (zoo,))
    assert chosen((other, told), read.__getitem__) == (other, told)


def test_a_long_question_stands_alone() -> None:
    """Behind another matter a question that says itself what it is about is not read together with that."""
    zoo = query("動物園幾點開門?", outcome=Outcome.OUT_OF_SCOPE, offtopic=0.9)
    named = query("我們這一串店家推一家出來帶頭的話,那一家由我們自己推還是要由貴單位指定?", "p/1", clause=1)
    whole = query("全部", outcome=Outcome.OUT_OF_SCOPE)

    assert chosen((zoo, named), lambda _: whole) == (zoo, named)


def test_where_one_answer_is_left_the_whole_comes_first() -> None:
    """A message of which one question is answered is answered as a whole, if it can be."""
    whole = query("全部", "p/2", clause=0.6)

    assert chosen((query("不可以", "p/1", clause=0.9), DECLINED), lambda _: whole) == (whole,)


def test_each_silence_is_said() -> None:
    """Where nothing is answered, each silence is said under its question, small talk is not; orders are refused."""
    dates, money = silent("沒有寫期限"), silent("沒有寫金額")
    refused = query("拒絕", outcome=Outcome.REFUSED, attack=0.9)

    assert chosen((dates, money, DECLINED), lambda _: silent("沒有寫")) == (dates, money)
    assert chosen((dates, money, DECLINED), lambda _: refused) == (refused,)


@pytest.mark.parametrize("outcome", [Outcome.OUT_OF_SCOPE, Outcome.NO_CLAUSE])
def test_a_question_behind_praise(outcome: Outcome) -> None:
    """Where the whole message is not understood, the one question in it is answered as if it stood alone."""
    one, whole = query("不可以", "p/1", clause=0.6), query("沒看懂", outcome=outcome)

    assert chosen((one,), lambda _: whole) == (one,)


def test_a_silence_of_the_whole_is_heeded() -> None:
    """Where the whole message is surely silent, a question cut out of it is answered only if it is sure."""
    one, whole = query("不可以", "p/1", clause=0.79), silent("沒有寫", 0.7)

    assert chosen((one,), lambda _: whole) == (whole,)


def test_every_question_is_counted() -> None:
    """An unanswered question is declined in its place if it is marked as one; another matter too."""
    one, unknown = query("不可以", "p/1", clause=0.9), query("找不到?", outcome=Outcome.NO_CLAUSE)
    weather = query("別的事?", outcome=Outcome.OUT_OF_SCOPE, offtopic=0.9)
    aside = query("找不到", outcome=Outcome.NO_CLAUSE)

    assert chosen((one, unknown, aside, weather), lambda _: DECLINED) == (one, unknown, weather)


def test_a_silence_must_be_sure() -> None:
    """Beside an answer a silence is said from seven in ten; a lesser one is left to the answer."""
    one, whole = query("不可以", "p/1", clause=0.9), query("全部", "p/1", clause=0.9)

    assert chosen((one, silent("沒有寫", 0.7)), lambda _: whole) == (one, silent("沒有寫", 0.7))
    assert chosen((one, silent("沒有寫", 0.69)), lambda _: whole) == (whole,)


def test_what_a_verdict_cites_is_not_said_again() -> None:
    """Beside a verdict stands what cites another clause, and what is silent."""
    verdict = replace(query("不符合", "p/1", "p/2"), case=Case("甲", Reading(), {}, ()), evidence=None)
    again, more, nothing = query("一", "p/2"), query("二", "p/2", "p/3"), silent("沒有寫")

    assert chosen((verdict, again, more, nothing), lambda _: verdict) == (verdict, more, nothing)


def test_questions_answered_alike_are_one() -> None:
    """Questions in a row with the same lines are one, with the words of both."""
    one, other = query("甲", "p/1", clause=0.9), query("丙", "p/2", clause=0.9)

    first, second = chosen((one, replace(one, text="乙"), other), lambda _: DECLINED)
    assert (first.text, first.asked, second) == ("甲 乙", 2, other)
