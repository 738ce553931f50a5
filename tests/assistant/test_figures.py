"""Which figures and modal verbs a text has: what may not be added to a clause."""

from __future__ import annotations

import pytest

from assistant.figures import figures_of, modals_of


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("至少(含)8家中小企業", {"8"}),
        ("不得超過群聚企業總數30%", {"30%"}),
        ("3.5倍與12.25%", {"3.5", "12.25%"}),
        ("108年度,三年內,一次,十二個月", {"108", "三", "一", "十二"}),
        ("兩家、百萬元、三成", {"兩", "百", "三"}),
        ("兩萬元", {"兩"}),
        ("一目了然,萬一,統一,十分,三思", set()),
        ("沒有數字", set()),
        ("", set()),
    ],
)
def test_numbers(text: str, numbers: set[str]) -> None:
    """Arabic figures with their per cent, and Chinese numerals that count something."""
    assert {number for number, _ in figures_of(text)} == numbers


@pytest.mark.parametrize(
    ("text", "modals"),
    [
        ("不得轉包", {"不得"}),
        ("本會得解除契約", {"得"}),
        ("不得轉包,違者本會得解除契約,並應賠償", {"不得", "得", "應"}),
        ("應配合提供", {"應"}),
        ("取得、獲得、值得、覺得、記得、得以、使得、得到", set()),
        ("所得稅、心得、得知", set()),
        ("數位應用、價值鏈供應、充分反應、因應、對應、效應、適應", set()),
        ("應用時應注意", {"應"}),
        ("可以申請", set()),
    ],
)
def test_modals(text: str, modals: set[str]) -> None:
    """不得 forbids, 應 demands, 得 alone grants; inside other words they are only syllables."""
    assert modals_of(text) == modals
