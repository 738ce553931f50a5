"""The clauses of the real guideline: how many, where they begin, and what they quote."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Guideline
from ingest.guideline import load_guideline

REAL = Path(__file__).parents[2] / "corpus" / "digital-cluster"


@pytest.fixture(scope="module")
def guideline() -> Guideline:
    """The real guideline."""
    return load_guideline(REAL)


def test_leaves_of_the_real_guideline(guideline: Guideline) -> None:
    """It has 48 leaves, numbered as it numbers itself."""
    leaves = {
        "1": "s1 s2 s3",
        "2": "s1 s2 s3 註",
        "3": "1/1 1/2 1/3 2/1 2/2 3 4/1 4/2 備註",
        "4": "s1 s2 s3 群聚領導企業 群聚成員 提案單位",
        "5": "s1 s2",
        "6": "s1 s2 s3 s4 s5 s6 1 2",
        "7": "s1 A/1 A/2 A/3 B/1 B/2 B/3 B/4 B/5",
        "8": "1/1 1/2 2/1 2/2 3 4 備註",
    }
    expected = [f"digital-cluster/{entry}/{leaf}" for entry, ids in leaves.items() for leaf in ids.split()]

    assert [leaf.id for leaf in guideline.leaves] == expected
    assert len(expected) == 48


@pytest.mark.parametrize(
    ("clause_id", "label", "begins"),
    [
        ("3/1/2", "平台型評選重點 · (1)平台特色與規劃 第2點", "輔導內容具有數位應用升級"),
        ("3/2/2", "平台型評選重點 · (2)執行能力 第2點", "平台現有能量"),
        ("3/3", "平台型評選重點 · (3)預期效益", "預期效益:關鍵效益指標"),
        ("3/備註", "平台型評選重點 · 備註", "實際依每年度提案作業規範"),
        (
            "7/A/3",
            "曾受輔導群聚再申請 · A類 第3點",
            "三年內接受過數位群聚相關輔導之企業,比例不得超過群聚企業總數30%",
        ),
        ("7/B/3", "曾受輔導群聚再申請 · B類 第3點", "限108年度第一次參與"),
        ("6/s3", "入選後的義務與簡報 · 第3句", "輔導案不得轉包及分包"),
        ("2/註", "領導企業與提案單位資格 · 註", "本計畫所稱之「平台」"),
        ("4/群聚成員", "群聚的組成角色 · 群聚成員", "群聚成員:具備群聚共營共榮之意識"),
    ],
)
def test_clauses_of_the_real_guideline(guideline: Guideline, clause_id: str, label: str, begins: str) -> None:
    """The ids of the contract name the clauses it says, with labels for people."""
    clause = guideline.by_id[f"digital-cluster/{clause_id}"]

    assert clause.is_leaf
    assert clause.label == label
    assert clause.text.startswith(begins)


def test_quote_of_the_contract(guideline: Guideline) -> None:
    """The whole of 7/A/3 is the quote of API.md, without the B類 that follows it."""
    clause = guideline.by_id["digital-cluster/7/A/3"]

    assert clause.text == "三年內接受過數位群聚相關輔導之企業,比例不得超過群聚企業總數30%"
    assert guideline.text[clause.start : clause.end + 2] == f"{clause.text}B類"
    assert clause.line == 7
