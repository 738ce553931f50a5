"""A sentence is supported by its clauses, or is told why it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.config import ROOT
from assistant.support import Checks, read_checks, unsupported
from ingest.guideline import load_guideline
from tests.assistant.support.conftest import Why

PROGRAMMES: Final = [
    path.parent
    for tree in ("corpus", "tests/programmes", "tests/ingest/small")
    for path in sorted((ROOT / tree).glob("*/source.toml"))
]


@pytest.mark.parametrize(
    ("check", "sentence", "ids"),
    [
        ("kind", "B類最少要湊到8家。", ["7/A/1"]),
        ("figure", "整個群聚要滿十二家才行。", ["5/s1"]),
        ("figure", "新成員要五年內沒有受過專案輔導,成立三年內的新創不受此限。", ["7/B/5"]),
        ("comparator", "A類受過輔導的企業最少要占三成。", ["7/A/3"]),
        ("comparator", "比例一達到30%就不符合A類。", ["7/A/3"]),
        ("modality", "違反的話,本會必須解除契約。", ["6/s3"]),
        ("modality", "輔導案可以分包。", ["6/s3"]),
        ("modality", "可以不提供追蹤管考資料。", ["6/s2"]),
        ("polarity", "參與狀況不會列入年度評核。", ["6/s1"]),
        ("polarity", "商業模式和機密可以公開。", ["6/s4"]),
        ("role", "數位擴散輔導由領導企業負責簡報。", ["6/2"]),
        ("universal", "違約就絕對會被追回輔導款。", ["6/s5"]),
        ("condition", "本會有權取消入選資格。", ["6/s5"]),
        ("condition", "提案單位必須是公司。", ["2/s2"]),
        ("verdict", "您符合資格。", ["7/A/1"]),
        ("unknown", "申請時要檢附近三年的財務報表和納稅證明。", ["8/2/1"]),
    ],
)
def test_what_clauses_do_not_carry_is_named(why: Why, check: str, sentence: str, ids: list[str]) -> None:
    """Each check catches what it is for."""
    assert check in why(sentence, *ids)


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        ("不可以,輔導案不能轉包給別人。", ["6/s3"]),
        ("不是六家,最少要八家。", ["5/s1"]),
        ("七家不夠,至少要8家。", ["7/A/1"]),
        ("超過百分之三十就不行。", ["7/A/3"]),
        ("A類最少8家,B類最少10家。", ["7/A/1", "7/B/1"]),
        ("不一定要搭配專業顧問。", ["1/s2"]),
        ("查證屬實的資料不實,本會可以追回輔導款。", ["6/s5"]),
    ],
)
def test_what_clauses_carry_is_said(why: Why, sentence: str, ids: list[str]) -> None:
    """Other words for the same, a denied figure, one that follows from the limit: none is refused."""
    assert why(sentence, *ids) == set()


def test_a_sentence_without_a_clause_is_refused(checks: Checks) -> None:
    """Nothing stands on nothing."""
    assert unsupported("可以。", [], checks)


def test_a_condition_may_be_said_beside(why: Why) -> None:
    """A lead need not repeat a condition that the line below it says."""
    lead = "本會可以取消入選資格。"

    assert "condition" in why(lead, "6/s5")
    assert "condition" not in why(lead, "6/s5", beside="提案或入選後若資料不實、違約或違法,經查證屬實才會。")


@pytest.mark.parametrize(
    ("lead", "ids", "held"),
    [
        ("不可以。", ["6/s3"], True),
        ("不可以。", ["7/s1"], False),
        ("可以。", ["7/s1"], True),
    ],
)
def test_a_bare_answer_is_held_to_its_clause(why: Why, lead: str, ids: list[str], *, held: bool) -> None:
    """A no where the clause only permits is refused."""
    assert (why(lead, *ids) == set()) is held


@pytest.mark.parametrize("folder", PROGRAMMES, ids=lambda path: path.name)
def test_a_clause_carries_its_own_words(folder: Path) -> None:
    """No leaf of any programme is refused as it stands, nor in the plain words that were written for it."""
    guideline = load_guideline(folder)
    checks = read_checks(folder, guideline)

    for leaf in guideline.leaves:
        for text in (leaf.text, leaf.plain):
            assert unsupported(text, [leaf], checks) == (), text


@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("不得應可要會8三十%年家內後超過至少或若、，。（）A類群聚成員"),
            st.characters(exclude_categories=["Cs"]),
        )
    )
)
def test_any_text_can_be_checked(checks: Checks, text: str) -> None:
    """Whatever is written gets its objections, and the same ones again."""
    leaf = checks.guideline.leaves[-1]

    assert unsupported(text, [leaf], checks) == unsupported(text, [leaf], checks)
