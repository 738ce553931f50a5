"""Whatever part of its rules a programme has, its reader and the engine answer, and nothing is raised."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from datetime import date
from typing import Any, Final

import pytest
import tomlkit

from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.render import render, render_solution
from assistant.eligibility.rule_file import parse_rules
from assistant.eligibility.rules import RuleBook
from assistant.eligibility.solve import solve
from assistant.eligibility.table import RulesError
from assistant.readers import open_reader
from tests.assistant.readers.digital_cluster.conftest import CORPUS

TODAY: Final = date(2026, 5, 10)
DATA: Final = tomllib.loads((CORPUS / "rules.toml").read_text(encoding="utf8"))
FACTS: Final = (CORPUS / "facts.toml").read_text(encoding="utf8")
QUESTIONS: Final = (
    "我們12家最多可以有幾家三年內輔導過",
    "我們113年開始輔導,追蹤資料要交到什麼時候",
    "我們五家公司,還要再加幾家才能申請A類",
    "我們員工有8家店各10人",
    "我們12家裡有4家兩年前輔導過,可以申請A類嗎",
    "我們12家,其中4家兩年前輔導過,可以申請A類嗎?另外簡報誰去?",
    "B類可以換掉幾家舊成員,原來有10家",
    "原來10家換了4家,新增2家,可以報B類嗎",
    "去年三月放棄輔導,現在可以再申請嗎",
    "一年前沒結案,什麼時候可以再申請",
    "我們是108年第一次參加,有10家,能申請B類嗎",
    "A類跟B類哪個可以,我們9家",
    "我們12家要退掉幾家輔導過的才行",
    "數位擴散輔導的簡報由誰報告",
    "有三成輔導過,總共20家",
    "我們8家有2家還沒登記",
    "新加入的3家有1家受過專案輔導",
    "換三成原成員,原來至少要幾家",
    "第一次組成群聚,7家夠嗎",
    "我們符合A類嗎",
)


def book_of(rule: dict[str, Any]) -> RuleBook:
    """A book with one rule, the minimum it may lean on, what they are about, and the questions that it can answer."""
    leans = [one for one in DATA["rule"] if one["id"] == rule["condition"].get("toward")]
    named = {rule["subject"], *rule.get("joins", ())}
    data: dict[str, Any] = {
        "subject": [one for one in DATA["subject"] if one["name"] in named],
        "rule": [*leans, rule],
        "ask": [],
        "assumption": [],
    }
    book = parse_rules(tomlkit.dumps(data), FACTS, CORPUS.name)
    for table in ("ask", "assumption"):
        for one in DATA[table]:
            tried = {**data, table: [*data[table], one]}
            with suppress(RulesError):
                book, data = parse_rules(tomlkit.dumps(tried), FACTS, CORPUS.name), tried
    return book


@pytest.mark.parametrize("rule", DATA["rule"], ids=lambda rule: rule["id"])
def test_one_rule_answers_everything(rule: dict[str, Any]) -> None:
    """With any single rule, each ordinary question is read, judged for every subject, and turned round."""
    book = book_of(rule)
    reader = open_reader("digital_cluster", book)

    for question in QUESTIONS:
        reading = reader.read(question, TODAY)
        facts = reader.apply({}, reading)
        again = reader.read("不是,是9家", TODAY, next(iter(facts), None))
        for known in (facts, reader.apply(facts, again)):
            reader.takes(reading, known, active=True)
            reader.suffices(known)
            for subject in (None, *book.subjects):
                assert render(evaluate(book, known, TODAY, subject)), (question, subject)
            for ask in book.asks:
                assert render_solution(solve(book, ask, known, TODAY)), (question, ask)
